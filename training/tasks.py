"""Celery leaves of training: ids in, one domain function each."""

from celery import shared_task
from django.utils import timezone

from training.domain import (
    enrolment_reminders,
    files,
    inquiry_messages,
    standing_enrolments,
    study_days,
    weak_clauses,
)


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


@shared_task
def gather_clauses() -> None:
    """Hourly: what ten persons of a unit answered by clause is added up once."""
    weak_clauses.gather_clauses(now=timezone.now())


@shared_task
def keep_enrolments() -> None:
    """Hourly: people who joined a unit take its courses, and what expires is taken again."""
    standing_enrolments.apply_unit_enrolments(now=timezone.now())
    standing_enrolments.open_renewals(now=timezone.now())


@shared_task
def remind_learners() -> None:
    """Every ten minutes by day: a letter to whom one is due, each once a day at most."""
    enrolment_reminders.remind_learners(now=timezone.now())
