"""Reads over files of items on their way into a bank."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery

from quiz.enums import DraftDecision, ImportState
from quiz.readings import CERTAIN

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from quiz.models import ItemBank

WAITING = Q(decision=DraftDecision.WAITING)
FAULTY = Q(faulty=True) | Q(twin_place__isnull=False) | Q(twin_item__isnull=False)
DOUBTFUL = ~FAULTY & (Q(confidence__lt=CERTAIN) | Q(noted=True))
SURE = ~FAULTY & Q(confidence=CERTAIN, noted=False)
# The groups a person goes through, by the names they have in addresses.
GROUPS = {
    "waiting": WAITING,
    "faulty": WAITING & FAULTY,
    "doubtful": WAITING & DOUBTFUL,
    "certain": WAITING & SURE,
    "accepted": Q(decision=DraftDecision.ACCEPTED),
    "skipped": Q(decision=DraftDecision.SKIPPED),
    "all": Q(),
}


class ItemImportQuerySet(models.QuerySet):
    def of(self, user: "User") -> "ItemImportQuerySet":
        """Those the person began."""
        return self.filter(created_by=user)

    def still_open(self, now: "datetime") -> "ItemImportQuerySet":
        """Those that wait for decisions, with how many items do (`waiting`) of `total`."""
        waiting = Count("drafts", filter=Q(drafts__decision=DraftDecision.WAITING))
        held = self.filter(state=ImportState.OPEN, expires_at__gt=now)
        return held.annotate(total=Count("drafts"), waiting=waiting)


class ImportDraftQuerySet(models.QuerySet):
    def judged(self, bank: "ItemBank") -> "ImportDraftQuerySet":
        """With `twin_place`, an item of the file, and `twin_item`, the number of an item of the
        bank, that ask the same; None where there is none.

        Of twins in a file the one accepted stands, else the first; what is skipped is nobody's
        twin.
        """
        drafts = apps.get_model("quiz", "ImportDraft").objects
        before = Q(decision__lt=OuterRef("decision")) | Q(
            decision=OuterRef("decision"), place__lt=OuterRef("place")
        )
        twins = drafts.filter(
            before,
            session=OuterRef("session"),
            digest=OuterRef("digest"),
            decision__lt=DraftDecision.SKIPPED,
        ).exclude(digest="")
        versions = apps.get_model("quiz", "ItemVersion").objects.filter(
            item__bank=bank, item__current=F("pk"), digest=OuterRef("digest")
        )
        return self.annotate(
            twin_place=Subquery(twins.order_by("place").values("place")[:1]),
            twin_item=Subquery(versions.order_by("item__number").values("item__number")[:1]),
        )

    def count_groups(self) -> dict[str, int]:
        """How many are in each of GROUPS; of judged drafts."""
        return self.aggregate(
            **{f"in_{name}": Count("pk", filter=group) for name, group in GROUPS.items()}
        )
