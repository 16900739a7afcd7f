"""What the clock of the worker repeats exists under the name by which it is asked for."""

from django.conf import settings

from config.celery import app


def test_every_repeated_task_is_known_to_the_worker() -> None:
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked - set(app.tasks) == set()
