"""What the demo's places tell colleagues at the others."""

from pages.demo.content import Table
from pages.demo.memory import Memory
from staff.models import VenueInternal


def add_internal_notes(content: Table, memory: Memory) -> None:
    """Store each place's contact, deputy and referral note."""
    for slug, written in content.items():
        note = {name: text.strip() for name, text in written.items()}
        VenueInternal.objects.create(venue=memory.venues[slug], **note)
