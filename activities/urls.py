"""Addresses of calendars and news feeds. They are promises: people subscribe to them for years."""

from django.urls import URLPattern, path, register_converter

from activities import (
    abonner_views,
    calendar_views,
    embed_views,
    feeds,
    finder_views,
    open_data_views,
    outlet_views,
)
from activities.poster import views as poster_views
from activities.screen import os2display
from activities.screen import views as screen_views


class RecurrenceId:
    """The start that a date was planned for, as RFC 5545 writes it: 20261124T173000."""

    regex = r"[0-9]{8}T[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FilterCode:
    """A filter in short. No code has a g: it ends the address of Google's variant.

    What cannot be a code is let in too, so that it gets an answer in one line.
    """

    regex = r"[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Numbers:
    """A few venues by their numbers: `3-12`."""

    regex = r"[0-9]{1,9}(?:-[0-9]{1,9})*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Numbers, "numbers")
register_converter(RecurrenceId, "start")
register_converter(FilterCode, "code")

urlpatterns: list[URLPattern] = [
    path("kalender.ics", calendar_views.city_calendar, name="calendar"),
    path("kalender/<code:code>g.ics", abonner_views.google_calendar, name="google_calendar"),
    path("kalender/<code:code>.ics", abonner_views.code_calendar, name="code_calendar"),
    path("abonner/", abonner_views.subscribe, name="subscribe"),
    path("find/", finder_views.finder, name="finder"),
    path("find/liste/<numbers:code>/", finder_views.place_list, name="place_list"),
    path("embed/", embed_views.embed, name="embed"),
    path("embed/<slug:venue>/", embed_views.embed_venue, name="embed_venue"),
    path("data/", open_data_views.index, name="open_data"),
    path("data/begivenheder.json", open_data_views.events, name="open_data_events"),
    path("data/steder.json", open_data_views.venues, name="open_data_venues"),
    path("data/openapi.json", open_data_views.openapi, name="open_data_openapi"),
    path("data/kompas.csv", outlet_views.kompas_csv, name="kompas_csv"),
    path("del/<uuid:uid>/<slug:form>-<slug:key>.png", outlet_views.picture, name="share_picture"),
    path("feed.rss", feeds.city_feed, {"form": "rss"}, name="feed_rss"),
    path("feed.atom", feeds.city_feed, {"form": "atom"}, name="feed_atom"),
    path("faelles/kalender.ics", calendar_views.shared_calendar, name="shared_calendar"),
    path("faelles/feed.rss", feeds.shared_feed, {"form": "rss"}, name="shared_feed_rss"),
    path("faelles/feed.atom", feeds.shared_feed, {"form": "atom"}, name="shared_feed_atom"),
    path(
        "faelles/<slug:activity>/kalender.ics",
        calendar_views.activity_calendar,
        name="shared_activity_calendar",
    ),
    path(
        "faelles/<slug:activity>/<start:recurrence_id>.ics",
        calendar_views.date_calendar,
        name="shared_date_calendar",
    ),
    path("program.pdf", poster_views.city_pdf, name="city_poster_pdf"),
    path("program/", poster_views.city_page, name="city_poster"),
    path("steder/<slug:venue>/program.pdf", poster_views.venue_pdf, name="venue_poster_pdf"),
    path("steder/<slug:venue>/program/", poster_views.venue_page, name="venue_poster"),
    path("skaerm/<slug:venue>/", screen_views.screen, name="screen"),
    path("data/os2display/locations.json", os2display.locations, name="os2display_locations"),
    path("data/os2display/resources.json", os2display.resources, name="os2display_resources"),
    path("data/os2display/events.json", os2display.events, name="os2display_events"),
    path("data/os2display/feed.rss", os2display.city_feed, name="os2display_feed"),
    path(
        "data/os2display/<slug:venue>/feed.rss",
        os2display.venue_feed,
        name="os2display_venue_feed",
    ),
    path("steder/<slug:venue>/kalender.ics", calendar_views.venue_calendar, name="venue_calendar"),
    path("steder/<slug:venue>/feed.rss", feeds.venue_feed, {"form": "rss"}, name="venue_feed_rss"),
    path(
        "steder/<slug:venue>/feed.atom", feeds.venue_feed, {"form": "atom"}, name="venue_feed_atom"
    ),
    path(
        "steder/<slug:venue>/<slug:activity>/kalender.ics",
        calendar_views.activity_calendar,
        name="activity_calendar",
    ),
    path(
        "steder/<slug:venue>/<slug:activity>/<start:recurrence_id>.ics",
        calendar_views.date_calendar,
        name="date_calendar",
    ),
]
