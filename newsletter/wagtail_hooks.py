"""What newsletters add to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
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


@hooks.register("after_edit_page")
def tell_of_approval(request: HttpRequest, page: Any) -> None:
    """Wagtail says that the page is saved, and not what became of the approval."""
    if "action-workflow-action" not in request.POST:
        return
    state = WorkflowState.objects.for_instance(page).order_by("pk").last()
    told = {
        WorkflowState.STATUS_APPROVED: _("“%(title)s” is approved."),
        WorkflowState.STATUS_NEEDS_CHANGES: _("“%(title)s” is sent back to be changed."),
    }
    if state is not None and state.status in told:
        messages.success(request, told[state.status] % {"title": page.get_admin_display_title()})


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [NewsletterViewSet(), SendingViewSet(), ReaderViewSet(), TopicViewSet()]
