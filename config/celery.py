"""The Celery application. The Job rows are the truth; the broker only nudges the worker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("minhthi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
