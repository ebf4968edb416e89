import pytest

from core.domain.colours import Problem, Weight, check_palette, contrast, luminance, parse_colour

LIGHT = {
    "paper": "#fbf7f0",
    "ink": "#1c2927",
    "pine": "#14514a",
    "glow": "#f3b94c",
    "brick": "#9c3526",
    "mist": "#e6eeeb",
    "sand": "#efe6d6",
}


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#14514a", (20, 81, 74)), ("#FFF", (255, 255, 255)), (" #1af ", (17, 170, 255))],
)
def test_parse_colour_reads_short_and_long_hex(text, colour):
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345", "123456", "#fff;}body{", "#ggg"])
def test_parse_colour_refuses_anything_else(text):
    with pytest.raises(ValueError, match="Not a colour"):
        parse_colour(text)


def test_luminance_runs_from_black_to_white():
    assert (luminance("#000"), round(luminance("#fff"), 9)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#777", "#fff", 4.48),
        ("#fff", "#767676", 4.54),
        ("#abc", "#abc", 1),
    ],
)
def test_contrast_is_the_ratio_of_wcag_in_either_order(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert contrast(other, one) == contrast(one, other)


def test_our_own_light_colours_have_no_problem():
    assert check_palette(LIGHT) == []


def test_a_pale_main_colour_is_named_on_every_ground_it_stands_on():
    pale = {"--paper": "#fff", "--pine": "#8ab4ad"}

    assert check_palette(pale) == [
        Problem("pine", "paper", 2.28, 4.5),
        Problem("paper", "pine", 2.28, 4.5),
    ]


def test_grey_text_is_allowed_but_could_be_better():
    assert check_palette({"ink": "#4a4a4a", "paper": "#ffffff"}) == [
        Problem("ink", "paper", 8.86, 12.0, Weight.WISH)
    ]


def test_a_value_that_is_no_colour_is_refused():
    with pytest.raises(ValueError, match="Not a colour"):
        check_palette({"ink": "black", "paper": "#fff"})
