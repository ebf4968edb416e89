"""Which content security policy an answer gets. The public site's is strict.

Wagtail's admin carries inline scripts and styles of its own and gets a wider one. The programme
for other people's pages may stand in a frame anywhere, and nothing else may; a shared device's
pages stand in no frame at all.
"""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

ADMIN_PREFIX = "/admin/"
EMBED_PREFIX = "/embed/"
DEVICE_PREFIX = "/enhed/"

PUBLIC = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        # Wagtail shows its preview in a frame of our own site.
        "frame-ancestors": [SELF],
    }
}

ADMIN = {
    "DIRECTIVES": {
        **PUBLIC["DIRECTIVES"],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "base-uri": [SELF],
    }
}

EMBED = {
    "DIRECTIVES": {
        **PUBLIC["DIRECTIVES"],
        "script-src": [NONE],
        "connect-src": [NONE],
        "form-action": [NONE],
        "frame-ancestors": ["*"],
    }
}

DEVICE = {"DIRECTIVES": {**PUBLIC["DIRECTIVES"], "frame-ancestors": [NONE]}}


def for_path(path: str) -> dict[str, Any]:
    """Return the policy of what is found at a path."""
    if path.startswith(ADMIN_PREFIX):
        return ADMIN
    if path.startswith(DEVICE_PREFIX):
        return DEVICE
    return EMBED if path.startswith(EMBED_PREFIX) else PUBLIC


# What a page may ask of the browser: nothing at all.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)
