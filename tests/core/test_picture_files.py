"""What a camera writes into a picture is never stored, and originals are not for the public."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin

from core.models import FristedImage
from core.picture_files import ORIENTATION, bare_picture
from tests.factories.core import make_user

CAMERA, GPS = 0x0110, 0x8825
PLACE = {1: "N", 2: (56.0, 1.0, 33.0), 3: "E", 4: (10.0, 14.0, 17.0)}
ON_ITS_SIDE = 6


def photograph(kind: str = "JPEG", **options: object) -> bytes:
    """A picture as a telephone makes it: on its side, with the place where it stood."""
    exif = Image.Exif()
    exif[CAMERA], exif[ORIENTATION] = "Telefon 9", ON_ITS_SIDE
    exif.get_ifd(GPS).update(PLACE)
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, kind, exif=exif, **options)
    return kept.getvalue()


def notes(data: bytes) -> dict[int, object]:
    with Image.open(io.BytesIO(data)) as picture:
        return dict(picture.getexif())


def bare(data: bytes, name: str = "haven.jpg") -> bytes:
    return bare_picture(ContentFile(data, name=name)).read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_which_way_is_up_is_left(kind):
    data = photograph(kind)

    assert set(notes(data)) == {CAMERA, ORIENTATION, GPS}
    assert notes(bare(data)) == {ORIENTATION: ON_ITS_SIDE}


def test_notes_that_cannot_be_read_go_too():
    kept = io.BytesIO()
    Image.new("RGB", (4, 3)).save(kept, "JPEG", exif=b"Exif\x00\x00Mette Holm was here")

    assert b"Mette Holm" in kept.getvalue()
    assert b"Mette Holm" not in bare(kept.getvalue())


def test_words_beside_the_picture_go_too():
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Mette Holm")
    png, jpeg = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (4, 3)).save(png, "PNG", pnginfo=said)
    Image.new("RGB", (4, 3)).save(jpeg, "JPEG", comment=b"Mette Holm", xmp=b"<x>Mette Holm</x>")

    for data in (png.getvalue(), jpeg.getvalue()):
        assert b"Mette Holm" in data
        assert b"Mette Holm" not in bare(data)


def test_picture_looks_the_same_afterwards():
    kept = io.BytesIO()
    colours = Image.linear_gradient("L").convert("RGB")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    colours.save(kept, "JPEG", quality=80, comment=b"x", icc_profile=profile)

    with Image.open(io.BytesIO(bare(kept.getvalue()))) as after:
        furthest = max(
            abs(one - other)
            for one, other in zip(after.tobytes(), Image.open(kept).tobytes(), strict=True)
        )

    assert (after.size, after.info["icc_profile"]) == ((256, 256), profile)
    assert furthest <= 2


def test_picture_without_notes_is_left_alone():
    kept = io.BytesIO()
    Image.new("RGB", (4, 3)).save(kept, "PNG")
    plain = ContentFile(kept.getvalue(), name="plan.png")

    assert bare_picture(plain) is plain
    assert bare(bare(photograph())) == bare(photograph())


def test_what_is_no_picture_is_for_the_form_to_refuse():
    assert bare(b"not a picture") == b"not a picture"


# Wagtail leaves the file of a picture open when it makes a size of it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_picture_sent_in_the_admin_is_stored_without_its_place(home, client: Client):
    client.force_login(make_user("admin@eksempelby.example", admin=True))
    sent = ContentFile(photograph(), name="haven.jpg")

    client.post(reverse("wagtailimages:add"), {"title": "Haven", "file": sent, "collection": "1"})

    image = FristedImage.objects.get()
    stored = image.file.read()
    image.file.close()
    assert notes(stored) == {ORIENTATION: ON_ITS_SIDE}
    assert image.file_size == len(stored)
    with image.get_rendition("max-20x20").file as copy:
        assert GPS not in notes(copy.read())


def test_picture_made_by_a_program_is_stored_without_its_place(db):
    image = FristedImage.objects.create(
        title="Haven", file=ImageFile(io.BytesIO(photograph()), name="haven.jpg")
    )

    with FristedImage.objects.get(pk=image.pk).file as file:
        assert notes(file.read()) == {ORIENTATION: ON_ITS_SIDE}


def answers(client: Client, paths: list[str]) -> list[int]:
    found = []
    for path in paths:
        answer = client.get(f"/media/{path}")
        answer.getvalue()  # reads the file to its end, which closes it
        found.append(answer.status_code)
    return found


def test_public_gets_copies_and_editors_the_picture_itself(home, client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "fil.png").write_bytes(b"x")
    paths = ["images/fil.png", "original_images/fil.png", "documents/fil.png"]
    paths.append("images/../documents/fil.png")

    anybody = answers(client, paths)
    client.force_login(make_user("admin@eksempelby.example", admin=True))
    editor = answers(client, paths)

    assert anybody == [200, 404, 404, 404]
    assert editor == [200, 200, 404, 404]
