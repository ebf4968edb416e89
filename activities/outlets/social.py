"""Words for social media and for links that are passed on: within limits, true, nobody named.

There are no hashtags: a word such as #hjemløs would follow whoever shares it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from activities import activity_facts
from activities.activity_facts import At
from activities.addresses import absolute
from activities.cards import Card, drawing, price_text, public_path
from activities.domain.ical_text import plain_text
from activities.domain.stop import without_stopped
from activities.outlets.share_picture import FORMATS, Words, colours_of
from activities.taxonomy import ActivityKind
from activities.wording import schedule_text
from core.domain.dates import local_time
from core.domain.text import shorten
from core.models import SiteSettings
from core.wording import clock_range, date_text, sentence
from directory.drawings import DEFAULT, DRAWINGS, drawing_of

if TYPE_CHECKING:
    from directory.models import VenuePage

SHORT, LONG = 280, 2000  # the shortest limit in use, and what people still read
WIDE, SQUARE = "bred", "kvadrat"
DOOR = "hero_door"  # a door in our door
FACEBOOK = "https://www.facebook.com/sharer/sharer.php"


def share_text(at: At, coming: Card | None) -> str:
    """`Suppe og snak på Perlen, torsdag den 26. november kl. 11–13.30`."""
    words = {"title": at.activity.title, "venue": at.home.title if at.home else ""}
    text = gettext("%(title)s at %(venue)s") % words if at.home else at.activity.title
    return text if coming is None else f"{text}, {date_and_time(coming)}"


def date_and_time(card: Card) -> str:
    """`torsdag den 26. november kl. 11–13.30`."""
    hours = clock_range(local_time(card.starts).time(), local_time(card.ends).time())
    return f"{date_text(card.day, year=False)} {hours}"


def activity_url(at: At) -> str:
    """Return the absolute address of the activity's page."""
    return absolute(public_path(at.activity.url_path, at.root))


def short_text(at: At, coming: Card | None) -> str:
    """Return at most 280 characters that end with the link; what does not fit is left out."""
    url = activity_url(at)
    place = activity_facts.place(at).get("strong", "")
    told = [place if place != sentence(at.home.title if at.home else "") else ""]
    told += [sentence(price_text(at.activity)), sentence(at.activity.summary)]
    return _within(SHORT, sentence(share_text(at, coming)), told, url)


def long_text(at: At, coming: Card | None) -> str:
    """Return at most 2,000 characters: what, when, where, price, how to join, and the link."""
    activity = at.activity
    when = [sentence(date_and_time(coming))] if coming else []
    if activity.kind == ActivityKind.FIXED:
        when.append(activity_facts.when(at, activity_facts.called_off(at))["strong"])
    facts = [
        (gettext("When"), " ".join(when)),
        (gettext("Where"), _words(activity_facts.place(at))),
        (gettext("Price"), _words(activity_facts.price(at))),
        (gettext("How to come along"), _words(activity_facts.join(at, None))),
    ]
    lines = "\n".join(f"{label}: {text}" for label, text in facts if text)
    url = activity_url(at)
    body = plain_text(activity.body)
    room = LONG - len(f"{activity.title}\n\n{activity.summary}\n\n\n\n{lines}\n\n{url}")
    if len(body) > room:
        body = shorten(body, room) if room > 40 else ""
    return "\n\n".join(filter(None, (activity.title, activity.summary, body, lines, url)))


def cancelled_text(at: At, card: Card) -> str:
    """Return what to write when `card`'s date is cancelled: 280 characters with the link."""
    told = card.change.text if card.change else ""
    words = {"what": share_text(at, None), "text": told}
    return _within(SHORT, gettext("Cancelled: %(what)s, %(text)s") % words, [], activity_url(at))


def _within(limit: int, head: str, more: Iterable[str], url: str) -> str:
    room = limit - len(url) - 1
    text = shorten(head, room)
    for part in more:
        if part and len(f"{text} {part}") <= room:
            text = f"{text} {part}"
    return f"{text}\n{url}"


