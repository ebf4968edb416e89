"""Places and meals with something in all that open data tell, and how to fetch them."""

import datetime as dt
import io
import json
from typing import Any
from uuid import UUID

from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image

from activities.outlets.event_database import PICTURE
from activities.taxonomy import ActivityType
from core.models import FristedImage
from directory.models import Amenity, VenuePage
from directory.taxonomy import Fact, PriceType
from tests.factories.activities import make_activity, make_schedule
from tests.factories.directory import make_district, make_organisation, make_venue

EVENTS, VENUES = "/data/begivenheder.json", "/data/steder.json"


def fetched(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    return json.loads(response.content)


def make_full_venue(**fields: Any) -> VenuePage:
    """A venue with something in every field that other systems ask about."""
    values = {
        "uid": UUID(int=1),
        "summary": "Et hus med varm kaffe",
        "description": "<p>Vi bor ved havnen.</p>",
        "district": fields.get("district") or make_district("Havnen"),
        "organisation": fields.get("organisation") or make_organisation(),
        "email": "perlen@eksempelby.example",
        "phone_note": "Spørg efter Rikke",
        "latitude": 56.0259,
        "longitude": 10.2381,
        "stop": "Havnen, linje 3",
        "step_free": Fact.YES,
        "lift": Fact.NO,
        "languages_spoken": "dansk, engelsk og arabisk",
        "food_price_type": PriceType.FREE,
        "age_min": 18,
        "hours": [(0, "10.00", "16.00"), (4, "20.00", "02.00")],
        "target_groups": ["loneliness"],
    } | fields
    venue = make_venue(**values)
    venue.amenities = [Amenity.objects.get(code="coffee")]
    venue.save()
    return venue


def make_meal(venue: VenuePage, **fields: Any) -> Any:
    values = {
        "uid": UUID(int=7),
        "schedules": [make_schedule(dt.date(2026, 11, 24), until_on=dt.date(2026, 12, 1))],
        "activity_type": ActivityType.MEAL,
        "body": f'<p>Mad &amp; snak. <a linktype="page" id="{venue.pk}">Se stedet</a></p>',
        "room": "Køkkenet",
        "price_type": PriceType.FIXED,
        "price": 2500,
    } | fields
    return make_activity(venue, **values)


def make_photo(*, copied: bool = True, **fields: Any) -> FristedImage:
    """A picture with the copy that the feed uses; Wagtail leaves files open that it makes."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "seagreen").save(file, "JPEG")
    values = {"title": "Bål", "width": 40, "height": 30} | fields
    values.setdefault("file", ImageFile(file, name="baal.jpg"))
    photo = FristedImage.objects.create(**values)
    if copied:
        small = ImageFile(file, name="baal.lille.jpg")
        photo.renditions.create(filter_spec=PICTURE, width=40, height=30, file=small)
    return photo
