"""The form for the site's settings: colours that can be read, and an outline that can be drawn."""

import json

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from core.domain.colours import Problem, Weight, check_palette
from core.forms import DayField
from core.validators import EAST, NORTH, SOUTH, WEST

# The colours of the style sheet that hold where a municipality chose none.
OWN_COLOURS = {
    "paper": "#fbf7f0",
    "ink": "#1c2927",
    "pine": "#14514a",
    "glow": "#f3b94c",
    "brick": "#9c3526",
}
FIXED_COLOURS = {"mist": "#e6eeeb", "sand": "#efe6d6"}
NAMES = {
    "paper": gettext_lazy("paper"),
    "ink": gettext_lazy("ink"),
    "pine": gettext_lazy("main colour"),
    "glow": gettext_lazy("light"),
    "brick": gettext_lazy("warning"),
    "mist": gettext_lazy("light panels"),
    "sand": gettext_lazy("warm panels"),
}


class SiteSettingsForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """What differs from one municipality to the next."""

    was_updated_on = DayField(label=capfirst(gettext_lazy("statement updated on")), required=False)

    def clean_outline(self) -> str:
        """Refuse what is no GeoJSON polygon in Denmark."""
        outline: str = self.cleaned_data["outline"].strip()
        if outline:
            check_outline(outline)
        return outline

    def _post_clean(self) -> None:
        """The model says whether each colour is one; then they are compared."""
        super()._post_clean()
        if any(name in self.errors for name in OWN_COLOURS):
            return
        typed = self.cleaned_data
        chosen = {name: typed.get(name) or colour for name, colour in OWN_COLOURS.items()}
        for problem in check_palette(chosen | FIXED_COLOURS):
            if problem.weight is Weight.FLOOR:
                self.add_error(self._at_fault(problem), contrast_message(problem))

    def _at_fault(self, problem: Problem) -> str:
        """Return the field to change: the front colour, unless only the ground was chosen."""
        typed = self.cleaned_data
        only_ground = typed.get(problem.ground) and not typed.get(problem.front)
        return problem.ground if only_ground else problem.front


def contrast_message(problem: Problem) -> str:
    """Return which two colours are too alike, and by how much."""
    return _(
        "“%(front)s” on “%(ground)s” is hard to read: the contrast is %(ratio)s and must be "
        "at least %(least)s."
    ) % {
        "front": NAMES[problem.front],
        "ground": NAMES[problem.ground],
        "ratio": f"{problem.ratio:.1f}".replace(".", ","),
        "least": f"{problem.least:.1f}".replace(".", ","),
    }


def check_outline(text: str) -> None:
    """Raise ValidationError unless `text` is a GeoJSON Polygon or MultiPolygon in Denmark."""
    try:
        shape = json.loads(text)
        kind, coordinates = shape["type"], shape["coordinates"]
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}[kind]
        points = [point for polygon in polygons for ring in polygon for point in ring]
        inside = [WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH for point in points]
        rings_closed = all(
            len(ring) > 3 and ring[0] == ring[-1] for polygon in polygons for ring in polygon
        )
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise ValidationError(
            _("Paste a GeoJSON Polygon or MultiPolygon: it begins with {“type”: “Polygon”.")
        ) from None
    if not points or not rings_closed:
        raise ValidationError(_("The outline is not closed: its last point must be its first."))
    if not all(inside):
        raise ValidationError(
            _("The outline lies outside Denmark. Write longitude before latitude, in degrees.")
        )
