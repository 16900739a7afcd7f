"""Settings of the worker that tests kill: the test's database, folders of its own, quick sweeps."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

_folder = Path(os.environ["KILL_FOLDER"])
DATABASES["default"]["NAME"] = os.environ["KILL_DATABASE"]
MEDIA_ROOT = _folder / "media"
CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(_folder / "queue"),
    "data_folder_out": str(_folder / "queue"),
    "processed_folder": str(_folder / "processed"),
    "control_folder": str(_folder / "control"),
    "polling_interval": 0.02,
}
CELERY_IMPORTS = [name for name in os.environ["KILL_IMPORTS"].split(",") if name]
CELERY_BEAT_SCHEDULE_FILENAME = str(_folder / "beat")
CELERY_BEAT_SCHEDULE = {"sweep-jobs": {"task": "accounts.tasks.sweep_jobs", "schedule": 0.4}}
CELERY_BEAT_MAX_LOOP_INTERVAL = 0.2
JOB_SILENCE_SECONDS = 1.2
