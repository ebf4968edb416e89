"""What activities tells the layers above."""

from django.dispatch import Signal

# The public dates, the text or the visibility of an activity changed, and the change is stored.
# Gives `activity_id`. Receivers only queue a task.
occurrences_changed = Signal()
