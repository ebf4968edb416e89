"""Wagtail's checker gives way to ours, in the editor's side panel and in the preview."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from core.content_checks.checker import DanishChecks


@hooks.register("construct_wagtail_userbar")
def check_danish(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = DanishChecks(page, in_editor=item.in_editor)
