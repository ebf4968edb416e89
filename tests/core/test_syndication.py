"""feedgen's traps, one by one: https://validator.w3.org/feed/docs/ says what readers need."""

import datetime as dt
from dataclasses import replace

import feedparser

from core.syndication import Feed, Item, Picture, atom, newest_first, rss

NOON = dt.datetime(2026, 11, 23, 12, 0, 0, 123_456, tzinfo=dt.UTC)
ITEM = Item(
    uid="tag:fristed.example,2026:change/1",
    title="Aflyst: Kaffe & kage\x07",
    url="https://fristed.example/steder/perlen/kaffe/",
    announced_at=NOON,
    paragraphs=("Bussen <b>er</b> i stykker.\nØv.", ""),
)
FEED = Feed(
    uid="tag:fristed.example,2026:feed/perlen",
    title="Nyt fra Perlen",
    description="Nye aktiviteter",
    author="Eksempelby Kommune",
    page_url="https://fristed.example/steder/perlen/",
    url="https://fristed.example/steder/perlen/feed.rss",
    changed_at=NOON - dt.timedelta(days=3),
    items=(ITEM,),
)
PICTURE = Picture("https://fristed.example/media/kaffe.jpg", 4711, "image/jpeg")


def test_rss_is_written_as_validators_want_it() -> None:
    assert rss(replace(FEED, items=(replace(ITEM, picture=PICTURE),))).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel>'
        "<title>Nyt fra Perlen</title>"
        "<link>https://fristed.example/steder/perlen/</link>"
        "<description>Nye aktiviteter</description>"
        '<atom:link href="https://fristed.example/steder/perlen/feed.rss" rel="self"'
        ' type="application/rss+xml"/>'
        "<docs>http://www.rssboard.org/rss-specification</docs>"
        "<generator>Fristed</generator><language>da</language>"
        "<lastBuildDate>Mon, 23 Nov 2026 12:00:00 +0000</lastBuildDate><ttl>60</ttl>"
        "<item><title>Aflyst: Kaffe &amp; kage</title>"
        "<link>https://fristed.example/steder/perlen/kaffe/</link>"
        "<description>&lt;p&gt;Bussen &amp;lt;b&amp;gt;er&amp;lt;/b&amp;gt; i stykker."
        "&lt;br&gt;Øv.&lt;/p&gt;</description>"
        '<guid isPermaLink="false">tag:fristed.example,2026:change/1</guid>'
        '<enclosure url="https://fristed.example/media/kaffe.jpg" length="4711"'
        ' type="image/jpeg"/>'
        "<pubDate>Mon, 23 Nov 2026 12:00:00 +0000</pubDate></item>"
        "</channel></rss>"
    )


def test_atom_is_written_as_validators_want_it() -> None:
    assert atom(replace(FEED, items=(replace(ITEM, picture=PICTURE),))).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="da">'
        "<id>tag:fristed.example,2026:feed/perlen</id><title>Nyt fra Perlen</title>"
        "<updated>2026-11-23T12:00:00+00:00</updated>"
        "<author><name>Eksempelby Kommune</name></author>"
        '<link href="https://fristed.example/steder/perlen/feed.rss" rel="self"'
        ' type="application/atom+xml"/>'
        '<link href="https://fristed.example/steder/perlen/" rel="alternate" type="text/html"/>'
        "<generator>Fristed</generator><subtitle>Nye aktiviteter</subtitle>"
        "<entry><id>tag:fristed.example,2026:change/1</id>"
        "<title>Aflyst: Kaffe &amp; kage</title>"
        "<updated>2026-11-23T12:00:00+00:00</updated>"
        '<content type="html">&lt;p&gt;Bussen &amp;lt;b&amp;gt;er&amp;lt;/b&amp;gt; i stykker.'
        "&lt;br&gt;Øv.&lt;/p&gt;</content>"
        '<link href="https://fristed.example/steder/perlen/kaffe/"/>'
        "<published>2026-11-23T12:00:00+00:00</published></entry></feed>"
    )


def test_feeds_without_items_are_dated_by_the_last_change() -> None:
    empty = replace(FEED, items=())

    assert feedparser.parse(rss(empty)).feed.updated == "Fri, 20 Nov 2026 12:00:00 +0000"
    assert feedparser.parse(atom(empty)).feed.updated == "2026-11-20T12:00:00+00:00"


def test_feeds_keep_the_order_they_are_given() -> None:
    items = tuple(replace(ITEM, uid=f"tag:x.example,2026:{number}") for number in (3, 1, 2))

    for write in (rss, atom):
        found = feedparser.parse(write(replace(FEED, items=items)))
        assert [entry.id for entry in found.entries] == [item.uid for item in items]


def test_feeds_take_items_without_text() -> None:
    bare = replace(FEED, items=(replace(ITEM, paragraphs=()),))

    for write in (rss, atom):
        assert len(feedparser.parse(write(bare)).entries) == 1


def test_newest_first_is_the_same_every_time() -> None:
    old = replace(ITEM, uid="tag:a", announced_at=NOON - dt.timedelta(hours=1))
    first, second = replace(ITEM, uid="tag:b"), replace(ITEM, uid="tag:c")

    assert newest_first([old, second, first], 2) == (first, second)
    assert newest_first([first, old, second], 3) == (first, second, old)
