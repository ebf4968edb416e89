"""Kommunikation in the admin: where activities are told of, what to copy, and what was done."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from activities.actions.channels import confirm_in_kompas, record_post, withdraw_hand_over
from activities.addresses import absolute
from activities.channel_forms import LinkForm, PostForm
from activities.models import ActivityPage, HandOver
from activities.operating import may_operate as may_operate_activity
from activities.outlets import plan, social
from activities.outlets.kompas import belongs_in_kompas, headings
from activities.outlets.sources import placed
from activities.taxonomy import ActivityKind, Channel
from core.domain.dates import local_day
from core.models import SiteSettings
from core.sheets import csv_bytes
from directory.models import VenuePage
from directory.permissions import Rights, rights_of

LIST, VENUE, ACTIVITY = "channels:index", "channels:venue", "channels:activity"


def may_see(rights: Rights) -> bool:
    """Whether there is anything for the person here: somebody's channels to see or to work."""
    return bool(rights.operates) or rights.sees_everything


def operates(rights: Rights, subject: plan.Subject) -> bool:
    """Whether the person may note what was handed over of this venue or activity."""
    if isinstance(subject, VenuePage):
        return rights.may_operate(subject.pk)
    return may_operate_activity(rights, subject)


def seen_venues(rights: Rights) -> Any:
    """Return the published venues whose plan the person may see."""
    venues = VenuePage.objects.public().standing(timezone.localdate())
    return venues if rights.sees_everything else venues.filter(pk__in=rights.operates)


class ChannelView(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # untyped
    """What the pages of Kommunikation share."""

    header_icon = "globe"
    page_title = gettext_lazy("Communication")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.now = timezone.now()
        self.rights = rights_of(request.user)
        if not may_see(self.rights):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[dict[str, str]]:
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        last = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.above(), last]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = SiteSettings.for_request(self.request)
        context = super().get_context_data(**kwargs)
        return {**context, "kompas": site.kompas_name, "term": plan.term().days}


class OverviewView(ChannelView):
    """All venues one may see, with what is missing at each. With one venue: its plan."""

    template_name = "activities/admin/channels/overview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.venues = list(seen_venues(self.rights))
        if len(self.venues) == 1:
            return redirect(VENUE, self.venues[0].pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = plan.plans(self.venues, self.now)
        return {
            **super().get_context_data(**kwargs),
            "plans": plans,
            "figure": plan.figure(plans),
        }


class VenueView(ChannelView):
    """The plan of one venue: website, calendars, Kompas, and what may be shared."""

    template_name = "activities/admin/channels/venue.html"

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse(LIST), "label": _("Communication")}]

    def get_page_title(self) -> str:
        return str(self.venue.title)

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        self.venue = get_object_or_404(VenuePage, pk=pk)
        if not (self.rights.sees_everything or operates(self.rights, self.venue)):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = plan.plans([self.venue], self.now)[0]
        url = absolute(self.venue.relative_url(None) or "/")
        return {
            **super().get_context_data(**kwargs),
            "plan": found,
            "figure": plan.figure([found]),
            "own_row": next((row for row in found.rows if row.subject == self.venue), None),
            "url": url,
            "calendar": f"{url}kalender.ics",
            "feed": f"{url}feed.rss",
            "may_operate": operates(self.rights, self.venue),
            "link_form": LinkForm(),
            "subject_kind": "venue",
        }


class ActivityView(ChannelView):
    """Where one activity is told of, with all that is needed to tell of it elsewhere."""

    template_name = "activities/admin/channels/activity.html"

    def above(self) -> list[dict[str, str]]:
        items = [{"url": reverse(LIST), "label": _("Communication")}]
        home = self.at.home
        if home:
            items.append({"url": reverse(VENUE, args=[home.pk]), "label": home.title})
        return items

    def get_page_title(self) -> str:
        return str(self.at.activity.title)

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        activity = get_object_or_404(ActivityPage, pk=pk)
        self.may_operate = operates(self.rights, activity)
        if not (self.rights.sees_everything or self.may_operate):
            raise PermissionDenied
        self.at = placed([activity], local_day(self.now))[0]
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        activity = self.at.activity
        public = ActivityPage.objects.public().filter(pk=activity.pk).exists()
        context = {
            **super().get_context_data(**kwargs),
            "activity": activity,
            "venue": self.at.home,
            "is_public": public,
            "may_operate": self.may_operate,
            "subject_kind": "activity",
        }
        if not public:
            return context
        url = social.activity_url(self.at)
        return {
            **context,
            "url": url,
            "calendar": f"{url}kalender.ics",
            "row": plan.row_of(activity, self.now) if self.belongs_in_kompas else None,
            "is_fixed": activity.kind == ActivityKind.FIXED,
            "link_form": LinkForm(),
            "post_form": PostForm(),
            "posts": posts_of(activity),
            "ready": ready(self.at, SiteSettings.for_request(self.request), self.now),
        }

    @property
    def belongs_in_kompas(self) -> bool:
        activity = self.at.activity
        fixed = activity.kind == ActivityKind.FIXED and activity.open_to_public
        return fixed and belongs_in_kompas(self.at.home)


