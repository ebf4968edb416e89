"""What every installation shares. Variables are read through config.env, once each."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import env

ROOT = Path(__file__).resolve().parents[3]
SITE_DIR = ROOT / "site"
VAR = Path(env.text("FRISTED_VAR", str(ROOT / "var")))

DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
BASE_URL = env.text("BASE_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}")

# From the upper layer to the lower: an app imports only from those below it.
INSTALLED_APPS = [
    "pages",
    "initiatives",
    "newsletter",
    "staff",
    "activities",
    "accounts",
    "directory",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # Wagtail says "4 seconds ago" in its words
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.middleware.HeadersMiddleware",
    "core.middleware.PolicyMiddleware",
    "core.middleware.PublicCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PlainAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "directory.middleware.RightsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_step.SecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context.site_frame",
                "accounts.second_step.second_step",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), var=VAR)}

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "socket_timeout": 0.2,
            "socket_connect_timeout": 0.2,
            "retry": Retry(NoBackoff(), 0),
        },
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "my_venues"
# Signing in: allauth, with our own addresses, forms and pages (accounts). Attempts are counted in
# accounts.actions.login; allauth's own counts know addresses only and would shut libraries out.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  (a class)
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
# Two steps at sign-in. Needed by leaders, the area head, communication editors and administrators
# where this is on; anybody else may choose them.
FRISTED_REQUIRE_2FA = env.flag("FRISTED_REQUIRE_2FA", default=False)
MFA_ADAPTER = "accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Fristed"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "accounts.second_step.AuthenticateForm",
    "reauthenticate": "accounts.second_step.ReauthenticateForm",
    "activate_totp": "accounts.second_step.ActivateForm",
}
# Signing in through the municipality's own system, where an issuer is named (OpenID Connect).
OIDC_NAME = env.text("OIDC_NAME", "kommunens login")
OIDC_ISSUER = env.text("OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
OIDC_TRUST_EMAIL = env.flag("OIDC_TRUST_EMAIL", default=False)
OIDC_TWO_STEPS = env.flag("OIDC_TWO_STEPS", default=False)
SOCIALACCOUNT_ADAPTER = "accounts.oidc.OidcAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "kommune",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
KNOWN_BROWSER_COOKIE = "kendt"  # of browsers in which somebody has signed in
# Keys that were SECRET_KEY before: what they signed and sealed still holds.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish"))]
LOCALE_PATHS = [SITE_DIR / "locale", SITE_DIR / "locale_wagtail"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Security headers. The content policies of public pages and admin stand in core.policy.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Without a relay mail is kept in a table and read in the admin, at /admin/udbakke/.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "core.outbox.OutboxBackend"
)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "post@eksempelby.example")
EMAIL_TIMEOUT = 10

# Celery. Without Redis the queue is a folder: the rows in our tables are the record, a
# message only wakes the worker up.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
QUEUE = VAR / "queue"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 120,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE / "messages"),
        "data_folder_out": str(QUEUE / "messages"),
        "control_folder": str(QUEUE / "control"),
        "processed_folder": str(QUEUE / "processed"),
        "store_processed": True,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_query": {"()": "core.logs.WithoutQuery"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_query"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}

WAGTAIL_SITE_NAME = "Fristed"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("da", "Dansk")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]
# Only newsletters go round to a colleague (ADR 19), and come out when they are sent, not before.
# What date pickers write; config.formats lets every language read it.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H.%M"
WAGTAIL_TIME_FORMAT = "%H.%M"

WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "newsletter.approval.keep_as_draft"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 20_000
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Passwords are chosen at /konto/, by their owners and nobody else.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# The admin asks nobody else's server for anything (stock Wagtail asks two).
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "core.FristedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.picture_forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "simple",
    }
}
TAGGIT_CASE_INSENSITIVE = True
X_FRAME_OPTIONS = "SAMEORIGIN"

# Fristed's own terms, in days unless said.
FRISTED_HORIZON_MONTHS = 18
FRISTED_VENUE_VERIFY_DAYS = 90
FRISTED_ACTIVITY_VERIFY_DAYS = 60
FRISTED_INVITATION_REMIND_DAYS = 7
# How long a venue has to answer whether all is still right before it is asked again.
FRISTED_ASK_DAYS = 14
# A shared tablet at a venue (ADR 27): its cookie, how many minutes it stays unlocked without use
# and a code to let it in holds, and after how many wrong PINs a leader must give it a new one.
FRISTED_DEVICE_COOKIE = "enhed"
FRISTED_DEVICE_UNLOCK_MINUTES = env.number("FRISTED_DEVICE_UNLOCK_MINUTES", 15)
FRISTED_DEVICE_CODE_MINUTES = env.number("FRISTED_DEVICE_CODE_MINUTES", 15)
FRISTED_DEVICE_WRONG_PINS = env.number("FRISTED_DEVICE_WRONG_PINS", 10)
# How long a confirmation holds that Det Sociale Kompas says what we say.
FRISTED_KOMPAS_DAYS = 180
# How long what leaders say of an initiative counts as fresh: half a year and a little more.
FRISTED_PROGRESS_FRESH_DAYS = 190
# When leaders who miss an answer are reminded: days before a round's deadline, or after it if
# negative. Three reminders go out at most.
FRISTED_ROUND_REMINDER_DAYS = (14, 3, -2)
# Fewer people than this are never told of by a number.
FRISTED_SMALL_CELL = 5
# Outgoing: ports that calendars may be fetched from besides 80 and 443.
FETCH_EXTRA_PORTS = [int(port) for port in env.words("FETCH_EXTRA_PORTS")]
FRISTED_EVENT_FEED_MONTHS = 6
# Name and address of the terms on which others may use our open data.
FRISTED_DATA_LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.da")

# Newsletters: how they leave. smtp speaks to EMAIL_HOST; service hands over to an HTTP mail
# service through the backend of django-anymail named here; outbox keeps them to be looked at.
NEWSLETTER_SERVICE = env.text("NEWSLETTER_SERVICE")
NEWSLETTER_RELAY = env.text("NEWSLETTER_RELAY") or (
    "service" if NEWSLETTER_SERVICE else "smtp" if EMAIL_HOST else "outbox"
)
NEWSLETTER_LINES = env.number("NEWSLETTER_LINES", 2)
NEWSLETTER_PER_MINUTE = env.number("NEWSLETTER_PER_MINUTE", 1200)
NEWSLETTER_DOMAINS_PER_MINUTE = env.numbers("NEWSLETTER_DOMAINS_PER_MINUTE")
NEWSLETTER_ANSWER_SECONDS = env.number("NEWSLETTER_ANSWER_SECONDS", 20)
NEWSLETTER_DOUBT = env.text("NEWSLETTER_DOUBT", "resend")
NEWSLETTER_BOUNCE_ADDRESS = env.text("NEWSLETTER_BOUNCE_ADDRESS")
NEWSLETTER_BOUNCE_MAILBOX = env.text("NEWSLETTER_BOUNCE_MAILBOX")
# Readers: what their hashes are made with; set it to the old SECRET_KEY when that one changes.
NEWSLETTER_HASH_KEY = env.text("NEWSLETTER_HASH_KEY")
# Whether the domain of an address is asked for its mail servers before the first mail.
NEWSLETTER_CHECK_MX = env.flag("NEWSLETTER_CHECK_MX", default=False)
NEWSLETTER_SIGN_UPS_AN_HOUR = env.number("NEWSLETTER_SIGN_UPS_AN_HOUR", 200)
# How many proxies of our own stand in front and tell the visitor's address.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
