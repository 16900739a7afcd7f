"""Looking through a whole bank, and leaving as it is what a person has looked at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Func, IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, run_if_small
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import Job, User
from accounts.text import nfc
from quiz.checks import BANK_CHECKS, ITEM_CHECKS, Finding, Neighbour, Surroundings
from quiz.domain.citation_doubts import citation_doubts
from quiz.domain.item_checks import check_stored, draft_of, living_versions
from quiz.domain.items import key_places
from quiz.drafts import ItemDraft
from quiz.models import BankCheckup, FindingDismissal, Item, ItemBank, ItemVersion
from quiz.permissions import may_review_items, may_see_keys, may_write_items

CHECK_BANK = "check_bank"
AT_ONCE = 1500
LONGEST_REASON = 400
CODES = tuple(check.code for check in ITEM_CHECKS)

# Neighbours of a version by the ids of their items.
_Near = Mapping[int, Sequence[tuple[int, float]]]


def queue_checkup(*, bank: ItemBank, user: User, now: datetime) -> Job:
    """Look through the bank: at once if it is small. Raises NotAllowed."""
    if not may_see_keys(user, bank):
        raise NotAllowed
    title = _("Kiểm tra câu hỏi: %s") % bank.name
    job = queue_job(
        kind=CHECK_BANK, params={"bank": bank.pk}, user=user, now=now, title=title[:200]
    )
    return run_if_small(job=job, size=living_versions(bank).count(), at_once=AT_ONCE)


def run_checkup(run: JobRun) -> dict[str, Any]:
    """{"items": looked at, "found": findings}."""
    bank = ItemBank.objects.get(pk=run.params["bank"])
    rows = living_versions(bank).select_related("item", "topic").order_by("item__number")
    versions = list(rows.prefetch_related("citations__document"))
    run.progress(0, len(versions))
    by_code: dict[str, list[Any]] = {}
    for place, findings in check_stored(versions, today=timezone.localdate()).items():
        for finding in findings:
            near = [[each.item, each.likeness] for each in finding.neighbours]
            by_code.setdefault(finding.code, []).append([versions[place].pk, near])
    BankCheckup.objects.update_or_create(
        bank=bank, defaults={"checked_at": run.now, "items": len(versions), "found": by_code}
    )
    run.progress(len(versions), len(versions))
    return {"items": len(versions), "found": sum(map(len, by_code.values()))}


@dataclass(frozen=True)
class CheckedVersion:
    """A version with what one check says of it; `dismissal` if a person left it as it is."""

    version: ItemVersion
    findings: Sequence[Finding]
    dismissal: FindingDismissal | None


class Checkup:
    """The last look through a bank as it still holds: versions written since are left out."""

    def __init__(self, checkup: BankCheckup) -> None:
        self.checkup = checkup
        living = living_versions(checkup.bank).values_list("pk", flat=True)
        found = {row[0] for rows in checkup.found.values() for row in rows}
        self._living = set(living.filter(pk__in=found))
        dismissals = FindingDismissal.objects.filter(version__in=self._living)
        self._left = {
            (row.version_id, row.code): row for row in dismissals.select_related("dismissed_by")
        }

    @property
    def written_since(self) -> int:
        """How many versions were written since."""
        newest = living_versions(self.checkup.bank)
        return newest.filter(created_at__gt=self.checkup.checked_at).count()

    def counts(self) -> dict[str, int]:
        """How many items each check has something to say of; without those left as they are."""
        return {code: len(self.versions(code)) for code in CODES}

    def versions(self, code: str, *, left: bool = False) -> list[int]:
        """The ids of the versions a check speaks of; those `left` as they are, or the others."""
        rows = dict.fromkeys(row[0] for row in self.checkup.found.get(code, ()))
        return [pk for pk in rows if pk in self._living and ((pk, code) in self._left) is left]

    def told(self, code: str, pks: Sequence[int]) -> list[CheckedVersion]:
        """These versions, in this order, with what the check says of them today."""
        [check] = [check for check in ITEM_CHECKS if check.code == code]
        near = {row[0]: row[1] for row in self.checkup.found.get(code, ()) if row[0] in pks}
        rows = ItemVersion.objects.filter(pk__in=pks).select_related("item", "topic")
        versions = {row.pk: row for row in rows.prefetch_related("citations__document")}
        doubts = citation_doubts(today=timezone.localdate())
        neighbours = _neighbours(near)
        told = []
        for pk in pks:
            around = Surroundings(similar=_always(neighbours[pk]), doubts=doubts)
            findings = list(check.look(draft_of(versions[pk]), around))
            told.append(CheckedVersion(versions[pk], findings, self._left.get((pk, code))))
        return told


def _always(neighbours: Sequence[Neighbour]) -> Callable[[ItemDraft], Sequence[Neighbour]]:
    return lambda _draft: neighbours


def _neighbours(near: _Near) -> dict[int, list[Neighbour]]:
    wanted = {item for several in near.values() for item, _likeness in several}
    rows = Item.objects.filter(pk__in=wanted).values_list("pk", "number", "current__stem")
    items = {pk: (number, stem) for pk, number, stem in rows}
    return {
        pk: [
            Neighbour(_("câu %d") % items[item][0], items[item][1], likeness, item)
            for item, likeness in several
            if item in items
        ]
        for pk, several in near.items()
    }


def bank_findings(bank: ItemBank) -> list[Finding]:
    """What is found over all items together."""
    count = Func("options", function="jsonb_array_length", output_field=IntegerField())
    rows = living_versions(bank).order_by("item__number").values_list("kind", "key_mask", count)
    drafts = [
        ItemDraft(kind=kind, stem="", options=("",) * options, key=key_places(mask))
        for kind, mask, options in rows
    ]
    return [finding for check in BANK_CHECKS for finding in check.look(drafts)]


@transaction.atomic
def dismiss_finding(
    *, version: ItemVersion, code: str, reason: str, user: User, now: datetime
) -> None:
    """Leave what a check says of a version as it is, for a reason. Raises NotAllowed, Faults."""
    bank = version.item.bank
    if code not in CODES or not (may_write_items(user, bank) or may_review_items(user, bank)):
        raise NotAllowed
    reason = nfc(reason)
    if not 0 < len(reason) <= LONGEST_REASON:
        message = _("Lý do cần từ 1 đến %d ký tự.") % LONGEST_REASON
        raise Faults([Fault(_("Lý do"), "no_reason", message, _("Ghi vì sao câu này vẫn đúng."))])
    FindingDismissal.objects.update_or_create(
        version=version,
        code=code,
        defaults={"reason": reason, "dismissed_by": user, "dismissed_at": now},
    )
    record_act(actor=user, act="dismiss_finding", subject=version, unit_id=bank.unit_id, check=code)


@transaction.atomic
def look_again(*, version: ItemVersion, code: str, user: User) -> None:
    """Take back that a finding was left as it is. Raises NotAllowed."""
    bank = version.item.bank
    if not (may_write_items(user, bank) or may_review_items(user, bank)):
        raise NotAllowed
    if FindingDismissal.objects.filter(version=version, code=code).delete()[0]:
        record_act(
            actor=user, act="look_at_finding", subject=version, unit_id=bank.unit_id, check=code
        )
