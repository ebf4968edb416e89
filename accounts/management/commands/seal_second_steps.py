from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.second_step import seal_all_anew


class Command(BaseCommand):
    help = "Seal every second step with the present SECRET_KEY, so that its fallback may go."

    def handle(self, *args: Any, **options: Any) -> None:
        done, failed = seal_all_anew()
        self.stdout.write(f"{done} sealed with the present key.")
        if failed:
            raise CommandError(f"{failed} are opened by none of the keys; keep the fallbacks.")
