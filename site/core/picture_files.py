"""What a camera writes into a picture beside the picture: where, when, with what. It goes.

A telephone writes its position into every picture. Copies keep what the original says, so a
picture from a place whose address is secret would tell everybody where it lies.
"""

import io
from typing import Any

from PIL import ExifTags, Image

TRACES = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Comment", "Description")
WAYS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": "keep"},
    "MPO": {"quality": 92},  # several pictures in one, as some telephones save them: the first
    "PNG": {},
    "WEBP": {"quality": 92},
}


def without_traces(data: bytes) -> bytes | None:
    """Return a picture (JPEG, PNG or WebP) with nothing but what it shows and which way is up.

    None when there is nothing to take away, or for any other kind of file.
    """
    with Image.open(io.BytesIO(data)) as picture:
        way = WAYS.get(picture.format or "")
        if way is None or not any(name in picture.info for name in TRACES):
            return None
        upright = picture.getexif().get(ExifTags.Base.Orientation)
        for name in TRACES:
            picture.info.pop(name, None)
        kept = Image.Exif()
        if upright is not None:
            kept[ExifTags.Base.Orientation] = upright
        bare = io.BytesIO()
        profile = picture.info.get("icc_profile")
        kind = "JPEG" if picture.format == "MPO" else picture.format
        picture.save(bare, kind, exif=kept.tobytes(), icc_profile=profile, **way)
    return bare.getvalue()
