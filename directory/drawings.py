"""Our own drawings (templates/illustrations/) that a venue may show, in words for editors."""

from django.utils.translation import gettext_lazy as _

DRAWINGS = (
    ("coffee", _("Coffee")),
    ("kitchen", _("Kitchen")),
    ("warm_meal", _("A warm meal")),
    ("talk", _("Two people talking")),
    ("quiet_room", _("A quiet room")),
    ("books", _("Books")),
    ("board_games", _("Board games")),
    ("computer_help", _("Help at a computer")),
    ("music", _("Music")),
    ("paint", _("Painting")),
    ("workshop", _("Workshop")),
    ("garden", _("Garden")),
    ("harbour", _("Harbour")),
    ("bus", _("Bus")),
    ("tent", _("Tent")),
    ("dog_walk", _("A walk with a dog")),
    ("bath", _("Bath")),
    ("nurse", _("Nurse")),
    ("night_lamp", _("A lamp at night")),
    ("womens_house", _("A house for women")),
    ("empty_bench", _("A bench")),
    ("house_meeting", _("A meeting at a table")),
    ("hero_door", _("An open door")),
    ("bonfire", _("A bonfire")),
    ("football", _("Football")),
    ("swimming_hall", _("Swimming")),
    ("christmas_tree", _("Christmas tree")),
)
DEFAULT = "coffee"
BY_VENUE_TYPE = {
    "night_cafe": "night_lamp",
    "warming_shelter": "warm_meal",
    "mobile_drop_in": "bus",
    "workshop": "workshop",
    "peer_community": "talk",
    "activity_house": "board_games",
}


def drawing_of(name: str, venue_type: str) -> str:
    """Return the drawing an editor chose, or the one that goes with the kind of venue."""
    if name in dict(DRAWINGS):
        return name
    return BY_VENUE_TYPE.get(venue_type, DEFAULT)
