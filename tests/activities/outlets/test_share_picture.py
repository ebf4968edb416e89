"""Pictures that go with links: right size, the same for the same words, long words inside."""

import pytest
from PIL import ImageChops

from activities.outlets import drawing
from activities.outlets.share_picture import (
    FORMATS,
    OWN,
    STRONG,
    Words,
    _fitted,
    draw_picture,
    picture_path,
)
from directory.drawings import DRAWINGS

SOUP = Words(
    title="Fællesspisning",
    place="Perlen",
    when="Hver tirsdag kl. 17.30-19.30",
    price="25 kr.",
    sender="Fristed · Eksempelby Kommune",
    illustration="warm_meal",
)
LONG = Words(
    title="Beskæftigelsesrådgivningsgruppemøde for pårørende til mennesker med angst, "
    "depression, stress og andre psykiske vanskeligheder i hverdagen",
    place="Medborgerhuset og kontaktstedet Broen ved Havnen",
    when="Den første, anden og tredje torsdag i hver måned kl. 13-15.30 og kl. 17-19, første "
    "gang den 3. december 2026, og hver lørdag og søndag kl. 10-12",
    price="Deltagerbetaling efter forbrug",
    sender="Fristed · Den Sociale Udviklingsforvaltning i Eksempelby Kommune",
    illustration="talk",
)


@pytest.mark.parametrize(("form", "size"), [("bred", (1200, 630)), ("kvadrat", (1080, 1080))])
def test_a_picture_has_the_size_of_its_format(form, size):
    assert draw_picture(SOUP, form).size == size


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_words_give_the_same_pixels_and_others_do_not(form):
    first, second = draw_picture(SOUP, form), draw_picture(SOUP, form)
    other = draw_picture(LONG, form)

    assert first.tobytes() == second.tobytes()
    assert ImageChops.difference(first, other).getbbox() is not None


@pytest.mark.parametrize("form", FORMATS)
def test_long_words_keep_clear_of_the_edges_and_the_door(form):
    shape = FORMATS[form]
    wide = shape.size[0]

    image = draw_picture(LONG, form)

    left = image.crop((0, 0, shape.title[0] - 4, shape.floor - 4))
    right = image.crop((wide - 40, 0, wide, shape.door[1] - 4))
    gap = image.crop((shape.facts[2], shape.facts[1], shape.door[0] - 24, shape.floor - 4))
    assert [len(part.getcolors()) for part in (left, right, gap)] == [1, 1, 1]


def test_text_is_as_large_as_it_may_be_and_cut_when_nothing_fits():
    large = _fitted("Kaffe", STRONG, 600, 200, range(60, 20, -1))
    cut = _fitted("meget " * 80, STRONG, 300, 90, range(60, 29, -1))

    assert (large.lines, large.font.size) == (["Kaffe"], 60)
    assert (cut.font.size, len(cut.lines), cut.lines[-1][-1]) == (30, 2, "…")
    assert max(cut.font.getlength(line) for line in cut.lines) <= 300


def test_a_word_too_long_for_any_size_is_divided():
    found = _fitted("Speciallægepraksisplanlægningsstabiliseringsperiode", STRONG, 300, 400, [40])

    assert "".join(found.lines).replace("-", "") == (
        "Speciallægepraksisplanlægningsstabiliseringsperiode"
    )
    assert max(found.font.getlength(line) for line in found.lines) <= 300


def test_a_day_and_a_clock_stay_on_one_line():
    found = _fitted("Lørdag den 5. december kl. 9-18", STRONG, 300, 400, [44])

    assert found.lines == [
        "Lørdag den",
        "5.\N{NO-BREAK SPACE}december",
        "kl.\N{NO-BREAK SPACE}9-18",
    ]


@pytest.mark.parametrize("name", [name for name, _ in DRAWINGS])
def test_every_drawing_can_be_painted(name):
    image = drawing.paint(drawing.load(name), 60, 80, OWN)

    assert image.size == (60, 80)
    assert len(image.getcolors(60 * 80)) > 3


def test_a_municipality_s_own_colours_are_used():
    red = Words("Kaffe", "", "", "", "", "coffee", (("paper", "#ff0000"),))

    assert draw_picture(red, "bred").getpixel((5, 5)) == (255, 0, 0)
    assert red.key != Words("Kaffe", "", "", "", "", "coffee").key


def test_a_picture_is_kept_and_the_earlier_one_goes(settings, tmp_path):
    settings.VAR = tmp_path

    first = picture_path("abc", "bred", SOUP)
    drawn_at = first.stat().st_mtime_ns
    again = picture_path("abc", "bred", SOUP)
    redrawn_at = again.stat().st_mtime_ns
    second = picture_path("abc", "bred", LONG)

    assert (again, redrawn_at) == (first, drawn_at)
    assert [path.name for path in (tmp_path / "pictures").glob("*.png")] == [second.name]
