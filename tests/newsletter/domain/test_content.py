"""What an issue says, and what of it is for one kind of reader."""

import datetime as dt

from newsletter.domain.content import (
    Block,
    BlockKind,
    Entry,
    IssueContent,
    by_day,
    chosen_for,
    concerns,
)

NOBODY = {"everything": False, "venue_ids": frozenset(), "district_ids": frozenset()}


def entry(number: int, day: int, hour: int = 17, *, venue: int = 1, district: int = 0) -> Entry:
    return Entry(
        occurrence_id=number,
        activity_id=number,
        venue_ids=frozenset({venue}),
        district_ids=frozenset({district} - {0}),
        starts_at=dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC),
        day=dt.date(2026, 3, day),
        when="kl. 18–20",
        title=f"Aktivitet {number}",
        place="Perlen",
        url=f"https://fristed.example/{number}/",
    )


def dates(*entries: Entry, empty_text: str = "") -> Block:
    return Block(BlockKind.ACTIVITIES, heading="Det sker", entries=entries, empty_text=empty_text)


def content(*blocks: Block, greeting: str = "") -> IssueContent:
    return IssueContent(
        subject="Nyt",
        preheader="",
        greeting_html=greeting,
        greeting_text=greeting,
        blocks=blocks,
        web_url="https://fristed.example/nyhedsbrev/nyt/",
    )


def test_days_come_in_order_with_their_entries_in_the_order_they_begin():
    late, early, next_day = entry(1, 3, 19), entry(2, 3, 9), entry(3, 4)

    assert list(by_day((next_day, late, early))) == [
        (dt.date(2026, 3, 3), (early, late)),
        (dt.date(2026, 3, 4), (next_day,)),
    ]


def test_an_entry_concerns_those_who_follow_its_venue_its_district_or_everything():
    told = entry(1, 3, venue=7, district=2)

    assert concerns(told, **{**NOBODY, "everything": True})
    assert concerns(told, **{**NOBODY, "venue_ids": frozenset({7})})
    assert concerns(told, **{**NOBODY, "district_ids": frozenset({2})})
    assert not concerns(told, **{**NOBODY, "venue_ids": frozenset({2})})
    assert not concerns(told, **NOBODY)


def test_a_reader_gets_the_dates_of_what_they_follow_and_everybody_gets_the_words():
    mine, other = entry(1, 3, venue=1), entry(2, 3, venue=2)
    words = Block(BlockKind.TEXT, html="<p>Hej</p>", text="Hej")
    issue = content(words, dates(mine, other), dates(other))

    chosen = chosen_for(issue, **{**NOBODY, "venue_ids": frozenset({1})})

    assert chosen == content(words, dates(mine))


def test_a_list_that_found_nothing_keeps_its_words_and_one_without_words_is_left_out():
    issue = content(dates(empty_text="Ikke noget endnu."), dates())

    chosen = chosen_for(issue, **NOBODY)

    assert chosen == content(dates(empty_text="Ikke noget endnu."))


def test_a_list_with_dates_for_others_is_left_out_with_its_words():
    issue = content(dates(entry(1, 3), empty_text="Ikke noget endnu."))

    assert chosen_for(issue, **NOBODY) == content()


def test_an_issue_tells_of_each_date_once():
    told, again = entry(1, 3), entry(1, 3)

    assert content(dates(told), dates(again)).entries == (told,)


def test_an_issue_says_something_when_it_has_words_a_picture_or_a_date():
    picture = Block(BlockKind.PICTURE, picture_url="https://fristed.example/p.jpg", alt="En dør")

    assert content(greeting="Hej").says_something
    assert content(picture).says_something
    assert content(dates(entry(1, 3))).says_something
    assert not content(dates(empty_text="Ikke noget endnu."), greeting=" ").says_something
