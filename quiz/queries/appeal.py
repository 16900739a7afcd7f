"""Appeals as pages, releases and the worker look for them."""

from typing import Self

from django.db import models

from quiz.enums import AppealState

DECIDED = (AppealState.ACCEPTED, AppealState.REJECTED)
WAITING = (AppealState.RECEIVED, AppealState.EXAMINING, AppealState.PROPOSED)


class AppealQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Neither answered nor taken back."""
        return self.filter(state__in=WAITING)

    def untold(self) -> Self:
        """Answered, and the person behind it has not been written to."""
        return self.filter(state__in=DECIDED, told_at=None, entrant__isnull=False)
