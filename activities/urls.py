"""Addresses of calendars and news feeds. They are promises: people subscribe to them for years."""

from django.urls import URLPattern, path, register_converter

from activities import calendar_views, feeds, outlet_views


class RecurrenceId:
    """The start that a date was planned for, as RFC 5545 writes it: 20261124T173000."""

    regex = r"[0-9]{8}T[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RecurrenceId, "start")

urlpatterns: list[URLPattern] = [
    path("kalender.ics", calendar_views.city_calendar, name="calendar"),
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
