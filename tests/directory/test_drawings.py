"""Which drawing stands where a venue has no picture."""

from pathlib import Path

from directory.drawings import BY_VENUE_TYPE, DEFAULT, DRAWINGS, drawing_of


def test_every_drawing_on_offer_exists(root: Path):
    files = {path.stem for path in (root / "templates" / "illustrations").glob("*.svg")}

    assert {*dict(DRAWINGS), *BY_VENUE_TYPE.values(), DEFAULT} <= files


def test_an_unknown_name_falls_back_to_the_kind_of_venue():
    assert drawing_of("../secret", "night_cafe") == "night_lamp"
    assert drawing_of("", "drop_in_centre") == "coffee"
    assert drawing_of("harbour", "night_cafe") == "harbour"
