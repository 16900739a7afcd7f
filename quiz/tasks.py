"""Celery leaves of quiz: ids in, one domain function each."""
