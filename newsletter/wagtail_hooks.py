"""What newsletters add to Wagtail's admin."""

from typing import Any

from wagtail import hooks
from wagtail.models import WorkflowState
from wagtail.permissions import register_permission_policy
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from newsletter.issue_menu import NewsletterViewSet
from newsletter.models import Topic
from newsletter.reader_menu import ReaderViewSet, TopicPolicy, TopicViewSet
from newsletter.sending_menu import SendingViewSet

register_permission_policy(Topic, TopicPolicy())

# Our receivers tell of approvals. Done here, after Wagtail has connected its own.
for signal, name in (
    (workflow_submitted, "submitted"),
    (workflow_approved, "approved"),
    (workflow_rejected, "rejected"),
):
    uid = f"workflow_state_{name}_email_notification"
    signal.disconnect(sender=WorkflowState, dispatch_uid=uid)


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [NewsletterViewSet(), SendingViewSet(), ReaderViewSet(), TopicViewSet()]
