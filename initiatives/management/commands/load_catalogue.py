"""Load an initiative catalogue: ours, or a municipality's own file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.actions import load_catalogue
from initiatives.catalogue import DEFAULT, CatalogueError, read_catalogue


class Command(BaseCommand):
    help = (
        "Load an initiative catalogue from a JSON file; without a file, the one that comes along."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
        parser.add_argument(
            "--official",
            action="store_true",
            help="the texts are the municipality's own wording, not summaries",
        )

        parser.add_argument(
            "--check", action="store_true", help="only say what is wrong in the file; store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = read_catalogue(options["file"])
        except CatalogueError as error:
            raise CommandError("\n".join(error.problems)) from None
        if options["check"]:
            self.stdout.write(f"{len(data['initiatives'])} initiatives, nothing wrong.")
            return
        number = load_catalogue(data, official=options["official"])
        self.stdout.write(f"{number} initiatives loaded.")
