"""What a leader writes about an outreach service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityPage
from directory.models import TargetGroup, VenuePage
from initiatives.actions.services import offered_activities
from initiatives.models import LeadersMeeting, OutreachService
from initiatives.taxonomy import ServiceArea, ServiceStatus
from initiatives.tracker_forms import PlainCharField, RowChoiceField, RowsChoiceField, SeenForm


class ServiceForm(SeenForm):
    """Where, what, who, for whom, how far the agreement is, and when it is there."""

    venue = RowChoiceField(
        label=_("Venue"), queryset=VenuePage.objects.none(), empty_label=_("Choose a venue")
    )
    title = PlainCharField(
        label=_("What"), max_length=120, help_text=_("For example: A nurse looks in")
    )
    area = forms.ChoiceField(label=_("About"), choices=ServiceArea.choices)
    provider = PlainCharField(
        label=_("Who provides it"),
        max_length=160,
        help_text=_("A service or an association, not a person's name."),
    )
    description = PlainCharField(
        label=_("In one sentence"),
        required=False,
        max_length=300,
        help_text=_("Shown to the public when it is running."),
    )
    target_groups = RowsChoiceField(
        label=_("For whom"),
        required=False,
        queryset=TargetGroup.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(
        label=_("How far is the agreement?"),
        choices=ServiceStatus.choices,
        help_text=_("“Running” is shown on the venue's page at once."),
    )
    activity = RowChoiceField(
        label=_("In the calendar as"),
        required=False,
        queryset=ActivityPage.objects.none(),
        empty_label=_("Not in the calendar"),
        help_text=_("An activity of the venue. Its dates are then shown beside the service."),
    )
    when_text = PlainCharField(
        label=_("When, in words"),
        required=False,
        max_length=160,
        help_text=_("If it is not in the calendar. For example: every other Tuesday from 10 to 12"),
    )
    coordinated_at = RowChoiceField(
        label=_("Coordinated at the leaders' meeting"),
        required=False,
        queryset=LeadersMeeting.objects.none(),
        empty_label=_("Not yet"),
    )
    contacts_made = forms.IntegerField(
        label=_("Number of contacts"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Only a number, and only if you count. Never shown to the public."),
    )

    def __init__(
        self, *args: Any, venues: Any, service: OutreachService | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = list(venues)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]  # a choice of rows
        self.fields["coordinated_at"].queryset = LeadersMeeting.objects.filter(  # type: ignore[attr-defined]  # a choice of rows
            cancelled_at__isnull=True
        )
        self.fields["activity"].queryset = self._activities(places, service)  # type: ignore[attr-defined]  # a choice of rows
        if service is None and len(places) == 1:
            self.initial.setdefault("venue", places[0].pk)

    def _activities(self, venues: list[VenuePage], service: OutreachService | None) -> Any:
        """Return the venue's activities; those of all one's venues while none is chosen."""
        if service is not None:
            return offered_activities(service.venue_id)
        return ActivityPage.objects.held_by([venue.pk for venue in venues]).order_by("title", "pk")
