import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import formats

NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
CONTEXT = {
    "now": NOW,
    "today": dt.date(2026, 11, 23),
    "starts": dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC),
    "ends": dt.datetime(2026, 11, 23, 14, 30, tzinfo=dt.UTC),
    "tomorrow": dt.datetime(2026, 11, 24, 16, 0, tzinfo=dt.UTC),
    "summer": dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC),
    "zoned": dt.datetime(2026, 11, 23, 7, 0, tzinfo=ZoneInfo("America/New_York")),
    "wall": dt.datetime(2026, 11, 23, 9, 30),
    "time": dt.time(9, 30),
    "day": dt.date(2026, 12, 1),
    "unsafe": "<b>",
    "none": None,
}


def rendered(source: str) -> str:
    return Template("{% load fristed_dates %}" + source).render(Context(CONTEXT))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ starts|column_time }}", "13.00"),
        ("{{ starts|time_text }}", "13"),
        ("{{ starts|clock }}", "kl. 13"),
        ("{{ time|clock }}", "kl. 9.30"),
        ("{{ wall|clock }}", "kl. 9.30"),
        ("{{ zoned|clock }}", "kl. 13"),
        ("{{ starts|clock_range:ends }}", "kl. 13–15.30"),
        ("{{ starts|clock_range:none }}", "kl. 13"),
        ("{{ starts|column_range:ends }}", "13.00–15.30"),
        ("{{ starts|column_range:none }}", "13.00"),
        ("{{ day|weekday }}", "tirsdag"),
        ("{{ summer|date_text }}", "torsdag den 2. juli 2026"),
        ("{{ day|date_text_short }}", "tirsdag den 1. december"),
        ("{{ day|day_month }}", "den 1. december"),
        ("{{ day|day_month_year }}", "den 1. december 2026"),
        ("{{ today|day_range:day }}", "23. november–1. december"),
        ("{{ today|day_range:none }}", "den 23. november"),
        ("{{ starts|moment_text }}", "mandag den 23. november 2026 kl. 13"),
        ("{{ tomorrow|relative_day:today }}", "i morgen"),
        ("{{ tomorrow|relative_day:now }}", "i morgen"),
        ("{{ tomorrow|relative_moment:now }}", "i morgen kl. 17"),
        ("{{ ends|until_text:now }}", "om 1 time"),
        ("{{ summer|age_text:today }}", "for 4 måneder siden"),
        ("{{ day|week_text }}", "uge 49"),
        ("{{ 2550|kr }}", "25,50 kr."),
    ],
)
def test_filters_write_danish_time(source, text):
    assert rendered(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "column_time", "time_text", "clock", "clock_range:ends", "column_range:ends", "weekday",
        "date_text", "date_text_short", "day_month", "day_month_year", "day_range:day",
        "moment_text", "relative_day:today", "relative_moment:today", "until_text:now",
        "age_text:today", "week_text", "kr",
    ],
)  # fmt: skip
def test_filters_leave_nothing_for_nothing(source):
    assert rendered("{{ none|" + source + " }}") == ""


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{% time_tag starts %}", '<time datetime="2026-11-23T13:00+01:00">13.00</time>'),
        ("{% time_tag starts 'clock' %}", '<time datetime="2026-11-23T13:00+01:00">kl. 13</time>'),
        (
            "{% time_tag summer 'moment' %}",
            '<time datetime="2026-07-02T00:30+02:00">torsdag den 2. juli 2026 kl. 0.30</time>',
        ),
        (
            "{% time_tag day %}",
            '<time datetime="2026-12-01">tirsdag den 1. december 2026</time>',
        ),
        (
            "{% time_tag day 'day_month' %}",
            '<time datetime="2026-12-01">den 1. december</time>',
        ),
        ("{% time_tag time %}", '<time datetime="09:30">9.30</time>'),
        (
            "{% time_tag starts text=unsafe %}",
            '<time datetime="2026-11-23T13:00+01:00">&lt;b&gt;</time>',
        ),
        ("{% time_tag none %}", ""),
    ],
)
def test_time_tag_carries_the_moment_for_machines(source, html):
    assert rendered(source) == html


def test_djangos_own_formats_are_danish():
    moment = dt.datetime(2026, 3, 3, 13, 5)

    assert formats.date_format(moment, "DATETIME_FORMAT") == "3. marts 2026 kl. 13.05"
    assert formats.date_format(moment, "SHORT_DATE_FORMAT") == "3.3.2026"
    assert formats.time_format(moment.time()) == "13.05"
    assert formats.number_format(1234.5, 2, force_grouping=True) == "1.234,50"
