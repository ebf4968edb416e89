"""What directory tells the layers above. Publishing a venue's page has Wagtail's own signals."""

from django.dispatch import Signal

# What the public sees of a venue changed without its page being published: an address became
# secret, a move was carried out while a draft was waiting. Gives `venue_id`.
venue_changed = Signal()

# A venue is a part of another one from now on, and the pages below it stand below that one.
# Gives `venue_id` and `successor_id`.
venue_merged = Signal()
