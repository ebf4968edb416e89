"""Tells colleagues by mail what waits for them, when a newsletter goes round for approval.

Through core.post: Wagtail's own notices are sent while the editor waits, and know groups only.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from core.post import PostError, post_template
from core.receivers import never_raise
from directory.taxonomy import Role
from newsletter.models import IssuePage

PURPOSE = "newsletter approval"


@receiver(workflow_submitted, sender=WorkflowState)
@never_raise
def ask_colleagues(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Everybody who may approve it gets a mail; whoever asked does not."""
    for colleague in approvers(asked_by=instance.requested_by_id):
        _tell(colleague, "approval_asked", instance, user)


@receiver([workflow_approved, workflow_rejected], sender=WorkflowState)
@never_raise
def answer_author(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Whoever asked gets the answer."""
    author = instance.requested_by
    if author is not None and author != user:
        approved = instance.status == WorkflowState.STATUS_APPROVED
        _tell(author, "approval_given" if approved else "approval_refused", instance, user)


def approvers(*, asked_by: int | None) -> Any:
    """Return those who may approve what `asked_by` asks for: directory.permissions.edits_site."""
    people = get_user_model().objects.filter(is_active=True).exclude(pk=asked_by or 0)
    editing = Q(memberships__role=Role.COMMUNICATION) | Q(is_superuser=True)
    return people.filter(editing).exclude(email="").distinct()


def _tell(person: Any, template: str, state: WorkflowState, by: Any) -> None:
    page = state.content_object
    if not isinstance(page.specific, IssuePage):
        return
    task = state.current_task_state
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context = {
        "title": page.get_admin_display_title(),
        "who": str(by or ""),
        "comment": task.comment if task else "",
        "url": f"{settings.BASE_URL}{path}",
    }
    try:
        post_template(
            template=f"mail/newsletter/{template}",
            context=context,
            to=person.email,
            purpose=PURPOSE,
            now=timezone.now(),
        )
    except PostError:  # an address typed long ago: the others must still hear of it
        return
