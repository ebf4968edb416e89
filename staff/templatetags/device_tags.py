"""What templates of other parts ask about shared devices."""

from typing import Any

from django import template

from directory.permissions import rights_of
from staff.devices import manages_any

register = template.Library()


@register.filter
def looks_after_devices(user: Any) -> bool:
    """Whether the list of devices is for this person: leaders and administrators."""
    return manages_any(rights_of(user))
