"""Settings, read from the environment; without any, everything runs privately under VAR_DIR."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from config.secrets_file import NAMES, load_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Where the environment gives all three, no file of other, unused ones is made.
_given = [env(name, default="") for name in ("SECRET_KEY", "FIELD_KEY", "TOKEN_KEY")]
_secrets = dict.fromkeys(NAMES, "") if all(_given) else load_secrets(VAR_DIR / "secret.json")
SECRET_KEY = env("SECRET_KEY", default=_secrets["django"])
# Keys of their own, so that changing the session secret never orphans encrypted fields.
FIELD_KEY = env("FIELD_KEY", default=_secrets["field"])
# Keys before it, newest first; what carries them is still read, until `rotate_field_key` is done.
FIELD_KEYS_OLD = env.list("FIELD_KEYS_OLD", default=_secrets.get("field_old", []))
TOKEN_KEY = env("TOKEN_KEY", default=_secrets["token"])

DEBUG = env.bool("DEBUG", default=False)
# Set by `manage.py serve` with the demo: its people are let off the second factor.
DEMO = env.bool("SERVING_DEMO", default=False)
# How letters and text messages leave (accounts.domain.sending); without, what the installation
# stores counts. An administrator can always issue a new link instead.
EMAIL_DECLARED = bool(env("EMAIL_URL", default=""))
EMAIL_CONFIG = env.email("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
SMS_GATEWAY = env("SMS_GATEWAY", default="")
# Tests read what was sent from accounts.domain.sending.text_outbox.
TEXTS_IN_MEMORY = False
# Codes leave while the page is answered; 0 sends first (tests).
SENDING_THREADS = 4
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", default="minhthi@localhost")
SITE_ORIGIN = env("SITE_ORIGIN", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
# Another host name, on which packages of strangers are played (frontend/content_origin.py). Without
# it this machine's other name does where the site is asked for by one of them.
CONTENT_ORIGIN = env("CONTENT_ORIGIN", default="")
LOOPBACK_CONTENT = "127.0.0.1" if env("HOST", default="") == "localhost" else "localhost"
if CONTENT_ORIGIN:
    ALLOWED_HOSTS += [urlsplit(CONTENT_ORIGIN).hostname or ""]
CSRF_FAILURE_VIEW = "frontend.pages.public.errors.page_too_old"
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN] if SITE_ORIGIN else []
# Secure cookies on plain http lock people out: they follow from the declared origin.
_HTTPS = SITE_ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
# nginx turns http into https (deploy/); whether other hosts below ours have https we can't know.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
# Addresses and networks of our own proxies: they alone may say who the client is.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"] if _HTTPS else [])

INSTALLED_APPS = [
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.ServedFilesConfig",
    "accounts",
    "quiz",
    "training",
    "frontend",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "django_htmx",
    "lucide",
]

MIDDLEWARE = [
    "frontend.content_origin.ContentOriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "frontend.middleware.DomainErrorMiddleware",
]
# Register, start, save, submit and receipt go past all of it: config/hot_chain.py.

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frontend.context.site",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.OneCheckBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workplace"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
# nginx serves them where there is one, and need not see anything else of VAR_DIR.
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATIC_BUILD_DIR = VAR_DIR / "static-build"
STATIC_BUILD_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [STATIC_BUILD_DIR]
MEDIA_ROOT = VAR_DIR / "media"
# What the training files of one unit may take together, and whether nginx hands them out.
TRAINING_UNIT_BYTES = env.int("TRAINING_UNIT_GB", default=50) * 2**30
FILES_BY_NGINX = env.bool("FILES_BY_NGINX", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "frontend.storage.StaticStorage"},
}

# How old a page may be that is the same for everyone (frontend.pages.public.keeping).
READING_PAGE_SECONDS = env.float("READING_PAGE_SECONDS", default=2.0)

# Registrations in ten minutes, in each web process, from which on a proof of work is asked for:
# of one address, and of all (quiz.domain.admission). A hall of 500 people stays below the one, a
# million entries an hour on two processes below the other.
ENTRY_ADDRESS_LIMIT = env.int("ENTRY_ADDRESS_LIMIT", default=600)
ENTRY_TOTAL_LIMIT = env.int("ENTRY_TOTAL_LIMIT", default=120_000)
# How long at least someone without script waits under such pressure.
ENTRY_QUEUE_SECONDS = env.float("ENTRY_QUEUE_SECONDS", default=15.0)

# Where a rehearsal finds this installation's web server; "": where the page that asked came in.
REHEARSAL_URL = env("REHEARSAL_URL", default="")

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment")}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "quiz.interfaces.api.errors.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "MinhThi API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "quiz.interfaces.api.entry_schema.add_entry_paths",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ContestStateEnum": "quiz.enums.ContestState",
        "MaterialKindEnum": "training.enums.MaterialKind",
        "ChannelKindEnum": "training.enums.ChannelKind",
        "RoundStateEnum": "quiz.enums.RoundState",
        "ImportStateEnum": "quiz.enums.ImportState",
        "ItemKindEnum": "quiz.enums.ItemKind",
        "ItemStateEnum": "quiz.enums.ItemState",
        "JobStateEnum": "accounts.enums.JobState",
    },
}

# Where the diary's head is written down beside the database, and who gets it by letter each day.
AUDIT_ANCHOR_DIR = env("AUDIT_ANCHOR_DIR", default=str(VAR_DIR / "anchors"))
AUDIT_WITNESSES = env.list("AUDIT_WITNESSES", default=[])

BROKER_DIR = VAR_DIR / "broker"
REDIS_URL = env("REDIS_URL", default="")
# A running job that says nothing for so long is given to another worker.
JOB_SILENCE_SECONDS = env.float("JOB_SILENCE_SECONDS", default=20.0)
# A worker stuck for good is ended, and its job given to another.
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
else:
    for _name in ("queue", "processed", "control"):
        (BROKER_DIR / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "wholefiles://localhost//"  # config/broker.py
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
    # Remote control would be one more folder to poll, and nobody uses it on one machine.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# Who repeats what: each app lists its own tasks here by name; the seconds between two runs.
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "accounts.tasks.sweep_jobs", "schedule": 10.0},
    "settle-mergers": {"task": "accounts.tasks.settle_mergers", "schedule": 3600.0},
    "send-return-messages": {"task": "quiz.tasks.send_return_messages", "schedule": 10.0},
    "tell-appellants": {"task": "quiz.tasks.tell_appellants", "schedule": 60.0},
    "tell-askers": {"task": "training.tasks.tell_askers", "schedule": 60.0},
    "close-overdue-attempts": {
        "task": "quiz.tasks.close_overdue_attempts",
        "schedule": 10.0,
    },
    "sweep-uploads": {"task": "training.tasks.sweep_uploads", "schedule": 3600.0},
    "count-study-days": {"task": "training.tasks.count_study_days", "schedule": 600.0},
    "gather-clauses": {"task": "training.tasks.gather_clauses", "schedule": 3600.0},
    "answer-clock": {"task": "accounts.tasks.answer_clock", "schedule": 10.0},
    "sample-open-rounds": {"task": "quiz.tasks.sample_open_rounds", "schedule": 10.0},
    "make-heads": {"task": "quiz.tasks.make_heads", "schedule": 10.0},
    "analyse-outgrown-tables": {
        "task": "quiz.tasks.analyse_outgrown_tables",
        "schedule": 10.0,
    },
    "retention": {"task": "accounts.tasks.run_retention", "schedule": 86_400.0},
    "chain-audit": {"task": "accounts.tasks.chain_audit", "schedule": 30.0},
    "anchor-audit": {"task": "accounts.tasks.anchor_audit", "schedule": 3600.0},
    "keep-enrolments": {"task": "training.tasks.keep_enrolments", "schedule": 3600.0},
    "remind-learners": {"task": "training.tasks.remind_learners", "schedule": 600.0},
    "mail-anchor": {"task": "accounts.tasks.mail_anchor", "schedule": 86_400.0},
}
# While no worker runs, nudges must not pile up: one that is older than its successor is dropped.
for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["options"] = {"expires": _entry["schedule"]}

# Without DEBUG Django would tell nobody about a failed request but the mail, which would hold all
# that was posted: nothing is mailed, and the log leaves out what people typed (config/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "config.logs.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

from config.database import database_settings  # noqa: E402  (needs VAR_DIR)

DATABASES = {"default": database_settings(env, VAR_DIR)}

from config.sign_in import *  # noqa: E402,F403  (allauth's many names live in their own file)
