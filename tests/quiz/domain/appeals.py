"""Appeals to test with."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from quiz.domain.appeals import AppealInput, Filed, file_appeal
from quiz.domain.awards import propose_awards
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.domain.sealing import seal_round
from quiz.models import Release
from tests.factories import OpenContest
from tests.results_factory import close


def filing(**fields: Any) -> AppealInput:
    """What an honest form sends; every call is a new form."""
    defaults = {
        "request_key": str(uuid.uuid4()),
        "round_number": "1",
        "kind": "technical",
        "text": "Trang bị treo lúc 09:58, tôi không nộp được.",
    }
    return AppealInput(**defaults | fields)


def appeal(
    made: OpenContest,
    *,
    now: datetime | None = None,
    address: str = "198.51.100.7",
    **fields: Any,
) -> Filed:
    return file_appeal(
        contest=made.contest,
        given=filing(**fields),
        address=address,
        now=now or timezone.now(),
    )


def released(made: OpenContest, *, days_ago: float = 0) -> Release:
    """Closed, ranked, sealed and released so many days ago."""
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    now = timezone.now() - timedelta(days=days_ago)
    seal_round(round=made.round, user=made.organiser, now=now)
    release = submit_for_signature(round=made.round, user=made.organiser, now=now)
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="12/QĐ-BTC",
        decision_date=timezone.localdate(now),
        now=now,
    )
    made.round.refresh_from_db()
    release.refresh_from_db()
    return release
