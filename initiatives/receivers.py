"""What the tracker hears from the apps below."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from core.receivers import never_raise
from directory.models import VenuePage
from directory.signals import venue_merged
from initiatives.actions.services import follow_merged_venue


@receiver(venue_merged)
@never_raise
def move_services(sender: Any, venue_id: int, successor_id: int, **kwargs: Any) -> None:
    """What others bring to a venue is brought to the one it has become a part of."""
    venues = VenuePage.objects.in_bulk([venue_id, successor_id])
    follow_merged_venue(venues[venue_id], venues[successor_id], now=timezone.now())
