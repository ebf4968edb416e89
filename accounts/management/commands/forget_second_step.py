from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions.second_step import forget_second_step
from core.models import User


class Command(BaseCommand):
    help = "Take the second step from somebody who has lost both telephone and emergency codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"nobody signs in with {email}")
        if not forget_second_step(user, by=None, now=timezone.now()):
            raise CommandError(f"{user.email} has no second step")
        self.stdout.write(f"{user.email} signs in with the password alone, and has had a mail.")
