"""Strict: stops at start with one clear line when something needed is missing."""

from config import env
from config.settings.base import *  # noqa: F403  (settings modules build on each other)

SECRET_KEY = env.required("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [env.required("ALLOWED_HOSTS")]
BASE_URL = WAGTAILADMIN_BASE_URL = env.required("BASE_URL")
env.required("DATABASE_URL")
env.required("REDIS_URL")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
FRISTED_DEVICE_COOKIE = "__Secure-enhed"  # __Host- would need the path /
KNOWN_BROWSER_COOKIE = "__Host-kendt"

env.required("EMAIL_HOST")
DEFAULT_FROM_EMAIL = env.required("DEFAULT_FROM_EMAIL")
NEWSLETTER_CHECK_MX = env.flag("NEWSLETTER_CHECK_MX", default=True)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1)
FRISTED_REQUIRE_2FA = env.flag("FRISTED_REQUIRE_2FA", default=True)
