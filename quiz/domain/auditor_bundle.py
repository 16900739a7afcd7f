"""What a release opens to an auditor: everything the public bundle keeps closed, but no names.

The files are those of the public bundle, with a row per entry (its secret, seed and all values) and
what people decided. Entrants are numbers; officials who decided or saw keys are named.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from accounts.models import AuditEntry, OrgUnit
from quiz.domain.bundle import FORMAT as PUBLIC_FORMAT
from quiz.domain.bundle import BundleContent, bundle_content
from quiz.domain.bundle_frontier import frontiers, read_facts
from quiz.domain.extra_attempts import extra_attempts
from quiz.domain.key_openings import banks_of_round, people_who_know
from quiz.domain.leaves import iterate_leaves
from quiz.domain.prize_bars import winners_of_year
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.canonical import plain
from quiz.enums import AwardKind
from quiz.errors import RoundNotReady
from quiz.models import Attempt, Award, CountOpening, DuplicateCase, ItemBank, Release, Round

FORMAT = "minhthi-auditor/1"
FORMAT_NEWER = "minhthi-auditor/2"
CHUNK = 2000


def auditor_content(*, release: Release) -> BundleContent:
    """The public bundle's content with keys and papers whatever the rules publish, and the rest.

    Read the streams once, inside the transaction of this call. Raises RoundNotReady.
    """
    content = bundle_content(release=release, with_keys=True)
    round = release.round
    newer = content.format_name != PUBLIC_FORMAT
    return BundleContent(
        format_name=FORMAT_NEWER if newer else FORMAT,
        parts=content.parts | {"auditor.json": plain(_openings(round))},
        streams=content.streams
        | {
            "entries.jsonl": _entries(round),
            "duplicates.jsonl": _duplicates(round),
            "diary.jsonl": _diary(round),
        },
    )


def _entries(round: Round) -> Iterator[dict[str, Any]]:
    """One row per leaf, in the tree's order; of an erased entry what is left of it."""
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    for facts, (attempt, values, leaf) in zip(
        read_facts(round), iterate_leaves(round=round), strict=True
    ):
        row: dict[str, Any] = {
            "leaf": leaf.hex(),
            "fate": facts.fate,
            "entrant": facts.entrant,
            "ordinal": attempt.ordinal,
            "registered_at": facts.registered_at,
        }
        if (rules.result.has("age") or rules.has_side_prizes) and not facts.erased:
            row["birth_date"] = facts.birth_date
        if attempt.voided_at is not None:
            row["voided"] = {"at": attempt.voided_at, "reason": attempt.void_reason}
        if values:
            row |= {
                "secret": bytes(attempt.secret),
                "seed": bytes(attempt.seed),
                "deadline": attempt.deadline_at,
                "values": values,
            }
        yield plain(row)


def _duplicates(round: Round) -> Iterator[dict[str, Any]]:
    """Cases of the contest with who decided what and why."""
    cases = DuplicateCase.objects.filter(contest=round.contest_id).select_related("decided_by")
    for case in cases.prefetch_related("members").order_by("pk").iterator(chunk_size=CHUNK):
        yield plain(
            {
                "entrants": sorted(member.entrant_id for member in case.members.all()),
                "reason": case.reason,
                "state": case.state,
                "kept": case.kept_id,
                "note": case.note,
                "decided_by": str(case.decided_by) if case.decided_by else None,
                "decided_at": case.decided_at,
            }
        )


def _diary(round: Round) -> Iterator[dict[str, Any]]:
    """Acts on the contest, the round, its releases and its entries, oldest first."""
    attempts = Attempt.objects.filter(round=round)
    about = (
        Q(subject_kind="quiz.contest", subject_id=round.contest_id)
        | Q(subject_kind="quiz.round", subject_id=round.pk)
        | Q(subject_kind="quiz.release", subject_id__in=round.releases.values("pk"))
        | Q(subject_kind="quiz.attempt", subject_id__in=attempts.values("pk"))
    )
    entries = AuditEntry.objects.filter(about).select_related("actor").order_by("pk")
    for entry in entries.iterator(chunk_size=CHUNK):
        yield plain(
            {
                "at": entry.at,
                "act": entry.act,
                "actor": str(entry.actor) if entry.actor else None,
                "subject": [entry.subject_kind, entry.subject_id],
                "details": entry.details,
                "sequence": entry.sequence,
            }
        )


def _openings(round: Round) -> dict[str, Any]:
    """Who knew keys or counts, who was passed over and why, prizes won before, units by number."""
    banks = ItemBank.objects.filter(pk__in=banks_of_round(round=round)).order_by("pk")
    counts = CountOpening.objects.filter(contest=round.contest_id).select_related("user")
    units = OrgUnit.objects.filter(
        pk__in=Attempt.objects.filter(round=round).order_by().values("unit").distinct()
    )
    return {
        "units": {str(unit.pk): {"code": unit.code, "name": unit.name} for unit in units},
        "skipped": [
            {"entrant": one.entrant, "reason": one.reason.value}
            for planned in frontiers(round)[1].values()
            for one in (*planned.skipped, *planned.side.skipped)
        ],
        "extra_attempts": [
            {"entrant": entrant, "count": extra}
            for entrant, extra in sorted(extra_attempts(round=round).items())
        ],
        "earlier_prizes": _earlier_prizes(round),
        "key_openings": [
            {"bank": bank.name, "person": str(one.user), "by": list(one.by), "since": one.since}
            for bank in banks
            for one in people_who_know(bank=bank)
        ],
        "count_openings": [
            {"person": str(one.user), "at": one.opened_at} for one in counts.order_by("opened_at")
        ],
    }


def _earlier_prizes(round: Round) -> list[dict[str, Any]]:
    won = Award.objects.filter(kind=AwardKind.PRIZE, round__contest=round.contest_id)
    here = [
        {"entrant": award.entrant_id, "round": award.round.number, "group": award.group.code}
        for award in won.select_related("round", "group").order_by("pk")
    ]
    rules = rules_of_round(round=round)
    if rules is None or rules.result.one_prize_per != "year":
        return here
    return here + [{"entrant": pk, "elsewhere": True} for pk in sorted(winners_of_year(round))]
