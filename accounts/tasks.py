"""Celery leaves of accounts: ids in, one domain function each."""

from celery import shared_task
from django.utils import timezone

from accounts.domain import audit, jobs, retention


@shared_task
def run_job(job_id: int) -> None:
    jobs.run_job(job_id=job_id)


@shared_task
def sweep_jobs() -> None:
    jobs.sweep_jobs(now=timezone.now())


@shared_task
def chain_audit() -> None:
    audit.chain_audit()


@shared_task
def run_retention() -> None:
    """Daily: end the personal data whose time is over."""
    retention.run_retention(now=timezone.now())
