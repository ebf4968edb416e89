"""A picture tells what it shows, and never where it was taken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from core.models import FristedImage
from core.picture_files import without_traces
from tests.factories.core import make_user

TURNED = 6
GPS = {ExifTags.GPS.GPSLatitude: (56.0, 2.0, 3.0), ExifTags.GPS.GPSLatitudeRef: "N"}


def taken_by_telephone(kind="JPEG", traces=True):
    """A picture on its side, with the position and the maker of the telephone."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = TURNED
    if traces:
        exif[ExifTags.Base.Make] = "Telefonfabrikken"
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#14514a").save(file, kind, exif=exif.tobytes())
    return file.getvalue()


def told(data):
    with Image.open(io.BytesIO(data)) as picture:
        exif = picture.getexif()
        return dict(exif), dict(exif.get_ifd(ExifTags.IFD.GPSInfo)), picture.size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_which_way_is_up_and_nothing_else(kind):
    data = taken_by_telephone(kind)

    bare = without_traces(data)

    assert told(data)[1] == GPS
    assert told(bare) == ({ExifTags.Base.Orientation: TURNED}, {}, (40, 30))


def test_a_picture_without_traces_is_left_as_it_is():
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")

    assert without_traces(file.getvalue()) is None


def test_an_uploaded_picture_does_not_say_where_it_was_taken(home, client):
    client.force_login(make_user("admin@eksempelby.example", admin=True))
    file = SimpleUploadedFile("stuen.jpg", taken_by_telephone(), content_type="image/jpeg")

    client.post(
        reverse("wagtailimages:add"), {"title": "Stuen", "file": file, "collection": 1, "tags": ""}
    )

    image = FristedImage.objects.get()
    with image.file.open() as original:
        data = original.read()
    assert (told(data)[1], image.file_size) == ({}, len(data))
