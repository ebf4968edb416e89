"""The finder: in a citizen's words on the public site, and with more to go by inside.

A chosen handful of venues has a short address of its own, made of their numbers alone: it can be
printed, or sent, and says nothing about who it is for.
"""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.addresses import absolute
from activities.cards import public_path, site_root
from activities.finding import Answer, find
from core.domain.dates import local_time
from core.models import SiteSettings
from core.page_cache import changes_at
from directory.choices import left_out_text
from directory.finder import read_question
from directory.finder_form import form_groups, question_text
from directory.models import District, VenuePage
from directory.profile import venue_profile

MOST_ON_A_LIST = 12


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Ask what somebody needs, and answer with the places that fit."""
    context, answer = finder_context(request)
    changes_at(request, answer.next_change)
    return render(request, "activities/finder.html", context)


def finder_context(request: HttpRequest) -> tuple[dict[str, Any], Answer]:
    """Return what the finder's pages show, public and internal."""
    now = timezone.now()
    districts = dict(District.objects.values_list("slug", "name"))
    question = read_question(request.GET, districts, now)
    answer = find(question, now=now)
    return {
        "groups": form_groups(question, districts, now),
        "question": question,
        "question_text": question_text(question, districts, now),
        "found": answer.found if question.asked else (),
        "problem": left_out_text(question.unknown),
    }, answer


@require_safe
def place_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show a few chosen places with all one needs to go there; made to be printed."""
    now = timezone.now()
    venues = chosen_venues(code, now)
    root, site = site_root(), SiteSettings.for_request(request)
    places = []
    for venue in venues:
        profile = venue_profile(venue, now, site)
        changes_at(request, profile.next_change)
        url = public_path(venue.url_path, root)
        places.append({"venue": venue, "url": url, "profile": profile})
    own = list_code([venue.pk for venue in venues])
    context = {"places": places, "address": absolute(reverse("place_list", args=[own]))}
    return render(request, "activities/place_list.html", context)


def chosen_venues(code: str, now: dt.datetime) -> list[VenuePage]:
    """Return the public venues that a code such as `3-12` names, in its order; 404 if none."""
    numbers = [int(part) for part in code.split("-")][:MOST_ON_A_LIST]
    today = local_time(now).date()
    rows = VenuePage.objects.public().standing(today).filter(pk__in=numbers).with_profile()
    by_number = {venue.pk: venue for venue in rows}
    venues = [by_number[number] for number in dict.fromkeys(numbers) if number in by_number]
    if not venues:
        raise Http404
    return venues


def list_code(numbers: list[int]) -> str:
    """Return the code of a list of venues."""
    return "-".join(str(number) for number in numbers[:MOST_ON_A_LIST])
