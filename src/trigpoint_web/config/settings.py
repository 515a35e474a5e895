# SPDX-License-Identifier: MIT
"""All settings, in one file, from the environment. docs/operations/settings.md says what each is for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# What the service keeps: the database, where it is SQLite, evidence, mail in files. Never inside the web root.
HOME = Path(env.str("TRIGPOINT_HOME", default="var")).resolve()

DEBUG = env.bool("TRIGPOINT_DEBUG", default=False)
IS_SECURE = env.bool("TRIGPOINT_SECURE", default=not DEBUG)  # served over HTTPS; false only for localhost
SECRET_KEY = env.str("TRIGPOINT_SECRET_KEY", default="")
if not SECRET_KEY:
    if IS_SECURE:
        raise ImproperlyConfigured(
            "TRIGPOINT_SECRET_KEY is not set. Give a long random text, such as the output of 'openssl rand -base64 48',"
            " and keep it secret. On a machine of your own, TRIGPOINT_DEBUG=1 does without."
        )
    SECRET_KEY = "only-for-localhost-and-tests"
SECRET_KEY_FALLBACKS = env.list("TRIGPOINT_OLD_SECRET_KEYS", default=[])
ALLOWED_HOSTS = env.list("TRIGPOINT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_ADDRESS = env.str("TRIGPOINT_ADDRESS", default="http://localhost:8000").rstrip("/")  # in mails
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS.startswith("https://") else []

SERVICE_NAME = env.str("TRIGPOINT_SERVICE_NAME", default="Trigpoint")
SERVICE_BANNER = env.str("TRIGPOINT_BANNER", default="") or None
SERVICE_HEADER_LOGO = env.bool("TRIGPOINT_HEADER_LOGO", default=False)  # the identity of the NHS is not ours to give
SERVICE_NAVIGATION = "trigpoint_web.config.navigation.list_links"
SHOW_GALLERY = env.bool("TRIGPOINT_GALLERY", default=DEBUG)
SHOW_DEMO_SIGN_IN = env.bool("TRIGPOINT_DEMO_SIGN_IN", default=False)

INSTALLED_APPS = [
    "trigpoint_web.design_system",
    "trigpoint_web.audit",
    "trigpoint_web.notifications",
    "trigpoint_web.accounts",
    "trigpoint_web.organisations",
    "trigpoint_web.rounds",
    "trigpoint_web.results",
    "trigpoint_web.releases",
    "trigpoint_web.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "trigpoint_web.config.security.SecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "trigpoint_web.config.health.HealthMiddleware",
    "trigpoint_web.config.request_log.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "trigpoint_web.organisations.second_factor.SecondFactorMiddleware",
    "trigpoint_web.config.addresses.AddressMiddleware",
]

ROOT_URLCONF = "trigpoint_web.config.urls"
WSGI_APPLICATION = "trigpoint_web.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "trigpoint_web.design_system.environment.build_environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "trigpoint_web.design_system.chrome.add_chrome",
            ],
        },
    },
    {  # the pages of django-allauth
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trigpoint_web.design_system.chrome.add_chrome",
            ],
        },
    },
]

_DATABASE = env.db("DATABASE_URL", default=f"sqlite:///{HOME / 'trigpoint.sqlite3'}")
_DATABASE["CONN_MAX_AGE"] = 600
_DATABASE["CONN_HEALTH_CHECKS"] = True
if _DATABASE["ENGINE"].endswith("sqlite3"):
    _DATABASE["ENGINE"] = "trigpoint_web.queued_sqlite3"
    _DATABASE["OPTIONS"] = {
        # A transaction that will write takes its place in the queue at once, so it can't fail half way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged is on disk, also when the power goes.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["trigpoint_web.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "trigpoint_web.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; typed text survives the end of it
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "trigpoint_web.design_system.error_pages.csrf_failure"

ACCOUNT_ADAPTER = "trigpoint_web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "trigpoint_web.accounts.adapters.ProviderAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_SECURE else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_FORMS = {"add_webauthn": "trigpoint_web.accounts.passkey_form.PasskeyForm"}
# Of all who see more than one organisation, and those who sign. A provider may see to it itself: then it is taken at
# its word.
REQUIRE_SECOND_FACTOR = env.bool("TRIGPOINT_SECOND_FACTOR", default=not DEBUG)
# Who else needs one: rounds are above organisations, where the others are known.
SECOND_FACTOR_ALSO_FOR = "trigpoint_web.rounds.access.has_role_in_round"
OIDC_HAS_SECOND_FACTOR = env.bool("TRIGPOINT_OIDC_SECOND_FACTOR", default=False)

_OIDC_ADDRESS = env.str("TRIGPOINT_OIDC_ADDRESS", default="").rstrip("/")
# Where signing in through the provider may lead a browser: https://host, each.
OIDC_ORIGINS = env.list(
    "TRIGPOINT_OIDC_ORIGINS", default=["/".join(_OIDC_ADDRESS.split("/")[:3])] if _OIDC_ADDRESS else []
)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if _OIDC_ADDRESS:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("TRIGPOINT_OIDC_NAME", default="your organisation"),
                "client_id": env.str("TRIGPOINT_OIDC_CLIENT"),
                "secret": env.str("TRIGPOINT_OIDC_SECRET"),
                "settings": {"server_url": _OIDC_ADDRESS},
            }
        ],
    }

# Never to the console of a real service: that is its log, and mails name people.
EMAIL_CONFIG = env.email("TRIGPOINT_MAIL", default="consolemail://" if DEBUG else "filemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = env.str("TRIGPOINT_MAIL_FOLDER", default=str(HOME / "mail"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("TRIGPOINT_MAIL_FROM", default="trigpoint@localhost")

TASKS = {"default": {"BACKEND": env.str("TRIGPOINT_TASKS", default="django_tasks_db.DatabaseBackend")}}

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
_EVIDENCE: dict[str, Any] = {
    "BACKEND": "trigpoint_web.rounds.evidence_store.EvidenceFolder",
    "OPTIONS": {"location": str(HOME / "evidence"), "base_url": None},
}
if _S3_BUCKET := env.str("TRIGPOINT_S3_BUCKET", default=""):
    _EVIDENCE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _S3_BUCKET,
            "endpoint_url": env.str("TRIGPOINT_S3_ADDRESS", default="") or None,
            "region_name": env.str("TRIGPOINT_S3_REGION", default="") or None,
            "default_acl": "private",
            "file_overwrite": True,  # a file is named by the hash of what is in it
        },
    }
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "trigpoint_web.design_system.static_files.HashedStaticFiles"},
    "evidence": _EVIDENCE,
}
EVIDENCE_LARGEST = env.int("TRIGPOINT_EVIDENCE_LARGEST", default=25_000_000)  # bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

SECURE_SSL_REDIRECT = IS_SECURE and env.bool("TRIGPOINT_REDIRECT_TO_HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$"]  # asked on this machine, without the proxy
SECURE_HSTS_SECONDS = env.int("TRIGPOINT_HSTS_SECONDS", default=31_536_000) if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("TRIGPOINT_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits on signing in are counted by address: without this all people would have the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "trigpoint_web.config.log_lines.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("TRIGPOINT_LOG_LEVEL", default="INFO")},
    "loggers": {
        # What they warn of is a line of our own already: a status of 403 or 404 at its route.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
    },
}
