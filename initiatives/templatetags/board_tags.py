"""Where the squares and columns of the board lead to."""

from django import template
from django.urls import reverse

from directory.models import VenuePage
from initiatives.board import Cell
from initiatives.due import progress_url

register = template.Library()


@register.simple_tag
def square_url(cell: Cell) -> str:
    """Return the page of one initiative at one venue, or of what is kept jointly."""
    return progress_url(cell.initiative, cell.venue)


@register.simple_tag
def venue_board_url(venue: VenuePage) -> str:
    """Return the page of one venue in the tracker."""
    return reverse("tracker_venue", args=[venue.pk])
