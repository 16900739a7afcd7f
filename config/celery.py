"""The Celery application. The Job rows are the truth; the broker only nudges the worker."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["wholefiles"] = "config.broker:Transport"
app = Celery("minhthi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
