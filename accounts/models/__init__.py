"""Sign-in attempts and invitations. Who may do what stands in directory's Membership."""

from accounts.models.login import LoginTry

__all__ = ["LoginTry"]
