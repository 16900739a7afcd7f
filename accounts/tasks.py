"""Celery leaves of accounts: ids in, one domain function each."""

from celery import shared_task
from django.utils import timezone

from accounts.domain import audit, audit_anchors, jobs, pulses, retention, unit_changes


@shared_task
def run_job(job_id: int) -> None:
    jobs.run_job(job_id=job_id)


@shared_task
def sweep_jobs() -> None:
    jobs.sweep_jobs(now=timezone.now())


@shared_task
def settle_mergers() -> None:
    """Hourly, so that a merger takes place early on its day."""
    unit_changes.settle_mergers(today=timezone.localdate())


@shared_task
def chain_audit() -> None:
    audit.chain_audit()


@shared_task
def anchor_audit() -> None:
    """Hourly, and when a result is released."""
    audit_anchors.anchor_audit(now=timezone.now())


@shared_task
def mail_anchor() -> None:
    """Daily: to the witnesses."""
    audit_anchors.mail_anchor(now=timezone.now())


@shared_task
def run_retention() -> None:
    """Daily: end the personal data whose time is over."""
    retention.run_retention(now=timezone.now())


@shared_task
def answer_clock() -> None:
    """Every ten seconds: the worker is there, and so is the clock that asked."""
    pulses.answer_clock(now=timezone.now())
