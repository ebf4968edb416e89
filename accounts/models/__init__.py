"""Sign-in attempts and invitations. Who may do what stands in directory's Membership."""

from accounts.models.invitation import Invitation
from accounts.models.login import LoginTry

__all__ = ["Invitation", "LoginTry"]
