"""The settings of the portal under test: in a folder of this run, that each worker has for itself.

pytest-django reads settings before any conftest, so they are made here.
"""

import os
import tempfile

os.environ["GRONDSLAG_PORTAL_DATA"] = tempfile.mkdtemp(prefix="grondslag-portal-")
os.environ["GRONDSLAG_PORTAL_LOCAL"] = "1"
os.environ.setdefault("GRONDSLAG_PORTAL_SECRET_KEY", "only-for-tests-" + "0123456789" * 4)

from grondslag_portal.config.settings import *  # noqa: F403 - these are those settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nothing is kept
