"""Celery leaves of quiz: ids in, one domain function each."""

from celery import shared_task
from django.utils import timezone

from quiz.domain import closing, return_messages


@shared_task
def close_overdue_attempts() -> None:
    """Every ten seconds: write down which attempts' time is over."""
    closing.close_overdue_attempts()


@shared_task
def send_return_messages() -> None:
    """When asked for, and every ten seconds: codes and notices to returning entrants."""
    return_messages.send_return_messages(now=timezone.now())
