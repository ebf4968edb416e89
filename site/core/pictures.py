"""The one door for pictures that the public sees: shown while those in them agree."""

import datetime as dt
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from core.domain.consent import SOON, PictureConsent, consent_on

Picture = TypeVar("Picture")


def shown(image: Picture | None, today: dt.date) -> Picture | None:
    """Return `image` while it may be shown on the local day `today`, and None after that.

    Whoever gets None does as if no picture was chosen: a drawing, or nothing.
    """
    if image is None:
        return None
    ends = image.consent_expires_on  # type: ignore[attr-defined]
    return None if consent_on(today, ends) is PictureConsent.ENDED else image


def lapsing(user: Any, today: dt.date) -> QuerySet[Any]:
    """Return the pictures in use that `user` may change and whose consent ends soon or has ended.

    Soonest first. A picture that stands on no page, draft or newsletter is nobody's worry.
    """
    model = get_image_model()
    policy = policy_registry.get_by_type(model)
    mine = policy.instances_user_has_any_permission_for(user, ["change"])
    ends = mine.filter(consent_expires_on__lte=today + SOON)
    kind = ContentType.objects.get_for_model(model)
    used = ReferenceIndex.objects.filter(
        to_content_type=kind, to_object_id__in=[str(pk) for pk in ends.values_list("pk", flat=True)]
    ).values_list("to_object_id", flat=True)
    return ends.filter(pk__in={int(pk) for pk in used}).order_by("consent_expires_on", "title")


def forget_copies(today: dt.date) -> int:
    """Delete the copies of pictures whose consent has ended on `today`; return how many.

    Their addresses stand in feeds and in mails that were read long ago. The admin makes itself new
    small ones; the public gets none.
    """
    ended = get_image_model().objects.filter(consent_expires_on__lt=today)
    copies = get_image_model().get_rendition_model().objects.filter(image__in=ended)
    count = 0
    for copy in copies.iterator():
        copy.delete()
        count += 1
    return count
