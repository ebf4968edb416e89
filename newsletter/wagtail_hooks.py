"""What newsletters add to Wagtail's admin."""

from typing import Any

from wagtail import hooks

from newsletter.issue_menu import NewsletterViewSet


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [NewsletterViewSet()]
