"""Thirty cases: who is sent where, and in which order. The venues are the same in all of them."""

import datetime as dt

import pytest

from directory.domain.finder import (
    Candidate,
    Condition,
    Door,
    Met,
    Sex,
    SoberRule,
    Wish,
    match,
    rank,
)

TEN, FIVE = dt.datetime(2026, 11, 23, 10), dt.datetime(2026, 11, 23, 17)
YES, NO, UNKNOWN = Met.YES, Met.NO, Met.UNKNOWN

NAMES = ["Bro", "Dok", "Eng", "Fjord", "Gade", "Hule", "Kvindehuset", "Ly"]
BRO, DOK, ENG, FJORD, GADE, HULE, KVINDE, LY = range(1, 9)

PLACES = [
    # Food and dogs, open, for everybody; sobriety does not matter.
    Candidate(
        BRO,
        "bro",
        "havn",
        {"mad": YES, "hund": YES, "bad": NO},
        sober=SoberRule.FREE,
        door=Door.OPEN,
        women_door=Door.OPEN,
        opens=TEN,
    ),
    # Food and a bath, closed now; asks people to be sober.
    Candidate(
        DOK,
        "dok",
        "havn",
        {"mad": YES, "bad": YES, "hund": NO},
        sober=SoberRule.SOBER_ONLY,
        door=Door.CLOSED,
        women_door=Door.CLOSED,
        opens=FIVE,
    ),
    # Food; nobody wrote whether dogs may come; a holiday, so the door is uncertain.
    Candidate(
        ENG,
        "eng",
        "by",
        {"mad": YES, "hund": UNKNOWN, "bad": NO},
        sober=SoberRule.UNKNOWN,
        door=Door.UNKNOWN,
        women_door=Door.UNKNOWN,
    ),
    # A bath; people from 18 to 30.
    Candidate(
        FJORD,
        "fjord",
        "by",
        {"mad": NO, "bad": YES, "hund": NO},
        age_min=18,
        age_max=30,
        sober=SoberRule.FREE,
        door=Door.OPEN,
        women_door=Door.OPEN,
        opens=TEN,
    ),
    # Nothing is written about it at all.
    Candidate(
        GADE,
        "gade",
        "by",
        {"mad": UNKNOWN, "bad": UNKNOWN, "hund": UNKNOWN},
        door=Door.OPEN,
        women_door=Door.OPEN,
        opens=TEN,
    ),
    # Somewhere to sleep, only men, by agreement when drunk.
    Candidate(
        HULE,
        "hule",
        "havn",
        {"sove": YES, "mad": NO},
        men_only=True,
        sober=SoberRule.ASK,
        door=Door.CLOSED,
        women_door=Door.CLOSED,
        opens=FIVE,
    ),
    # Women only: food and a bath.
    Candidate(
        KVINDE,
        "kvindehuset",
        "havn",
        {"mad": YES, "bad": YES},
        women_only=True,
        sober=SoberRule.FREE,
        door=Door.OPEN,
        women_door=Door.OPEN,
        opens=TEN,
    ),
    # Food; just now the hours are for women only.
    Candidate(
        LY,
        "ly",
        "by",
        {"mad": YES},
        sober=SoberRule.FREE,
        door=Door.CLOSED,
        women_door=Door.OPEN,
    ),
]

WOMAN, MAN = Sex.WOMAN, Sex.MAN
DRUNK, SOBER = Condition.UNDER_INFLUENCE, Condition.SOBER

