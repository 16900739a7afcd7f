"""The house's front door: settings, routes, the two request chains, the worker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
