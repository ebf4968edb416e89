from django.db import models


class LoginTry(models.Model):
    """One attempt to sign in. Account and network are kept as keyed hashes, never as such."""

    account = models.CharField(max_length=64)
    place = models.CharField(max_length=64)
    tried_at = models.DateTimeField()
    succeeded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "tried_at"], name="login_try_account"),
            models.Index(fields=["succeeded", "tried_at"], name="login_try_age"),
        ]

    def __str__(self) -> str:
        return f"{self.tried_at:%Y-%m-%d %H:%M} {'in' if self.succeeded else 'refused'}"
