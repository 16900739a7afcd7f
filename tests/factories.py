"""Things to test with, made by the same domain functions that people's clicks call."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, OrgUnit, User
from quiz.domain.attempt_input import AnswersInput
from quiz.domain.attempts import Sitting, save_attempt, start_attempt, submit_attempt
from quiz.domain.banks import create_bank
from quiz.domain.contests import add_round, create_contest, publish_contest
from quiz.domain.frozen import clear_frozen
from quiz.domain.item_review import approve_versions
from quiz.domain.items import add_items
from quiz.domain.receipts import clear_receipt_keys
from quiz.domain.registration import Registered, register_entrant
from quiz.domain.registration_input import parse_registration
from quiz.domain.rounds import freeze_round
from quiz.drafts import ItemDraft
from quiz.engine.drawing import draw_paper, read_pool
from quiz.enums import ItemKind, Level
from quiz.models import Attempt, AudienceGroup, Contest, ItemBank, Pool, Round
from quiz.rules.document import (
    BlueprintRow,
    Criterion,
    EntryRules,
    GroupRules,
    IdentityField,
    PaperRules,
    PrizeTier,
    ResultRules,
    RuleDocument,
)

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class OpenContest:
    """A contest whose first round takes entries now, and the people behind it."""

    contest: Contest
    round: Round
    groups: list[AudienceGroup]
    banks: list[ItemBank]
    unit: OrgUnit
    organiser: User
    reviewer: User


def database_now() -> datetime:
    """The moment the statements go by: in a test's transaction it stands still at its begin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def unique(word: str) -> str:
    return f"{word}-{uuid.uuid4().hex[:10]}"


def make_unit(name: str = "Xã Hòa Thịnh", **fields: Any) -> OrgUnit:
    return OrgUnit.objects.create(**{"code": unique("dv"), "name": name} | fields)


def make_person(*roles: str, unit: OrgUnit | None = None, **fields: Any) -> User:
    """Someone who signs in, with these roles at `unit`."""
    username = fields.pop("username", unique("cb"))
    fields = {"full_name": "Cán bộ thử nghiệm", "unit": unit} | fields
    user = User.objects.create_user(username, **fields)
    for role in roles:
        Membership.objects.create(user=user, unit=unit, role=role)
    return user


def make_draft(number: int, **fields: Any) -> ItemDraft:
    """A sound item; the key moves with the number."""
    defaults = {
        "kind": ItemKind.SINGLE,
        "stem": f"Câu hỏi thử nghiệm số {number} hỏi điều gì?",
        "options": tuple(f"Phương án {letter} của câu {number}" for letter in "mnpq"),
        "key": frozenset({number % 4}),
        "topic": "Chủ đề thử nghiệm",
        "level": Level.RECALL,
    }
    return ItemDraft(**{**defaults, **fields})


def make_bank(
    *, unit: OrgUnit, author: User, reviewer: User, drafts: list[ItemDraft] | None = None
) -> ItemBank:
    """A bank whose items are all approved: eight of them unless told otherwise."""
    bank = create_bank(name=unique("Ngân hàng"), unit=unit, user=author)
    wanted = [make_draft(number) for number in range(1, 9)] if drafts is None else drafts
    versions = add_items(bank=bank, drafts=wanted, author=author)
    approve_versions(versions=versions, user=reviewer, now=timezone.now())
    return bank


def make_rules(
    *,
    entry: dict[str, Any] | None = None,
    result: dict[str, Any] | None = None,
    groups: tuple[str, ...] = ("nguoi-dan",),
    paper: dict[str, Any] | None = None,
) -> RuleDocument:
    """Five items in fifteen minutes, two attempts; `entry`, `result`, `paper` change fields."""
    named = {"full_name": True, "birth_date": True, "phone": True, "unit": False, "email": False}
    entry_fields = {
        "identity_fields": [IdentityField(name=n, required=r) for n, r in named.items()],
        "identity_key": ["full_name", "birth_date", "phone"],
        "time_limit_seconds": 900,
        "attempts_per_round": 2,
    }
    result_fields = {
        "chain": [Criterion(kind=kind) for kind in ("score", "duration", "decision")],
        "prizes": [PrizeTier(code="nhat", name="Giải Nhất", count=1, money=1_000_000)],
    }
    paper_fields = {"blueprint": [BlueprintRow(count=5)]}
    return RuleDocument(
        entry=EntryRules(**entry_fields | (entry or {})),
        result=ResultRules(**result_fields | (result or {})),
        groups=[
            GroupRules(code=code, name=code, paper=PaperRules(**paper_fields | (paper or {})))
            for code in groups
        ],
    )


