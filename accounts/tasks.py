"""Celery leaves of accounts: ids in, one domain function each."""
