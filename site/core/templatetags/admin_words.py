"""Danish for what the admin keeps in English in the database."""

from django import template
from django.contrib.auth.models import Permission
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

register = template.Library()

ACTIONS = {
    "add": _("Add"),
    "bulk_delete": _("Delete with everything below"),
    "change": _("Edit"),
    "choose": _("Choose"),
    "delete": _("Delete"),
    "lock": _("Lock"),
    "publish": _("Publish"),
    "unlock": _("Unlock"),
}


@register.filter
def permission_words(permission: Permission) -> str:
    """Return what a right allows: "Slet: side". Django keeps such names in English."""
    kind = permission.content_type
    action = ACTIONS.get(permission.codename.removesuffix(f"_{kind.model}"))
    return f"{action}: {kind.name}" if action else capfirst(permission.name)
