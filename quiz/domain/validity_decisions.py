"""Items whose legal basis is out of force, and what people decide about them.

An item stays as it was written; whether it may still be asked is decided by a person, with a
reason: it is right all the same, or it is out of a round, or a new version replaces it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.pools import drawable_versions, usable_versions
from quiz.domain.rule_sets import rules_of
from quiz.enums import RoundState, ValidityChoice
from quiz.errors import NothingToDecide, RoundFixed
from quiz.models import Citation, ItemVersion, Round, ValidityDecision
from quiz.permissions import may_run_contest, may_settle_version

LONGEST_REASON = 400


@dataclass(frozen=True)
class Doubt:
    """An item of a round and what of its basis is out of force before the round closes."""

    version: ItemVersion
    citations: Sequence[Citation]


def last_day(round: Round) -> date:
    """What a round asks has to hold until it closes."""
    return timezone.localdate(round.closes_at)


def dropped_from(round: Round) -> dict[int, ValidityDecision]:
    """{version id: the decision that keeps it out of this round}."""
    drops = ValidityDecision.objects.filter(round=round).select_related("decided_by")
    return {drop.version_id: drop for drop in drops}


def open_doubts(*, round: Round) -> list[Doubt]:
    """Items this round may ask whose basis ends before its close and that nobody decided about."""
    return doubts_among(versions_of_round(round=round), on=last_day(round))


def doubts_among(versions: Iterable[ItemVersion], *, on: date) -> list[Doubt]:
    """Those of `versions` whose basis is out of force on a day, undecided; in their order."""
    ended: dict[int, list[Citation]] = {}
    rows = Citation.objects.filter(version__in=[v.pk for v in versions], ends_on__lte=on)
    for citation in rows.filter(settled_by=None).select_related("document__replaced_by"):
        ended.setdefault(citation.version_id, []).append(citation)
    return [Doubt(version, ended[version.pk]) for version in versions if version.pk in ended]


def settled_in(*, round: Round) -> list[ValidityDecision]:
    """What was decided to be right all the same among the items this round may ask."""
    asked = [version.pk for version in versions_of_round(round=round)]
    kept = ValidityDecision.objects.filter(
        version__in=asked, citations__ends_on__lte=last_day(round)
    )
    shown = kept.select_related("version__item__bank", "decided_by").distinct()
    return list(shown.order_by("version__item__number", "pk"))


def versions_of_round(*, round: Round) -> list[ItemVersion]:
    """What a round asks: its pools once frozen, before that what its papers may draw."""
    if round.state != RoundState.DRAFT:
        documents = round.pools.values_list("document", flat=True)
        ids = {item["version"] for document in documents for item in document["items"]}
        shown = ItemVersion.objects.filter(pk__in=ids).select_related("item__bank", "topic")
        return list(shown.order_by("item__bank", "item__number"))
    rules = rules_of(contest=round.contest)
    if rules is None:
        return []
    dropped = dropped_from(round)
    papers = {part.code: part.paper for part in rules.groups}
    found: dict[int, ItemVersion] = {}
    for group in round.contest.groups.select_related("bank"):
        if group.bank is not None and group.code in papers:
            usable = [v for v in usable_versions(group.bank) if v.pk not in dropped]
            found |= {v.pk: v for v in drawable_versions(papers[group.code], usable)}
    return list(found.values())


@transaction.atomic
def keep_item(*, version: ItemVersion, reason: str, user: User) -> ValidityDecision:
    """Decide that an item is right although its basis is out of force, for every round.

    It holds until the day changes that was decided on. Raises NotAllowed, for its author too;
    Faults; NothingToDecide when nothing it cites ends.
    """
    if not may_settle_version(user, version):
        raise NotAllowed(
            _("Bạn không được quyết định về câu hỏi này."),
            _("Người duyệt hoặc người tổ chức khác người soạn quyết định."),
        )
    ended = version.citations.exclude(ends_on=None).filter(settled_by=None)
    if not ended.exists():
        raise NothingToDecide
    decision = ValidityDecision.objects.create(
        version=version,
        choice=ValidityChoice.KEEP,
        reason=_reason(reason),
        decided_by=user,
    )
    ended.update(settled_by=decision)
    _record(decision, "keep_item")
    return decision


@transaction.atomic
def drop_item(*, round: Round, version: ItemVersion, reason: str, user: User) -> ValidityDecision:
    """Leave an item out of a round that is not frozen yet. Raises NotAllowed, RoundFixed, Faults,
    NothingToDecide when the round would not ask it anyway.
    """
    _require_draft(round, user)
    if version.pk not in {v.pk for v in versions_of_round(round=round)}:
        raise NothingToDecide
    decision = ValidityDecision.objects.create(
        version=version,
        round=round,
        choice=ValidityChoice.DROP,
        reason=_reason(reason),
        decided_by=user,
    )
    _record(decision, "drop_item")
    return decision


@transaction.atomic
def take_back_drop(*, decision: ValidityDecision, user: User) -> None:
    """Let a round that is not frozen yet ask an item again. Raises NotAllowed, RoundFixed."""
    if decision.round is None:
        raise NothingToDecide
    _require_draft(decision.round, user)
    _record(decision, "take_back_drop", by=user)
    decision.delete()


def _require_draft(round: Round, user: User) -> None:
    if not may_run_contest(user, round.contest):
        raise NotAllowed
    if Round.objects.select_for_update().get(pk=round.pk).state != RoundState.DRAFT:
        raise RoundFixed


def _reason(text: str) -> str:
    reason = nfc(text)
    if not 0 < len(reason) <= LONGEST_REASON:
        message = _("Lý do cần từ 1 đến %d ký tự.") % LONGEST_REASON
        hint = _("Ghi vì sao câu vẫn đúng, hoặc vì sao bỏ câu.")
        raise Faults([Fault(_("Lý do"), "no_reason", message, hint)])
    return reason


def _record(decision: ValidityDecision, act: str, *, by: User | None = None) -> None:
    record_act(
        actor=by or decision.decided_by,
        act=act,
        subject=decision.version,
        unit_id=decision.version.item.bank.unit_id,
        round=decision.round_id,
    )
