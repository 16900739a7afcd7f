"""The shadow of a contest: the same rules and paper length, invented items, seen by nobody."""

import os
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from quiz.domain.pools import PoolDraft
from quiz.domain.registration import ENTRANT_SUBJECT
from quiz.domain.rounds import fix_papers
from quiz.engine.commitments import LEAF_VERSION, SECRET_BYTES
from quiz.engine.drawing import DRAW_VERSION, read_pool
from quiz.enums import ContestState, ItemKind
from quiz.models import AudienceGroup, Contest, Rehearsal, Round, RuleSet
from quiz.rules.document import (
    BlueprintRow,
    IdentityField,
    PaperRules,
    RuleDocument,
    dump_rules,
    parse_rules,
)
from quiz.rules.schema import IdentityName

ITEMS_PER_SLOT = 3
ASKED: tuple[IdentityName, ...] = ("full_name", "birth_date", "phone")
AFTERWARDS = timedelta(hours=1)

_PARTS = (
    "DELETE FROM quiz_attemptevent e USING quiz_attempt a"
    " WHERE a.id = e.attempt_id AND a.round_id = ANY(%(rounds)s)",
    "DELETE FROM quiz_attempt WHERE round_id = ANY(%(rounds)s)",
    "DELETE FROM accounts_consent c USING quiz_entrant e"
    f" WHERE c.subject_kind = '{ENTRANT_SUBJECT}' AND c.subject_id = e.id"
    " AND e.contest_id = %(contest)s",
    "DELETE FROM quiz_entrant WHERE contest_id = %(contest)s",
)


@transaction.atomic
def make_shadow(*, rehearsal: Rehearsal, now: datetime) -> Round:
    """An open round nobody can find: its address is random, no list and no page shows it.

    Items are invented, so that whoever guessed the address would learn nothing, and nobody who
    rehearses has seen keys.
    """
    contest = rehearsal.contest
    rules = shadow_rules(parse_rules(contest.rules.document)) if contest.rules else RuleDocument()
    shadow = Contest.objects.create(
        code=f"dien-tap-{secrets.token_hex(8)}",
        title=contest.title,
        unit=contest.unit,
        body_name=contest.body_name,
        consent_text=contest.consent_text,
        state=ContestState.PUBLISHED,
        created_by=rehearsal.created_by or contest.created_by,
        rehearses=contest,
    )
    shadow.rules = RuleSet.objects.create(
        contest=shadow, version=1, document=dump_rules(rules), created_by=shadow.created_by
    )
    shadow.save(update_fields=["rules"])
    round = Round(
        contest=shadow,
        number=1,
        name="1",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(minutes=rehearsal.minutes) + AFTERWARDS,
    )
    round.save()
    pools = []
    for order, part in enumerate(rules.groups):
        group = AudienceGroup.objects.create(
            contest=shadow, code=part.code, name=part.name, order=order
        )
        pools.append((group, invented_pool(part.paper)))
    fix_papers(round=round, rules=rules, salt=os.urandom(SECRET_BYTES), pools=pools, now=now)
    rehearsal.shadow = shadow
    rehearsal.save(update_fields=["shadow"])
    return round


def shadow_rules(rules: RuleDocument) -> RuleDocument:
    """The same time, marking and paper length; asking only what an invented person can answer."""
    entry = rules.entry.model_copy(
        update={
            "identity_fields": [IdentityField(name=name) for name in ASKED],
            "identity_key": list(ASKED),
            "birth_precision": "day",
            "persons_per_phone": None,
            "minimum_age": None,
            "reentry": "code",
            "attempts_per_round": 1,
            "prediction": None,
        }
    )
    groups = [
        group.model_copy(
            update={"paper": PaperRules(blueprint=[BlueprintRow(count=group.paper.item_count)])}
        )
        for group in rules.groups
    ]
    return rules.model_copy(update={"entry": entry, "groups": groups})


def invented_pool(paper: PaperRules) -> PoolDraft:
    """Items of the usual length, thrice as many as a paper takes."""
    count = max(1, paper.item_count)
    items: list[dict[str, Any]] = [
        {
            "version": number,
            "kind": str(ItemKind.SINGLE),
            "stem": f"Câu diễn tập số {number}: nội dung này được bịa ra, dài như một câu hỏi "
            "thường gặp về dịch vụ công trực tuyến, để đo tốc độ?",
            "options": [f"Phương án {letter} của câu diễn tập số {number}" for letter in "mnpq"],
            "option_ids": [0, 1, 2, 3],
            "fixed_order": False,
        }
        for number in range(1, ITEMS_PER_SLOT * count + 1)
    ]
    document = {
        "rows": [{"items": list(range(len(items))), "count": count}],
        "items": items,
        "shuffle_items": True,
        "shuffle_options": True,
        "draw_version": DRAW_VERSION,
        "leaf_version": LEAF_VERSION,
    }
    read_pool(document)  # drawable, or nothing is stored
    return PoolDraft(document=document, masks=[1] * len(items))


def delete_shadow(*, rehearsal: Rehearsal) -> None:
    """Everything the rehearsal made; again, it finds nothing."""
    shadow = rehearsal.shadow
    if shadow is None:
        return
    rounds = list(shadow.rounds.values_list("pk", flat=True))
    with transaction.atomic(), connection.cursor() as cursor:
        for part in _PARTS:
            cursor.execute(part, {"contest": shadow.pk, "rounds": rounds})
        Round.objects.filter(pk__in=rounds).delete()
        Contest.objects.filter(pk=shadow.pk).update(rules=None)
        shadow.delete()
    rehearsal.shadow = None