CASES = {
    "nothing asked: open first, then those that ask nothing of people": (
        Wish(),
        [BRO, GADE, FJORD, KVINDE, ENG, LY, DOK, HULE],
    ),
    "food: all who have it, open first": (Wish(("mad",)), [BRO, KVINDE, ENG, LY, DOK, GADE]),
    "food for a woman: hours for women are hours": (
        Wish(("mad",), sex=WOMAN),
        [BRO, KVINDE, LY, ENG, DOK, GADE],
    ),
    "food for a man: not where only women come, and women's hours are closed": (
        Wish(("mad",), sex=MAN),
        [BRO, ENG, DOK, LY, GADE],
    ),
    "a bath": (Wish(("bad",)), [FJORD, KVINDE, DOK, GADE]),
    "a bath for a man of 40": (Wish(("bad",), sex=MAN, age=40), [DOK, GADE]),
    "a bath for a woman of 25": (Wish(("bad",), sex=WOMAN, age=25), [FJORD, KVINDE, DOK, GADE]),
    "a bath at 18: the limit is let in": (
        Wish(("bad",), sex=WOMAN, age=18),
        [FJORD, KVINDE, DOK, GADE],
    ),
    "a bath at 30: so is the other limit": (
        Wish(("bad",), sex=WOMAN, age=30),
        [FJORD, KVINDE, DOK, GADE],
    ),
    "a bath at 31: no more": (Wish(("bad",), sex=WOMAN, age=31), [KVINDE, DOK, GADE]),
    "a bath at 17: not yet": (Wish(("bad",), sex=WOMAN, age=17), [KVINDE, DOK, GADE]),
    "food and a bath: both before one": (
        Wish(("mad", "bad")),
        [KVINDE, DOK, BRO, FJORD, ENG, LY, GADE],
    ),
    "food and a bath for a man: what is met goes before the open door": (
        Wish(("mad", "bad"), sex=MAN),
        [DOK, BRO, FJORD, ENG, LY, GADE],
    ),
    "food and a dog": (Wish(("mad", "hund")), [BRO, KVINDE, LY, ENG, DOK, GADE]),
    "a dog: what nobody knows comes after, and what is certain not is left out": (
        Wish(("hund",)),
        [BRO, GADE, ENG],
    ),
    "a dog and a bath": (Wish(("hund", "bad")), [BRO, FJORD, KVINDE, DOK, GADE, ENG]),
    "somewhere to sleep": (Wish(("sove",)), [HULE]),
    "somewhere to sleep for a woman: nobody says yes": (Wish(("sove",), sex=WOMAN), []),
    "somewhere to sleep for a man": (Wish(("sove",), sex=MAN), [HULE]),
    "food when drunk: not where one must be sober, and unknown stays": (
        Wish(("mad",), condition=DRUNK),
        [BRO, KVINDE, LY, ENG, GADE],
    ),
    "food when sober: nobody is shut out for it": (
        Wish(("mad",), condition=SOBER),
        [BRO, KVINDE, ENG, LY, DOK, GADE],
    ),
    "somewhere to sleep when drunk: by agreement stays": (
        Wish(("sove",), condition=DRUNK),
        [HULE],
    ),
    "a bath for a drunk man of 40: only what nobody has written about": (
        Wish(("bad",), sex=MAN, age=40, condition=DRUNK),
        [GADE],
    ),
    "food in the town: the open door goes before the district": (
        Wish(("mad",), district="by"),
        [BRO, KVINDE, ENG, LY, DOK, GADE],
    ),
    "food by the harbour": (Wish(("mad",), district="havn"), [BRO, KVINDE, ENG, LY, DOK, GADE]),
    "a bath in the town": (Wish(("bad",), district="by"), [FJORD, KVINDE, DOK, GADE]),
    "a bath by the harbour: of two open doors the one in the district": (
        Wish(("bad",), district="havn"),
        [KVINDE, FJORD, DOK, GADE],
    ),
    "only the district: of the open doors those that lie there": (
        Wish(district="by"),
        [GADE, FJORD, BRO, KVINDE, ENG, LY, DOK, HULE],
    ),
    "an unknown district changes nothing": (
        Wish(("mad",), district="ukendt"),
        [BRO, KVINDE, ENG, LY, DOK, GADE],
    ),
    "a need nobody has heard of is met by nobody": (Wish(("svæve",)), []),
}


@pytest.mark.parametrize(("wish", "expected"), CASES.values(), ids=CASES.keys())
def test_order(wish, expected):
    assert [NAMES[found.key - 1] for found in rank(wish, PLACES)] == [
        NAMES[key - 1] for key in expected
    ]


def test_there_are_thirty_cases():
    assert len(CASES) == 30


def test_unknown_is_said_and_never_shuts_out():
    wish = Wish(("mad", "hund"), condition=DRUNK)

    found = match(wish, PLACES[ENG - 1])

    assert (found.met, found.unknown, found.lacking) == (("mad",), ("hund",), ())
    assert found.ask_sober


def test_what_is_missing_is_said():
    assert match(Wish(("mad", "bad")), PLACES[BRO - 1]).lacking == ("bad",)


def test_hours_for_women_are_told_and_uncertain_for_those_who_did_not_say():
    place = PLACES[LY - 1]

    doors = {sex: match(Wish(sex=sex), place).door for sex in (None, WOMAN, MAN)}

    assert doors == {None: Door.UNKNOWN, WOMAN: Door.OPEN, MAN: Door.CLOSED}
    assert match(Wish(sex=WOMAN), place).women_hours
    assert not match(Wish(sex=MAN), place).women_hours


def test_rules_are_told_to_those_who_did_not_say():
    assert match(Wish(), PLACES[FJORD - 1]).may_refuse == ("age",)
    assert match(Wish(age=20), PLACES[FJORD - 1]).may_refuse == ()
    assert match(Wish(), PLACES[KVINDE - 1]).may_refuse == ("sex",)
