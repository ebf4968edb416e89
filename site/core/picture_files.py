"""Pictures without what the camera wrote into them: where it stood, when, whose it was.

A phone notes the place of each photograph. A house with a secret address must not tell it that
way, and a copy keeps what its original holds, so nothing of it is ever stored.
"""

import io
import struct
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import Image
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

HEAD = b"Exif\x00\x00"  # some formats write it before the data, some do not
ORIENTATION = 0x0112  # Exif 2.32: which way is up; the only thing that is needed to show it
# What a picture needs to look the same, in the words of Pillow's `info`.
LOOKS = ("icc_profile", "transparency", "duration", "loop", "background")
TOLD = ("xmp", "XML:com.adobe.xmp", "photoshop", "comment")
SAVED_AS = {"MPO": "JPEG"}  # a telephone's photograph with a second picture in it
QUALITY: dict[str, Any] = {"JPEG": "keep", "MPO": 95, "WEBP": 92}


def bare_picture(content: File) -> File:
    """Return the picture without its notes; the same file when it has none.

    What is no picture is returned as it is: the form says so to whoever sent it.
    """
    content.seek(0)
    try:
        with Image.open(content) as picture:
            picture.load()
            bare = _without_notes(picture) if _has_notes(picture) else None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        bare = None
    content.seek(0)
    return content if bare is None else ContentFile(bare, name=content.name)


def _has_notes(picture: Image.Image) -> bool:
    """Whether a loaded picture tells more than how it is to be shown."""
    exif: bytes = picture.info.get("exif", b"")
    return bool(
        exif.removeprefix(HEAD) != _way_up(picture).removeprefix(HEAD)
        or any(picture.info.get(name) for name in TOLD)
        or getattr(picture, "text", None)
    )


def _way_up(picture: Image.Image) -> bytes:
    """Return Exif data that say which way is up and nothing else; none where it is not said."""
    try:
        up = picture.getexif().get(ORIENTATION)
    except (SyntaxError, ValueError, LookupError, struct.error):  # notes that nobody can read
        up = None
    kept = Image.Exif()
    if up:
        kept[ORIENTATION] = up
    return kept.tobytes() if up else b""


def _without_notes(picture: Image.Image) -> bytes:
    kind = str(picture.format)
    way_up = _way_up(picture)
    picture.info = {name: picture.info[name] for name in LOOKS if name in picture.info}
    options: dict[str, Any] = {"quality": QUALITY[kind]} if kind in QUALITY else {}
    if colours := picture.info.get("icc_profile"):
        options["icc_profile"] = colours
    if getattr(picture, "is_animated", False) and kind not in SAVED_AS:
        options["save_all"] = True
    written = io.BytesIO()
    picture.save(written, SAVED_AS.get(kind, kind), exif=way_up, **options)
    return written.getvalue()


class BarePictureFile(WagtailImageFieldFile):  # type: ignore[misc]  # Wagtail is untyped
    def save(self, name: str, content: File, save: bool = True) -> None:
        super().save(name, bare_picture(content), save)


class BarePictureField(WagtailImageField):  # type: ignore[misc]  # Wagtail is untyped
    """A picture that is stored without its notes, whichever way it comes in."""

    attr_class = BarePictureFile
