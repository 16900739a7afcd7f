"""The real settings, kept apart from a person's own data: everything lies in VAR_DIR/test."""

import os
from pathlib import Path

_var_dir = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var")
# Set once: workers of the same test run inherit the finished value.
if _var_dir.name != "test":
    os.environ["VAR_DIR"] = str(_var_dir.resolve() / "test")

from config.settings import *  # noqa: E402,F403
from config.settings import DATABASES, STORAGES  # noqa: E402

# The rows of tests need not survive a power cut; everything else about the server is as it runs.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_DECLARED = TEXTS_IN_MEMORY = True
SENDING_THREADS = 0
# Messages stay in the process: tests that want a worker start one with a broker of its own.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
# A test changes something and looks at once.
READING_PAGE_SECONDS = 0
# All tests come from one address; those about pressure set a limit of their own.
ENTRY_ADDRESS_LIMIT = 10_000_000
# The live server of the tests is called “localhost”.
LOOPBACK_CONTENT = "127.0.0.1"
