"""Celery leaves of quiz: ids in, one domain function each."""

from celery import shared_task
from django.utils import timezone

from quiz.domain import (
    appeal_messages,
    closing,
    growing_tables,
    heads,
    return_messages,
    round_sampling,
    witnesses,
)


@shared_task
def close_overdue_attempts() -> None:
    """Every ten seconds: write down which attempts' time is over."""
    closing.close_overdue_attempts()


@shared_task
def send_return_messages() -> None:
    """When asked for, and every ten seconds: codes and notices to returning entrants."""
    return_messages.send_return_messages(now=timezone.now())


@shared_task
def tell_appellants() -> None:
    """When one was answered, and every minute: who appealed learns that an answer is there."""
    appeal_messages.tell_appellants(now=timezone.now())


@shared_task
def analyse_outgrown_tables() -> None:
    """Every ten seconds: see that hot statements are planned for the size their tables have."""
    growing_tables.analyse_outgrown_tables()


@shared_task
def sample_open_rounds() -> None:
    """Every ten seconds: what the control room shows."""
    round_sampling.sample_open_rounds(now=timezone.now())


@shared_task
def make_heads() -> None:
    """Every ten seconds: the heads of rounds that are due, and the letters about them."""
    heads.make_due_heads(now=timezone.now())
    witnesses.mail_heads(now=timezone.now())