def _words(fact: dict[str, str]) -> str:
    return " ".join(filter(None, (fact.get(name, "") for name in ("strong", "text", "phone"))))


def activity_words(at: At, coming: Card | None, site: SiteSettings) -> Words:
    """Return what the activity's picture says. A fixed one tells its plan, not a date."""
    activity = at.activity
    rules = [schedule.rule() for schedule in activity.schedules.all()]
    stops = [row.stop() for row in activity.stops.all()] if activity.pk else []
    plan = schedule_text(without_stopped(rules, stops), today=at.today)
    fixed = activity.kind == ActivityKind.FIXED
    when = date_and_time(coming) if coming and not fixed else plan
    name = drawing(activity)
    return Words(
        title=activity.title,
        place=at.home.title if at.home else "",
        when=capfirst(when),
        price=price_text(activity),
        sender=_sender(site),
        illustration=name if name in dict(DRAWINGS) else DEFAULT,
        colours=colours_of(site),
    )


def venue_words(venue: "VenuePage", site: SiteSettings) -> Words:
    """Return what the picture of a venue says."""
    return Words(
        title=venue.title,
        place=str(venue.get_venue_type_display()),
        when=venue.summary,
        price="",
        sender=_sender(site),
        illustration=drawing_of(venue.illustration, venue.venue_type),
        colours=colours_of(site),
    )


def _sender(site: SiteSettings) -> str:
    return " · ".join(filter(None, (site.site_name, site.municipality)))


def alt_text(words: Words) -> str:
    """Return the picture in words, for people who do not see it."""
    told = ", ".join(filter(None, (words.title, words.place, words.when, words.price)))
    if words.illustration == DOOR:
        text = gettext("A drawing of an open door. It says: %(words)s")
        return sentence(text % {"words": told})
    inside = str(dict(DRAWINGS)[words.illustration]).lower()
    text = gettext("A drawing of an open door, and in it: %(inside)s. It says: %(words)s")
    return sentence(text % {"inside": inside, "words": told})


def picture_url(uid: object, words: Words, form: str) -> str:
    """Return the path of a picture. Another picture has another path."""
    return reverse("share_picture", kwargs={"uid": uid, "form": form, "key": words.key})


def activity_preview(at: At, coming: Card | None, site: SiteSettings) -> dict[str, str]:
    """Return the inputs of `components/share_head.html` for an activity's page."""
    activity = at.activity
    words = activity_words(at, coming, site)
    text = activity.search_description or activity.summary
    return _preview(activity.uid, words, share_text(at, None), text, activity_url(at))


def venue_preview(venue: "VenuePage", root: str, site: SiteSettings) -> dict[str, str]:
    """Return the same for a venue's page."""
    text = venue.search_description or venue.summary
    url = absolute(public_path(venue.url_path, root))
    return _preview(venue.uid, venue_words(venue, site), venue.title, text, url)


def _preview(uid: object, words: Words, title: str, text: str, url: str) -> dict[str, str]:
    wide, high = FORMATS[WIDE].size
    return {
        "title": title,
        "text": text,
        "url": url,
        "image": absolute(picture_url(uid, words, WIDE)),
        "alt": alt_text(words),
        "width": str(wide),
        "height": str(high),
    }


def share_links(title: str, text: str, url: str) -> list[dict[str, str]]:
    """Return ways to pass a link on by hand; the last leaves this site, and says so."""
    body = quote(f"{text}\n{url}")
    return [
        {"label": gettext("Send as mail"), "url": f"mailto:?subject={quote(title)}&body={body}"},
        {"label": gettext("Send as a text message"), "url": f"sms:?&body={body}"},
        {
            "label": gettext("Share on Facebook"),
            "url": f"{FACEBOOK}?{urlencode({'u': url})}",
            "note": gettext("Opens another website: Facebook"),
        },
    ]
