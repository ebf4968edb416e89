from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from directory.permissions import rights_of


class IssueApproval(Task):
    """Somebody else in the communication team reads an issue before it goes out.

    Who may approve follows from Membership, as every right does; nobody approves what they
    asked for themselves.
    """

    class Meta:
        verbose_name = _("approval of a newsletter")
        verbose_name_plural = _("approvals of newsletters")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return rights_of(user).edits_site

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not rights_of(user).edits_site

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what the person may answer; Wagtail asks with the page that waits."""
        state = obj.current_workflow_state
        if not rights_of(user).edits_site or state is None:
            return []
        send_back = ("reject", _("Ask for changes"), True)
        if state.requested_by_id == user.pk:
            return []
        return [
            send_back,
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a word"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if not rights_of(user).edits_site:
            return waiting.none()
        return waiting.exclude(workflow_state__requested_by=user.pk)

    @classmethod
    def get_description(cls) -> str:
        return str(_("A communication editor other than the one who asked can approve."))
