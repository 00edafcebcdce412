"""Settings of the portal. Whatever differs per municipality comes from the environment."""

from csp.constants import NONCE, NONE, SELF

from grondslag_portal.config import environment

DATA = environment.data_folder()
INSTALLATION = DATA / "installation"
PROJECTS = DATA / "projects"

SECRET_KEY = environment.secret_key(DATA)
DEBUG = False
LOCAL = environment.flag("LOCAL")  # one machine, no TLS in front: for a demonstration
ALLOWED_HOSTS = environment.text("HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "grondslag_portal.shared",
    "grondslag_portal.tasks",
    "grondslag_portal.organisations",
    "grondslag_portal.catalogue",
    "grondslag_portal.projects",
    "grondslag_portal.assessments",
    "grondslag_portal.deliveries",
    "grondslag_portal.decisions",
    "grondslag_portal.public",
    "grondslag_portal.home",
    "grondslag_portal.api",
    "grondslag_portal.example",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "grondslag_portal.shared.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "grondslag_portal.organisations.sessions.SessionTerms",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "grondslag_portal.api.door.ApiDoor",
    "grondslag_portal.shared.middleware.ClosedByDefault",
    "grondslag_portal.shared.middleware.SaidErrors",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "grondslag_portal.config.urls"
WSGI_APPLICATION = "grondslag_portal.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "grondslag_portal.shared.pages.page_context",
            ],
            "builtins": [
                "grondslag_portal.shared.templatetags.say",
                "grondslag_portal.shared.templatetags.parts",
            ],
        },
    }
]

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "grondslag_portal.organisations.backends.EmergencyDoor",
    "grondslag_portal.organisations.provider.Municipality",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "organisations:sign-in"
LOGIN_REDIRECT_URL = "home:my-work"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "grondslag_portal.organisations.views.locked_out"
AXES_NEVER_LOCKOUT_GET = True  # of the municipality's service everybody has one address
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_VERBOSE = False

_SERVICE = environment.sign_in_service()
OIDC_ISSUER = _SERVICE["issuer"]  # empty: only the emergency door
OIDC_RP_CLIENT_ID = _SERVICE["client_id"]
OIDC_RP_CLIENT_SECRET = _SERVICE["client_secret"]
OIDC_OP_AUTHORIZATION_ENDPOINT = _SERVICE["authorization"]
OIDC_OP_TOKEN_ENDPOINT = _SERVICE["token"]
OIDC_OP_JWKS_ENDPOINT = _SERVICE["keys"]
OIDC_OP_USER_ENDPOINT = ""  # all we need stands in the signed token
OIDC_SUBJECT = tuple(_SERVICE["subject"].split(","))
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid profile email"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_AUTHENTICATION_CALLBACK_URL = "organisations:provider-answer"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
FRONTEND = environment.frontend_folder()
STATICFILES_DIRS = [FRONTEND] if FRONTEND.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MUNICIPALITY = environment.text("MUNICIPALITY", "Gemeente Voorbeeldstad")
SOURCE_HOSTS = environment.names("SOURCE_HOSTS")  # database servers a contract may name
CATALOGUE_FOLDERS = environment.folders("CATALOGUE_FOLDERS")  # read daily, never written to
THEME = environment.text("THEME", "voorbeeld-theme")
"""The class on the page that the design tokens of a municipality hang on."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_HOURS = environment.number("SESSION_HOURS", 12, least=1, most=24)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_FAILURE_VIEW = "grondslag_portal.shared.problems.stale_form"
CSRF_COOKIE_SECURE = not LOCAL
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 << 20  # so that ten megabytes of text are refused at their field
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["grondslag_portal.api.door.FromTheDoor"],
    "DEFAULT_PERMISSION_CLASSES": [],  # the tables of rights decide
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "grondslag_portal.api.problems.answer_for",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Grondslag",
    "DESCRIPTION": "What the portal does, for programs. See docs/api.md.",
    "VERSION": "1.1.0",
    "CONTACT": {
        "name": MUNICIPALITY,
        "url": environment.text("CONTACT_URL", "https://voorbeeldstad.example"),
        "email": environment.text("CONTACT_EMAIL", "gegevens@voorbeeldstad.example"),
    },
    "SERVERS": [{"url": "/v1"}],
    "SCHEMA_PATH_PREFIX": "/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["grondslag_portal.api.description.with_what_all_have"],
}

IDLE_MINUTES = environment.number("IDLE_MINUTES", 30, least=10, most=120)
IDLE_WARNING_MINUTES = IDLE_MINUTES - 5
STEP_UP_MINUTES = environment.number("STEP_UP_MINUTES", 5, least=1, most=15)
"""What we begin with: BIO2 says nothing about the length of a session."""

_MAIL = environment.mail_server()
EMAIL_HOST = _MAIL["host"]  # empty: no mail is sent
EMAIL_PORT = _MAIL["port"]
EMAIL_HOST_USER = _MAIL["user"]
EMAIL_HOST_PASSWORD = _MAIL["password"]
EMAIL_USE_TLS = _MAIL["encrypted"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _MAIL["sender"]
PORTAL_ADDRESS = environment.text("ADDRESS", "http://localhost:8000").rstrip("/")
"""How people reach this portal; stands in mail and in calendars."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It warns of every rule meant for screens when it makes a PDF.
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
