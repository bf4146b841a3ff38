"""All settings, read from the environment; safe defaults for the demo on one machine.

Without a SECRET_KEY the project runs as the demo: DEBUG on, this machine only.
With DEBUG off it refuses to start on the demo's defaults.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.media_storage import media_storage
from config.secret_files import read_secret_files
from liveblog.richtext.grammar import STORED, STORED_ATTRIBUTES

read_secret_files()
BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
LOCAL_DIR = env.path("LOCAL_DIR", BASE_DIR / ".local")  # what this machine alone keeps

DEBUG = env.bool("DEBUG", default=not env.str("SECRET_KEY", ""))
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("DEBUG is off: set SECRET_KEY to a long random text.")
    SECRET_KEY = "demo-only-key-for-this-machine-never-for-production"  # noqa: S105 # nosec B105 # the demo's

PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}" if DEBUG else "").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("Set SITE_URL to the site's address, as https://live.example.org.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("DEBUG is off: set ALLOWED_HOSTS to the site's host names.")

# The newsroom. The demo's publisher is invented.
SITE_NAME = env.str("SITE_NAME", "The Meridian" if DEBUG else "")
PUBLISHER_NAME = env.str("PUBLISHER_NAME", SITE_NAME)
if not SITE_NAME:
    raise ImproperlyConfigured("DEBUG is off: set SITE_NAME to the name of the site.")
PUBLISHER_LOGO = env.str("PUBLISHER_LOGO", "")
PUBLISHER_LOGO_SIZE = env.str("PUBLISHER_LOGO_SIZE", "")  # in pixels: 600x60
CORRECTIONS_POLICY_URL = env.str("CORRECTIONS_POLICY_URL", "")
PUBLISH_DELAY = env.int("PUBLISH_DELAY", 0)  # seconds in which a publication can be cancelled
SUMMARY_STALE_AFTER = env.int("SUMMARY_STALE_AFTER", 5)  # updates since "What we know" was checked
SLOT_EVERY = env.int("SLOT_EVERY", 10)  # updates between two `slot.html`; 0: none
QUIET_AFTER_HOURS = env.float("QUIET_AFTER_HOURS", 12)

INSTALLED_APPS = [
    "liveblog.admin.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "axes",
    "ckeditor",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "ninja",  # its static files: the API's page for people
    "servestatic",
    "liveblog",
]
MIDDLEWARE = [
    "liveblog.middleware.origin.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "liveblog.middleware.csp.ContentSecurityPolicyMiddleware",
    "liveblog.middleware.headers.SafetyHeadersMiddleware",
    "liveblog.middleware.static_files.StaticFilesMiddleware",
    "liveblog.middleware.uploads.BoundedUploadMiddleware",
    "liveblog.middleware.language.EditorsLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "liveblog.middleware.session.RollingSessionMiddleware",
    "liveblog.middleware.outage.DatabaseAwayMiddleware",
    "axes.middleware.AxesMiddleware",
]
# The server gives each kind of request those of them that it needs: see config/wsgi.py.
STATIC_MIDDLEWARE = "liveblog.middleware.static_files.StaticFilesMiddleware"
EDITORS_MIDDLEWARE = {
    "liveblog.middleware.language.EditorsLanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "liveblog.middleware.session.RollingSessionMiddleware",
    "liveblog.middleware.outage.DatabaseAwayMiddleware",
    "axes.middleware.AxesMiddleware",
}
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*env.list("TEMPLATE_DIRS", []), BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Django's form templates are found through the engine above, so that ours may replace them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite unless DATABASE_URL names a PostgreSQL.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = 0
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # What a restart of the database broke is found before it is used, and made anew at once:
    # the pool's own back-off would leave the newsroom waiting for minutes after a long outage.
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "pool": {
            "min_size": 2,
            "max_size": env.int("DATABASE_POOL", 24),
            "timeout": 5,
            "reconnect_timeout": 1,
        },
        "connect_timeout": 5,
        "options": "-c lock_timeout=5s",
    }
# Seconds that readers are served from memory while the database is away.
GRACE_SECONDS = env.float("GRACE_SECONDS", 300)
# LISTEN needs a connection of its own, past a pooler such as PgBouncer.
DATABASE_DIRECT_URL = env.str("DATABASE_DIRECT_URL", env.str("DATABASE_URL", ""))

LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
LANGUAGES = [("en", "English"), ("es", "Español"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "liveblog" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "media")
STORAGES = {
    "default": media_storage(env),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.storage.HashedStaticFiles"
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {
    "json": "liveblog.interchange.exact_json",
    "jsonl": "liveblog.interchange.exact_jsonl",
}
PICTURE_MAX_MB = env.int("PICTURE_MAX_MB", 20)  # deploy/nginx.conf has its own limit of 22 MB
# No picture is put on a disk, which may be full, before it was looked at.
FILE_UPLOAD_MAX_MEMORY_SIZE = PICTURE_MAX_MB * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 2**20  # a pasted document may have 5 MB

# Sign-in: throttled. A session ends after 12 hours without work, and after a week in any case.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "liveblog.accounts.NewsroomBackend",
]
PASSWORD_HASHERS = [
    "liveblog.passwords.NewsroomPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of accounts from elsewhere
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "liveblog.passwords.GuessablePasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # how long a one-time link to set a password is good
LOGIN_URL = "admin:login"
SESSION_ENGINE = "liveblog.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_LIFETIME = env.int("SESSION_DAYS", 7) * 24 * 3600
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = "/admin/"
MESSAGE_STORAGE = "liveblog.admin.message_storage.AdminMessages"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
SIGN_IN_LIMITS = [AXES_FAILURE_LIMIT, 30, 100]  # of these three; behind one address work many
AXES_CLIENT_IP_CALLABLE = "liveblog.throttle.network_of"
AXES_HANDLER = "liveblog.throttle.SignInThrottle"
AXES_LOCKOUT_CALLABLE = "liveblog.throttle.refuse"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has the sign-ins
AXES_VERBOSE = False
# Roles that sign in with a code of an app beside their password.
REQUIRE_SECOND_FACTOR = env.list("REQUIRE_SECOND_FACTOR", [] if DEBUG else ["Chief editor"])
OTP_TOTP_ISSUER = SITE_NAME

# Whoever serves readers over https is strict about it.
_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
# Which proxies may say for whom they ask, and by which scheme: uvicorn reads this by itself, and
# puts both into the request. Django believes no header of a request.
TRUSTED_PROXIES = env.list("FORWARDED_ALLOW_IPS", ["127.0.0.1"])
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])

# Django 6's setting for readers' pages, and its like for editors' (see middleware/csp.py).
# Players of videos: a reader's click loads one in a frame, from these addresses alone.
PLAYERS = {
    "youtube": "https://www.youtube-nocookie.com/embed/",
    "vimeo": "https://player.vimeo.com/video/",
}
_csp_extra = env.list("CSP_EXTRA_SOURCES", [])
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", *_csp_extra],
    "style-src": ["'self'", *_csp_extra],
    "img-src": ["'self'", "data:", *_csp_extra],
    "font-src": ["'self'", *_csp_extra],
    "connect-src": ["'self'", *_csp_extra],
    "frame-src": [*PLAYERS.values(), *_csp_extra],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CSP_EDITORS = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    # CKEditor 4 writes its buttons' handlers as attributes, numbered anew on each page, so that
    # no hash can name them. Scripts themselves come from this site's files alone.
    "script-src-attr": ["'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}

# Static files and pictures, opened as pages of their own.
SECURE_CSP_FILES = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],  # the browser's own, round a picture
    "frame-ancestors": ["'none'"],
}
# What pages may ask of a browser: full screen for the players, and nothing that watches people.
_players = [f'"https://{url.split("/")[2]}"' for url in PLAYERS.values()]
_nobody = ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope"]
_nobody += ["magnetometer", "microphone", "midi", "payment", "usb"]
PERMISSIONS_POLICY = {**dict.fromkeys(_nobody, ()), "fullscreen": ("self", *_players)}

# Of what is rendered from memory, the share that is rendered again and compared: a difference
# is logged, since something then changed without a revision. 1: all, as the tests do.
CHECK_RENDERED = env.float("CHECK_RENDERED", 0)

# The API, and telling other systems of changes.
API_RATE = env.int("API_RATE", 600)  # requests of one token in a minute
WEBHOOKS_ALLOW_PRIVATE = env.bool("WEBHOOKS_ALLOW_PRIVATE", default=False)  # for tests
WEBSUB_HUB = env.str("WEBSUB_HUB", "")  # the address of a hub; empty: no WebSub
INDEXNOW_KEY = env.str("INDEXNOW_KEY", "")  # 8 to 128 letters and digits; empty: no IndexNow
INDEXNOW_URL = env.str("INDEXNOW_URL", "https://api.indexnow.org/indexnow")
# A GRIP proxy (Pushpin) in front holds readers' streams: where it takes publications, and the key
# with which it signs its requests.
GRIP_URL = env.str("GRIP_URL", "")
GRIP_KEY = env.str("GRIP_KEY", "")
# Mail goes to people whose webhook was paused; without EMAIL_HOST none is sent.
EMAIL_HOST, EMAIL_PORT = env.str("EMAIL_HOST", ""), env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "liveblog@localhost")

AUDIT_DAYS = env.int("AUDIT_DAYS", 400)  # how long `prune_audit_trail` keeps the audit trail

# `/metrics` is for whoever shows this text; without one, for this machine alone.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4.22.1 is its last free release and no longer supported. What reaches a
    # page or the database goes through liveblog.richtext, so the editor is not trusted.
    "ckeditor.W001",
    # The site's other hosts are its owner's to decide on (HSTS for subdomains, preload lists).
    "security.W005",
    "security.W021",
    # The proxy in front, which holds the certificate, redirects; health checks speak plain http.
    "security.W008",
]
_plain_tags = " ".join(sorted(STORED - STORED_ATTRIBUTES.keys()))
CKEDITOR_CONFIGS = {
    "default": {
        "plugins": ",".join(
            [
                *("autolink", "basicstyles", "blockquote", "clipboard", "divarea", "enterkey"),
                *("entities", "floatingspace", "indentlist", "link", "list", "pastetext", "tab"),
                *("toolbar", "undo"),
            ]
        ),
        "toolbar": [
            ["Bold", "Italic", "Superscript", "Subscript", "Link"],
            ["BulletedList", "NumberedList", "Blockquote", "Picture"],
            ["Undo", "Redo"],
        ],
        # b, i and their like become strong and em.
        "allowedContent": f"{_plain_tags}; a[!href]; img[!data-picture,src,alt]",
        "pasteFilter": f"{_plain_tags}; a[!href]",
        "disableNativeSpellChecker": False,
        "entities": False,
        "fillEmptyBlocks": False,
        "linkDefaultProtocol": "https://",
        "defaultLanguage": "en",
        "width": "auto",
        "height": "auto",
        "toolbarCanCollapse": False,
    }
}

# One line an event: JSON for machines, or plain for people.
LOG_FORMAT = env.str("LOG_FORMAT", "line" if DEBUG else "json")
_formatters = {"line": "config.logs.Line", "json": "config.logs.JsonLine"}
if LOG_FORMAT not in _formatters:
    raise ImproperlyConfigured(f"LOG_FORMAT is json or line, and not {LOG_FORMAT}.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": _formatters[LOG_FORMAT]}},
    "filters": {
        "request_id": {"()": "config.logs.RequestId"},
        "one_line_refusals": {"()": "config.logs.OneLineRefusals"},
        "no_one_time_links": {"()": "config.logs.NoOneTimeLinks"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "one_line_refusals", "no_one_time_links"],
        },
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},
        # Their own handlers would say everything a second time, and in another form.
        "django": {"handlers": [], "level": "INFO"},
        "uvicorn": {"handlers": [], "propagate": True},
        # Named, since a logger below a configured one loses the level that uvicorn gave it.
        "uvicorn.error": {"level": "WARNING"},
        # It would name readers' addresses.
        "uvicorn.access": {"handlers": [], "propagate": False},
    },
}
