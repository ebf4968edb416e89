"""`{% admin_brand as brand %}`: the municipality's name and logo for the admin."""

from django import template
from django.template import Context

from core.branding import Brand, brand_of

register = template.Library()


@register.simple_tag(takes_context=True)
def admin_brand(context: Context) -> Brand:
    """Return the brand; remembered for this rendering."""
    known: Brand | None = context.render_context.get("admin_brand")
    if known is None:
        known = brand_of(context.get("request"))
        context.render_context["admin_brand"] = known
    return known
