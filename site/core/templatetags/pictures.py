"""Until when a picture may be shown, in words for editors."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from core.domain.consent import PictureConsent, consent_on
from core.wording import day_month

register = template.Library()


@register.filter
def consent_text(image: Any) -> str:
    """Return "Samtykket gælder til den 3. marts 2028", or "" where it has no end."""
    ends = image.consent_expires_on
    if ends is None:
        return ""
    words = {"day": day_month(ends, year=True)}
    if consent_on(timezone.localdate(), ends) is PictureConsent.ENDED:
        return _("Consent ended on %(day)s: not shown any more") % words
    return _("Consent lasts until %(day)s") % words