@dataclass(frozen=True, slots=True)
class Ready:
    """Texts and pictures that can be used as they are."""

    short: str
    long: str
    cancelled: str
    alt: str
    wide: str
    square: str
    links: list[dict[str, str]]
    has_dates: bool


def ready(at: Any, site: SiteSettings, now: dt.datetime) -> Ready:
    """Return what there is to share of an activity at `now`."""
    cards = plan.coming_dates(at.activity, now)
    coming = next((card for card in cards if not card.is_cancelled), None)
    lost = cards[0] if cards and cards[0].is_cancelled else None
    words = social.activity_words(at, coming, site)
    uid = at.activity.uid
    return Ready(
        short=social.short_text(at, coming),
        long=social.long_text(at, coming),
        cancelled=social.cancelled_text(at, lost) if lost else "",
        alt=social.alt_text(words),
        wide=social.picture_url(uid, words, social.WIDE),
        square=social.picture_url(uid, words, social.SQUARE),
        links=social.share_links(
            at.activity.title, social.share_text(at, coming), social.activity_url(at)
        ),
        has_dates=coming is not None,
    )


def posts_of(subject: plan.Subject) -> Any:
    """Return what was shared elsewhere than in Kompas, the newest first."""
    return subject.hand_overs.standing().elsewhere().select_related("handed_by")


def csv_file(request: HttpRequest) -> HttpResponse:
    """The cards of one's own venues and their fixed activities, for a sheet."""
    rights = rights_of(request.user)
    if not may_see(rights):
        raise PermissionDenied
    plans = plan.plans(seen_venues(rights), timezone.now())
    rows = [row.card.row for found in plans for row in found.rows]
    response = HttpResponse(csv_bytes(headings(), rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kompas.csv"'
    return response


@require_POST
def confirm(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Note that what stands in Kompas is what we say now."""
    subject = operated_subject(request, kind, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, said_of(form))
        return back(subject)
    now = timezone.now()
    confirm_in_kompas(
        subject,
        plan.card_of(subject, now),
        url=form.cleaned_data["url"],
        by=request.user,
        now=now,
    )
    name = SiteSettings.for_request(request).kompas_name
    told = _("Noted: “%(title)s” is up to date in %(kompas)s.")
    messages.success(request, told % {"title": subject.title, "kompas": name})
    return back(subject)


@require_POST
def post(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Note that a thing was shared somewhere."""
    subject = operated_subject(request, kind, pk)
    form = PostForm(request.POST)
    if not form.is_valid():
        messages.error(request, said_of(form))
        return back(subject)
    now = timezone.now()
    record_post(
        subject,
        plan.card_of(subject, now),
        channel=Channel(form.cleaned_data["channel"]),
        url=form.cleaned_data["url"],
        by=request.user,
        now=now,
    )
    messages.success(request, _("Noted. Thank you for telling of it."))
    return back(subject)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a post is not there, or not any longer."""
    rows = HandOver.objects.select_related("activity", "venue")
    row = get_object_or_404(rows, pk=pk)
    if not operates(rights_of(request.user), row.subject):
        raise PermissionDenied
    withdraw_hand_over(row, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: the post is not there any longer."))
    return back(row.subject)


def said_of(form: LinkForm) -> str:
    """Return what is wrong with a form, on one line."""
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def operated_subject(request: HttpRequest, kind: str, pk: int) -> plan.Subject:
    """Return the public venue or activity that the person may note things for."""
    pages: Any = (VenuePage if kind == "venue" else ActivityPage).objects.public()
    subject: plan.Subject = get_object_or_404(pages, pk=pk)
    if not operates(rights_of(request.user), subject):
        raise PermissionDenied
    return subject


def back(subject: plan.Subject) -> HttpResponse:
    """Return to the page of the thing that was changed."""
    return redirect(VENUE if isinstance(subject, VenuePage) else ACTIVITY, subject.pk)
