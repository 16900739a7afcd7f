"""Names of winners under 16 whose guardian took the consent back after the release.

The signed document does not change; what is shown from it does. The bundle is the document: it
stays as published, and what others fetched before can't be recalled.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from accounts.enums import ConsentPurpose
from accounts.models import Consent, ConsentText
from quiz.domain.erasure import SUBJECT
from quiz.domain.minors import initials
from quiz.models import Release

Winner = dict[str, Any]


def shown_winners(*, release: Release) -> list[Winner]:
    """The release's winners as anyone may read them now."""
    hidden = _hidden(release.winners)
    rows = release.document["winners"]
    return [
        row | {"name": initials(row["name"])} if entrant in hidden else row
        for row, entrant in zip_longest(rows, release.winners[: len(rows)])
    ]


def _hidden(entrants: Sequence[int]) -> set[int]:
    """Which of these had a consent to be named that was taken back."""
    texts = ConsentText.objects.filter(purpose=ConsentPurpose.PUBLISH_MINOR).values("pk")
    given = Consent.objects.filter(
        text_id__in=texts, subject_kind=SUBJECT, subject_id__in=list(entrants)
    )
    rows = list(given.values_list("subject_id", "withdrawn_at"))
    named = {entrant for entrant, withdrawn in rows if withdrawn is None}
    return {entrant for entrant, withdrawn in rows if withdrawn and entrant not in named}
