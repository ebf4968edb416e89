"""Where pins are drawn."""

import math

from directory.map import PIN_APART, Drawing, Point, draw

SQUARE = '{"type": "Polygon", "coordinates": [[[10.1, 56.1], [10.3, 56.1], [10.3, 56.2]]]}'


def test_no_points_make_no_map():
    assert draw([]) is None


def test_one_point_stands_in_the_middle():
    assert draw([Point(56.15, 10.2)]) == Drawing("0 0 420 360", ((210.0, 180.0),), "")


def test_north_is_up_and_east_is_right():
    south_west, north_east = draw([Point(56.1, 10.1), Point(56.2, 10.3)]).places

    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]


def test_pins_on_the_same_spot_are_pushed_apart():
    (x1, y1), (x2, y2) = draw([Point(56.15, 10.2)] * 2).places

    assert math.hypot(x2 - x1, y2 - y1) >= PIN_APART - 1


def test_an_outline_is_drawn_and_a_broken_one_left_out():
    point = [Point(56.15, 10.2)]

    assert draw(point, SQUARE).land.startswith("M")
    assert [draw(point, text).land for text in ("", "{", "[]", '{"type": "Point"}')] == [""] * 4
