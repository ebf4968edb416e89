"""Which content security policy an answer gets. The public site's is strict.

Wagtail's admin carries inline scripts and styles of its own and gets a wider one.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

ADMIN_PREFIX = "/admin/"

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
