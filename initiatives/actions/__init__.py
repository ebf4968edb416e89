"""Everything that writes in the leaders' tracker."""

from initiatives.actions.catalogue import load_catalogue
from initiatives.actions.progress import (
    ProgressRefused,
    confirm_progress,
    correct_last_change,
    progress_at,
    update_progress,
)

__all__ = [
    "ProgressRefused",
    "confirm_progress",
    "correct_last_change",
    "load_catalogue",
    "progress_at",
    "update_progress",
]
