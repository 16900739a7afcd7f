"""Celery leaves of quiz: ids in, one domain function each."""

from celery import shared_task

from quiz.domain import closing


@shared_task
def close_overdue_attempts() -> None:
    """Every ten seconds: write down which attempts' time is over."""
    closing.close_overdue_attempts()
