"""The door for a web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from grondslag_portal.config.lengths import with_lengths

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grondslag_portal.config.settings")
application = with_lengths(
    get_wsgi_application(), most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE
)  # fmt: skip
