"""Reads over certificates."""

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.text import search_words


class CertificateQuerySet(models.QuerySet):
    def with_what_is_shown(self) -> "CertificateQuerySet":
        return self.select_related("unit", "key", "enrolment__course")

    def matching(self, text: str) -> "CertificateQuerySet":
        """Those whose folded name, unit, course or number holds every word of `text`."""
        rows = self
        for word in search_words(text):
            rows = rows.filter(search_text__contains=word)
        return rows

    def printable(self) -> "CertificateQuerySet":
        """Not revoked, and their holders are still known."""
        return self.filter(revoked_at=None).exclude(holder_name="")

    def valid_on(self, day: date) -> "CertificateQuerySet":
        return self.filter(Q(expires_on=None) | Q(expires_on__gt=day), revoked_at=None)

    def expired_on(self, day: date) -> "CertificateQuerySet":
        return self.filter(expires_on__lte=day, revoked_at=None)

    def revoked(self) -> "CertificateQuerySet":
        return self.exclude(revoked_at=None)
