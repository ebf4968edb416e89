"""What Wagtail does when an approval is given."""

from typing import Any


def keep_as_draft(workflow_state: Any, user: Any = None) -> None:
    """Leave an approved newsletter a draft: it comes out when it is sent, not before.

    Named by the setting WAGTAIL_FINISH_WORKFLOW_ACTION; Wagtail itself would publish the page.
    """
