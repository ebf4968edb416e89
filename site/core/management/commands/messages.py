"""`manage.py messages`: gather what users read; with --check say what is missing or old."""

import difflib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

LANGUAGE = "da"
DOMAINS = {"django": ["html", "txt", "py", "xml"], "djangojs": ["js"]}
IGNORED = [
    ".venv*",
    "var*",
    "node_modules*",
    "docs*",
    "tests*",
    "site/locale*",
    "site/locale_wagtail*",
]
DATE = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date):.*\n', re.MULTILINE)


class Command(BaseCommand):
    help = "Bring the Danish catalogue in line with the code, or check that it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail if unfit")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("gettext is missing. Debian: apt-get install gettext")
        own, others = (Path(path) for path in settings.LOCALE_PATHS)
        if not options["check"]:
            gather(own)
            compile_all(own, others)
            return
        faults = [*check_gathered(own), *check_complete(own, others), *check_compiled(own, others)]
        if faults:
            raise CommandError("\n".join([*faults, "Run `make messages` and translate."]))
        self.stdout.write("The Danish catalogue is complete and compiled.")


def gather(folder: Path) -> None:
    """Rewrite the catalogues in `folder` from the code: new, changed and removed messages."""
    with override_settings(LOCALE_PATHS=[str(folder)]):
        for domain, extensions in DOMAINS.items():
            if (
                domain != "django"
                and not (folder / LANGUAGE).joinpath("LC_MESSAGES", f"{domain}.po").exists()
            ):
                continue
            call_command(
                "makemessages",
                locale=[LANGUAGE],
                domain=domain,
                extensions=extensions,
                ignore_patterns=IGNORED,
                no_obsolete=True,
                add_location="file",
                no_wrap=True,
                verbosity=0,
            )


def compile_all(*folders: Path) -> None:
    for catalogue in catalogues(*folders):
        tool("msgfmt", "--check-format", "-o", str(catalogue.with_suffix(".mo")), str(catalogue))


def catalogues(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.po"))


def check_gathered(own: Path) -> list[str]:
    """Return the messages that gathering anew would add or remove."""
    faults = []
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name) / "locale"
        shutil.copytree(own, fresh)
        gather(fresh)
        for old in catalogues(own):
            new = fresh / old.relative_to(own)
            faults += changes(old.name, ids(old), ids(new))
    return faults


def ids(catalogue: Path) -> list[str]:
    """Return the message ids of a catalogue with their contexts, in order of the alphabet."""
    text = tool("msgattrib", "--no-wrap", "--no-location", "--sort-output", str(catalogue))
    return [
        line
        for line in DATE.sub("", text).splitlines()
        if line.startswith(("msgctxt ", "msgid ", "msgid_plural ", '"'))
    ]


def changes(name: str, old: list[str], new: list[str]) -> list[str]:
    signs = {"+": "missing", "-": "stale"}
    return [
        f"{name}: {signs[line[0]]}: {line[2:]}"
        for line in difflib.ndiff(old, new)
        if line[0] in signs
    ]


def check_complete(*folders: Path) -> list[str]:
    """Return the messages that have no Danish, or Danish that nobody has looked at."""
    faults = []
    for catalogue in catalogues(*folders):
        for kind in ("untranslated", "only-fuzzy"):
            text = tool("msgattrib", f"--{kind}", "--no-obsolete", "--no-wrap", str(catalogue))
            found = [line for line in text.splitlines() if re.match(r'msgid "..*"', line)]
            faults += [f"{catalogue.name}: {kind}: {line}" for line in found]
    return faults


def check_compiled(*folders: Path) -> list[str]:
    """Return the catalogues whose compiled file is not made from them."""
    faults = []
    for catalogue in catalogues(*folders):
        compiled = catalogue.with_suffix(".mo")
        with tempfile.NamedTemporaryFile(suffix=".mo") as fresh:
            tool("msgfmt", "--check-format", "-o", fresh.name, str(catalogue))
            if not compiled.exists() or compiled.read_bytes() != Path(fresh.name).read_bytes():
                faults.append(f"{compiled.name} in {compiled.parent} is old or missing.")
    return faults


def tool(*command: str) -> str:
    """Run one of gettext's tools and return what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (fixed words)
    if done.returncode:
        raise CommandError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
