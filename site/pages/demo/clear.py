"""Take everything the demo made away, in the order that what refers to what allows."""

from wagtail.models import Page

from activities.models import ActivityHost, ActivityPage, Tombstone
from core.models import User
from directory.models import District, Notice, Organisation, VenueMove, VenuePage
from newsletter.models import Dispatch, Subscriber
from pages.demo.content import read
from pages.demo.tracker_load import clear_tracker


def clear_content() -> None:
    """Delete every page, venue, reader and demo account; word lists and the catalogue stay."""
    clear_tracker()
    Page.objects.filter(depth__gt=1).update(live=False)  # so that nothing is told one by one
    Dispatch.objects.all().delete()
    Subscriber.objects.all().delete()
    VenueMove.objects.all().delete()
    ActivityHost.objects.all().delete()
    for model in (ActivityPage, VenuePage):
        for page in model.objects.order_by("pk"):
            page.delete()
    Tombstone.objects.all().delete()
    Notice.objects.all().delete()
    for home in Page.objects.filter(depth=2):
        home.specific.delete()
    for organisation in Organisation.objects.all():
        organisation.agreements.all().delete()
        organisation.delete()
    District.objects.all().delete()
    demo = [person["email"] for person in read("municipality.toml")["people"]]
    User.objects.filter(email__in=demo).delete()
