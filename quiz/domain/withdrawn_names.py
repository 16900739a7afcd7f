"""Names of winners under 16 whose guardian took the consent back after the release.

The signed document does not change; what is shown from it does. The bundle is the document: it
stays as published, and what others fetched before can't be recalled.
"""

from typing import Any

from accounts.enums import ConsentPurpose
from accounts.models import Consent, ConsentText
from quiz.domain.erasure import SUBJECT
from quiz.domain.minors import initials
from quiz.enums import AwardKind
from quiz.models import Award, Release

Winner = dict[str, Any]


def shown_winners(*, release: Release) -> list[Winner]:
    """The release's winners as anyone may read them now."""
    hidden = _hidden_places(release)
    return [
        row | {"name": initials(row["name"])} if (row["group"], row["place"]) in hidden else row
        for row in release.document["winners"]
    ]


def _hidden_places(release: Release) -> set[tuple[str, int]]:
    """(group code, place) of winners with a consent to be named that was taken back."""
    awards = {
        entrant: (group, place)
        for entrant, group, place in Award.objects.filter(
            round=release.round_id, kind=AwardKind.PRIZE
        ).values_list("entrant", "group__code", "place")
    }
    texts = ConsentText.objects.filter(purpose=ConsentPurpose.PUBLISH_MINOR).values("pk")
    given = Consent.objects.filter(
        text_id__in=texts, subject_kind=SUBJECT, subject_id__in=list(awards)
    )
    rows = list(given.values_list("subject_id", "withdrawn_at"))
    named = {entrant for entrant, withdrawn in rows if withdrawn is None}
    return {awards[entrant] for entrant, withdrawn in rows if withdrawn and entrant not in named}
