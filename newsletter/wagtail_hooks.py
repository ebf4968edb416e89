"""What newsletters add to Wagtail's admin."""

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from newsletter.issue_menu import NewsletterViewSet
from newsletter.models import Topic
from newsletter.reader_menu import ReaderViewSet, TopicPolicy, TopicViewSet
from newsletter.sending_menu import SendingViewSet

register_permission_policy(Topic, TopicPolicy())


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [NewsletterViewSet(), SendingViewSet(), ReaderViewSet(), TopicViewSet()]