def make_contest(
    *,
    rules: RuleDocument | None = None,
    drafts: list[ItemDraft] | None = None,
    opens_in: timedelta = -HOUR,
    closes_in: timedelta = HOUR,
    unit: OrgUnit | None = None,
) -> OpenContest:
    """As `make_open_contest`, its round still in draft; `unit` holds it (a new one)."""
    clear_frozen()
    clear_receipt_keys()
    unit = unit or make_unit()
    organiser = make_person(Role.ORGANISER, Role.AUTHOR, unit=unit)
    reviewer = make_person(Role.REVIEWER, Role.ORGANISER, unit=unit)
    document = rules or make_rules()
    banks = [
        make_bank(unit=unit, author=organiser, reviewer=reviewer, drafts=drafts)
        for _group in document.groups
    ]
    contest = create_contest(
        unit=unit,
        title=unique("Cuộc thi"),
        body_name="Ban Tổ chức cuộc thi",
        user=organiser,
        document=document,
        banks=banks,
        hotline="0257 000 000",
    )
    publish_contest(contest=contest, user=organiser)
    now = database_now()
    added = add_round(
        contest=contest, opens_at=now + opens_in, closes_at=now + closes_in, user=organiser
    )
    groups = list(contest.groups.all())
    return OpenContest(contest, added, groups, banks, unit, organiser, reviewer)


def make_open_contest(**kwargs: Any) -> OpenContest:
    """A published contest with a bank per group and one frozen round that is open now.

    `rules`: see `make_rules`; `drafts`: the items of every bank; `opens_in`, `closes_in`: the
    window from now. Everything is made by the domain's own functions.
    """
    made = make_contest(**kwargs)
    frozen = freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    made.contest.refresh_from_db()
    made.round.refresh_from_db()
    assert frozen.pk == made.round.pk
    return made


def registration_data(**fields: Any) -> dict[str, Any]:
    """What an honest form sends for `make_rules`; every call is a new form and person."""
    tail = uuid.uuid4().int % 10**7
    return {
        "request_key": str(uuid.uuid4()),
        "group": "nguoi-dan",
        "consent": True,
        "full_name": "Nguyễn Thị Thử Nghiệm",
        "birth_date": "05/09/1990",
        "phone": f"0999{tail:07d}"[:10],
    } | fields


def register(made: OpenContest, **fields: Any) -> Registered:
    given = parse_registration(registration_data(**fields))
    return register_entrant(contest_code=made.contest.code, given=given)


def start(made: OpenContest, who: Registered, ordinal: int = 1) -> Sitting:
    return start_attempt(entrant_token=who.token, round_id=made.round.pk, ordinal=ordinal)


def answers_input(
    sitting: Sitting, answers: list[int] | None = None, **fields: Any
) -> AnswersInput:
    """A whole answer set sent by one tab that has just read `sitting`."""
    masks = list(sitting.row.answers) if answers is None else answers
    base = fields.pop("base", sitting.row.revision)
    return AnswersInput(
        **{"writer": 1, "base": base, "revision": base + 1, "answers": masks} | fields
    )


def right_answers(sitting: Sitting, wrong: int = 0) -> list[int]:
    """The masks that earn full marks, the first `wrong` slots spoilt."""
    pool = Pool.objects.select_related("key").get(pk=sitting.row.pool_id)
    paper = draw_paper(
        read_pool(pool.document),
        bytes(sitting.row.seed),
        shuffle_items=pool.document["shuffle_items"],
        shuffle_options=pool.document["shuffle_options"],
    )
    masks = [pool.key.masks[slot.item_ref] for slot in paper]
    return [(1 if mask != 1 else 2) if slot < wrong else mask for slot, mask in enumerate(masks)]


def make_attempt(
    made: OpenContest,
    *,
    wrong: int = 0,
    who: Registered | None = None,
    ordinal: int = 1,
    prediction: str | None = None,
    finish: bool = True,
    **fields: Any,
) -> Attempt:
    """A whole entry: register (as `fields` say), start, answer with `wrong` errors, submit."""
    person = who or register(made, **fields)
    sitting = start(made, person, ordinal)
    given = answers_input(sitting, right_answers(sitting, wrong), prediction=prediction)
    act = submit_attempt if finish else save_attempt
    row = act(token=sitting.token, given=given).row
    return Attempt.objects.get(pk=row.id)
