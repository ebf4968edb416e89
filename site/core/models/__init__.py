"""Page base, user, image, site settings and the content version. Knows no other app."""

from core.models.image import FristedImage, FristedRendition
from core.models.mail import KeptMail, MailAttachment, OutgoingMail
from core.models.page import BasePage
from core.models.site import AcuteNumber, SiteSettings
from core.models.state import ContentVersion, Heartbeat
from core.models.user import User

__all__ = [
    "AcuteNumber",
    "BasePage",
    "ContentVersion",
    "FristedImage",
    "FristedRendition",
    "Heartbeat",
    "KeptMail",
    "MailAttachment",
    "OutgoingMail",
    "SiteSettings",
    "User",
]
