"""For the side panel "Checks"."""

from django import template

from core.content_checks.words import panel_settings

register = template.Library()
register.simple_tag(panel_settings, name="reading_settings")
