"""What newsletters add to Wagtail's admin."""

from typing import Any

from wagtail import hooks

from newsletter.issue_menu import NewsletterViewSet
from newsletter.reader_menu import ReaderViewSet, TopicViewSet
from newsletter.sending_menu import SendingViewSet


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [NewsletterViewSet(), SendingViewSet(), ReaderViewSet(), TopicViewSet()]
