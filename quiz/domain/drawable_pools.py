"""The pools that a round's papers are drawn from, frozen or as they would be frozen now.

For whoever prepares a round: previews, printed papers and the report on fairness draw from these.
Nothing here reaches an entrant.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.errors import Faults, NotAllowed
from accounts.models import User
from quiz.domain.key_openings import open_keys
from quiz.domain.rounds import prepare_pools
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.drawing import Paper, PoolForDraw, draw_paper, read_pool
from quiz.enums import RoundState
from quiz.errors import RoundNotReady
from quiz.models import AudienceGroup, ItemBank, Round
from quiz.permissions import may_see_keys
from quiz.rules.document import RuleDocument


@dataclass(frozen=True)
class DrawablePool:
    """One group's pool: `document` without keys (`Pool.document`), `masks` its items' keys.

    `frozen`: it is the stored pool, which never changes; otherwise the bank as it is now.
    """

    group: AudienceGroup
    rules: RuleDocument
    document: dict[str, Any]
    masks: Sequence[int]
    frozen: bool

    @property
    def items(self) -> list[dict[str, Any]]:
        return self.document["items"]

    @property
    def draw(self) -> PoolForDraw:
        return read_pool(self.document)

    def paper(self, seed: bytes) -> Paper:
        """The paper of one seed, as an attempt with it would have."""
        return draw_paper(
            self.draw,
            seed,
            shuffle_items=self.document["shuffle_items"],
            shuffle_options=self.document["shuffle_options"],
        )

    @property
    def banks(self) -> list[ItemBank]:
        """The banks that its items come from."""
        versions = [item["version"] for item in self.items]
        return list(ItemBank.objects.filter(items__versions__in=versions).distinct())


def drawable_pools(*, round: Round, now: datetime) -> list[DrawablePool]:
    """A pool for each group, in the order of groups.

    Raises Faults with what is missing as long as a draft round's papers can't be drawn.
    """
    if round.state == RoundState.DRAFT:
        return _as_they_would_be(round, now)
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    stored = round.pools.select_related("group", "key").order_by("group__order", "group_id")
    return [
        DrawablePool(pool.group, rules, pool.document, pool.key.masks, frozen=True)
        for pool in stored
    ]


def _as_they_would_be(round: Round, now: datetime) -> list[DrawablePool]:
    salt = hashlib.sha256(b"minhthi/1/draft\0%d" % round.pk).digest()  # the same at every look
    prepared = prepare_pools(round=round, now=now, salt=salt)
    if prepared.rules is None or len(prepared.pools) < len(prepared.rules.groups):
        raise Faults(prepared.faults)
    return [
        DrawablePool(group, prepared.rules, draft.document, draft.masks, frozen=False)
        for group, draft in prepared.pools
    ]


def require_reach(*, user: User, pool: DrawablePool) -> None:
    """Raises NotAllowed unless the person may read all of its items, keys included."""
    if not all(may_see_keys(user, bank) for bank in pool.banks):
        raise NotAllowed


def open_pool_keys(*, user: User, pool: DrawablePool) -> None:
    """Note that the person is shown the keys of its banks. Raises NotAllowed."""
    require_reach(user=user, pool=pool)
    for bank in pool.banks:
        open_keys(bank=bank, user=user)
