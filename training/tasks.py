"""Celery leaves of training: ids in, one domain function each."""

from celery import shared_task
from django.utils import timezone

from training.domain import files, inquiry_messages, study_days


@shared_task
def tell_askers() -> None:
    """When one was decided, and every minute: who asked learns that an answer is there."""
    inquiry_messages.tell_askers(now=timezone.now())


@shared_task
def sweep_uploads() -> None:
    """Hourly: clear uploads that nobody went on with."""
    files.sweep_uploads(now=timezone.now())


@shared_task
def count_study_days() -> None:
    """Every ten minutes: days of people who studied since, so that pages find few to count."""
    study_days.count_study_days()
