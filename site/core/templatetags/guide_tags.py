"""The way from a screen of the admin to the page of the guide that explains it."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from wagtail.models import Page

from core.guide_links import topic_for

register = template.Library()


@register.simple_tag(takes_context=True)
def guide_address(context: Context) -> str:
    """Return the address of the topic for this screen; "" when none explains it."""
    request: Any = context.get("request")
    if request is None:
        return ""
    page = context.get("page")
    model = page.content_type.model if isinstance(page, Page) and page.pk else ""
    slug = topic_for(request.path_info, model)
    return reverse("guide_topic", args=[slug]) if slug else ""
