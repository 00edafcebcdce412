"""The door for a web server."""

import logging
import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

from grondslag_portal.config.lengths import with_lengths
from grondslag_portal.shared.contrast import TAG

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grondslag_portal.config.settings")
_log = logging.getLogger(__name__)
application = with_lengths(
    get_wsgi_application(), most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE
)  # fmt: skip
for told in run_checks(tags=[TAG]):  # a web server runs none by itself
    _log.warning("%s", told.msg)
