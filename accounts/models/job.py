"""Every long piece of work: its progress, its file, its faults."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import JobState
from accounts.queries.job import JobQuerySet


class Job(models.Model):
    """The row is the truth, the broker only a nudge.

    `run` fences: a worker writes only while the row still carries the run number it started
    with, so a worker thought dead that wakes up changes nothing.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("loại"), max_length=40)
    title = models.CharField(_("tên"), max_length=200)
    params = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="jobs",
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=JobState, default=JobState.QUEUED
    )
    run = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    upload = models.FileField(upload_to="jobs/in/", blank=True)
    file = models.FileField(upload_to="jobs/out/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("tác vụ")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["state"],
                name="job_unfinished",
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            ),
        ]

    def __str__(self) -> str:
        return self.title
