"""Frozen rounds as each process keeps them: read once, then used by every hot call.

What is here never changes once the round has opened. Before that the organiser may still unfreeze,
so until the opening a copy holds for a moment only, and the hot statements compare the commitment
with the stored one in any case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.domain.consents import current_consent_text
from accounts.enums import ConsentPurpose
from quiz.domain.bounded_cache import BoundedCache
from quiz.domain.clock import read_now
from quiz.drafts import Media
from quiz.engine.drawing import PoolForDraw, read_pool
from quiz.enums import ContestState, RoundState
from quiz.errors import ContestNotFound, RegistrationClosed, UnknownToken
from quiz.models import Contest, Pool, Round
from quiz.rules.document import RuleDocument, parse_rules

ROUNDS_KEPT = 32
UNSURE_SECONDS = 2.0
# Its papers and rules are fixed; the contest's title and hotline may still be corrected.
OPEN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """An item as entrants see it: there is no key here to leak."""

    version: int
    kind: str
    stem: str
    options: tuple[str, ...]
    fixed_order: bool
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class FrozenPool:
    """One group's pool; `slots` is the number of items of each paper."""

    id: int
    group_id: int
    group_code: str
    group_name: str
    digest: str
    items: tuple[FrozenItem, ...]
    draw: PoolForDraw
    shuffle_items: bool
    shuffle_options: bool
    leaf_version: int
    slots: int

    @cached_property
    def mime_types(self) -> Mapping[str, str]:
        """{SHA-256: type} of all its pictures and sounds."""
        return {each.sha256: each.mime for item in self.items for each in item.media}


@dataclass(frozen=True)
class FrozenRound:
    """A round from its freeze on. The window is not here: the statements read it."""

    id: int
    number: int
    name: str
    contest_id: int
    contest_code: str
    contest_title: str
    body_name: str
    hotline: str
    rules_id: int
    rules: RuleDocument
    commitment: str
    public_key: str
    consent_text_id: int
    minor_text_id: int
    pools: Mapping[int, FrozenPool]
    # The round of a rehearsal: its entrants all come from this installation's own address.
    rehearsed: bool = False

    @property
    def grace_ms(self) -> int:
        return self.rules.entry.grace_ms

    def pool_of_group(self, code: str) -> FrozenPool | None:
        return next((pool for pool in self.pools.values() if pool.group_code == code), None)

    def pool(self, pool_id: int) -> FrozenPool:
        """Raises UnknownToken: pool numbers come from tokens only."""
        for pool in self.pools.values():
            if pool.id == pool_id:
                return pool
        raise UnknownToken()


def _freeze_pool(pool: Pool) -> FrozenPool:
    document = pool.document
    return FrozenPool(
        id=pool.pk or 0,
        group_id=pool.group_id,
        group_code=pool.group.code,
        group_name=pool.group.name,
        digest=pool.digest,
        items=tuple(
            FrozenItem(
                version=item["version"],
                kind=item["kind"],
                stem=item["stem"],
                options=tuple(item["options"]),
                fixed_order=item["fixed_order"],
                media=tuple(Media(**each) for each in item.get("media", ())),
            )
            for item in document["items"]
        ),
        draw=read_pool(document),
        shuffle_items=document["shuffle_items"],
        shuffle_options=document["shuffle_options"],
        leaf_version=document.get("leaf_version", 1),
        slots=sum(row["count"] for row in document["rows"]),
    )


def _load_round(round_id: int) -> tuple[FrozenRound, float]:
    found = (
        Round.objects.select_related("contest", "rules")
        .exclude(state=RoundState.DRAFT)
        .filter(pk=round_id)
        .first()
    )
    if found is None or found.rules is None:
        raise UnknownToken()
    frozen = assemble_round(
        round=found,
        rules=parse_rules(found.rules.document),
        pools=found.pools.select_related("group").order_by("group__order", "group_id"),
        minor_text_id=current_consent_text(purpose=ConsentPurpose.PUBLISH_MINOR).pk,
    )
    opened = found.opens_at <= read_now()
    return frozen, OPEN_SECONDS if opened else UNSURE_SECONDS


def assemble_round(
    *, round: Round, rules: RuleDocument, pools: Iterable[Pool], minor_text_id: int = 0
) -> FrozenRound:
    """The round with these rules and pools as entrants' pages read it, stored or not.

    Without `minor_text_id` nobody can register for it.
    """
    contest = round.contest
    return FrozenRound(
        id=round.pk,
        number=round.number,
        name=round.name,
        contest_id=contest.pk,
        contest_code=contest.code,
        contest_title=contest.title,
        body_name=contest.body_name,
        hotline=contest.hotline,
        rules_id=round.rules_id or 0,
        rules=rules,
        commitment=round.commitment,
        public_key=round.public_key,
        consent_text_id=contest.consent_text_id or 0,
        rehearsed=contest.rehearses_id is not None,
        minor_text_id=minor_text_id,
        pools={pool.group_id: _freeze_pool(pool) for pool in pools},
    )


_rounds: BoundedCache[int, FrozenRound] = BoundedCache(size=ROUNDS_KEPT, load=_load_round)


def frozen_round(round_id: int) -> FrozenRound:
    """The round as frozen. Raises UnknownToken when there is none."""
    return _rounds.get(round_id)


@dataclass(frozen=True)
class EntryWindow:
    """The round of a contest that people register for now: open, else the next to open."""

    round_id: int
    opens_at: datetime
    closes_at: datetime


def _load_window(contest_code: str) -> tuple[EntryWindow, float]:
    now = read_now()
    found = (
        Round.objects.filter(
            contest__code=contest_code,
            contest__state=ContestState.PUBLISHED,
            state=RoundState.FROZEN,
            closes_at__gt=now,
        )
        .order_by("opens_at", "number")
        .first()
    )
    if found is None:
        public = Contest.objects.public().filter(code=contest_code)
        raise RegistrationClosed() if public.exists() else ContestNotFound()
    window = EntryWindow(found.pk, found.opens_at, found.closes_at)
    return window, UNSURE_SECONDS


_windows: BoundedCache[str, EntryWindow] = BoundedCache(size=ROUNDS_KEPT, load=_load_window)


def entry_window(contest_code: str) -> EntryWindow:
    """The round people register for. Raises RegistrationClosed, ContestNotFound.

    May be up to two seconds old; the statements check the window themselves.
    """
    return _windows.get(contest_code)


def forget_round(round_id: int, contest_code: str) -> None:
    """Read the round again at the next call (in this process)."""
    _rounds.forget(round_id)
    _windows.forget(contest_code)


def clear_frozen() -> None:
    """For tests."""
    _rounds.clear()
    _windows.clear()
