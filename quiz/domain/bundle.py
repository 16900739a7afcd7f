"""What a release publishes so that anyone can recheck it, as plain values ready for JSON.

Entries that are ranked open their paper and answers, with which they are marked again, and of the
values the chain compares as much as `bundle_frontier` says. The others show their leaf alone, and
so does an entry too few are like. Where the rules never publish keys, marks are declared instead of
papers opened.
"""

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from accounts.crypto import open_text
from quiz.domain.amendments import amendment_document, amendments_in_force
from quiz.domain.awards import count_entrants
from quiz.domain.bundle_earlier import EarlierBundles, Told, earlier_releases
from quiz.domain.bundle_frontier import (
    OPENED,
    Facts,
    Frontier,
    Hidings,
    Opening,
    frontiers,
    read_facts,
)
from quiz.domain.bundle_heads import bundle_heads
from quiz.domain.bundle_units import unit_table
from quiz.domain.leaves import Committed, bounds_of, iterate_committed, leaves_of
from quiz.domain.rounds import commitment_document
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.ties import decisions_in_force
from quiz.engine.awards import Awards
from quiz.engine.bounds import open_bounds
from quiz.engine.canonical import plain
from quiz.engine.commitments import open_committed
from quiz.engine.hiding import FEWEST, Shown
from quiz.enums import AwardKind
from quiz.errors import RoundNotReady
from quiz.models import Award, LotNotice, Release, Round
from quiz.rules.document import RuleDocument

FORMAT = "minhthi-bundle/2"
FORMAT_NEWER = "minhthi-bundle/3"  # prizes by age, attempts beyond the rules, or a cut score
SIDE = "side"  # the kind of an award that doesn't follow the rank


@dataclass(frozen=True)
class BundleContent:
    """`parts`: file name → JSON-ready value; `streams`: file name → rows, each read once."""

    format_name: str
    parts: dict[str, Any]
    streams: dict[str, Iterator[dict[str, Any]]]


def bundle_content(
    *,
    release: Release,
    with_keys: bool = False,
    on_leaf: Callable[[bytes], object] | None = None,
) -> BundleContent:
    """Everything the bundle holds; `leaves.jsonl` has a row per leaf, in the tree's order.

    Read the streams inside the transaction of this call; `on_leaf` is told each leaf as it is
    read. `with_keys`: keys and papers even where the rules never publish them.
    """
    round = release.round
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    public = with_keys or keys_are_public(rules)
    fronts, plans = frontiers(round)
    earlier = [one.document for one in earlier_releases(release)]
    rows = _Rows(round, fronts, EarlierBundles(release), public=public, whole=with_keys)
    parts = {
        "release.json": release.document,
        **({"earlier.json": earlier} if earlier else {}),
        "commitment.json": _commitment(round, rules, public=public),
        "awards.json": plain(_awards(round, plans)),
        **({"heads.json": rows.heads.rows} if rows.heads.rows else {}),
        **_unit_parts(release),
    }
    leaves = rows.all(on_leaf or (lambda _leaf: None))
    extra = "extra_attempts" in release.document
    newer = rules.has_side_prizes or rules.cuts_score or extra
    name = FORMAT_NEWER if newer else FORMAT
    return BundleContent(name, parts, {"leaves.jsonl": leaves})


def _unit_parts(release: Release) -> dict[str, Any]:
    """The table behind the collective prizes that the release names."""
    if "unit_prizes" not in release.document:
        return {}
    return {"units.json": unit_table(round=release.round)}


def keys_are_public(rules: RuleDocument) -> bool:
    return rules.result.key_shown == "after_release"


def _commitment(round: Round, rules: RuleDocument, *, public: bool) -> dict[str, Any]:
    """What was committed to at the freeze, with the secret that opens it.

    Where keys stay secret only the rules are shown, and the commitment can't be opened.
    """
    pools = list(round.pools.select_related("group", "key"))
    document = commitment_document(
        rules=rules,
        pools={pool.group.code: pool.document for pool in pools},
        keys={pool.group.code: pool.key.masks for pool in pools},
        public_key=round.public_key,
    )
    if not public:
        return plain({"secret": None, "document": {"rules": document["rules"]}})
    opened: dict[str, Any] = {"secret": open_text(bytes(round.secret.salt)), "document": document}
    if not keys_are_public(rules):  # the release tells of amendments only that they are
        made = amendments_in_force(round=round)
        opened |= {"amendments": [amendment_document(one) for one in made]} if made else {}
    return plain(opened)


def _leaf_names(round: Round, attempts: Collection[int]) -> dict[int, str]:
    found = leaves_of(round=round, attempts=attempts)
    return {attempt: leaf.hex() for attempt, leaf in found.items()}


def _awards(round: Round, plans: dict[int, Awards]) -> dict[str, Any]:
    """Prizes, reserves, who was passed over and decided ties, all by leaf."""
    awards = list(round.awards.select_related("group").order_by("group_id", "kind", "place"))
    ties = list(decisions_in_force(round=round).select_related("group", "notice"))
    skipped = {group: planned.skipped for group, planned in plans.items()}
    leaf = _leaf_names(
        round,
        {award.attempt_id for award in awards}
        | {attempt for tie in ties for attempt in tie.order}
        | {one.attempt for passed in skipped.values() for one in passed},
    )
    groups = {group.pk: group for group in round.contest.groups.all()}
    side = {(pk, one.place) for pk, planned in plans.items() for one in planned.side.awards}
    return {
        "awards": [
            {
                "group": award.group.code,
                "kind": _kind(award, side),
                "tier": award.tier,
                "place": award.place,
                "rank": award.rank,
                "leaf": leaf[award.attempt_id],
            }
            for award in awards
        ],
        "skipped": [
            {"group": groups[pk].code, "leaf": leaf[one.attempt]}
            for pk, passed in skipped.items()
            for one in passed
        ],
        "ties": [
            {
                "group": tie.group.code,
                "method": tie.method,
                "source": tie.source,
                "seed": tie.seed,
                "minutes": tie.minutes,
                "order": [leaf[attempt] for attempt in tie.order],
                **_notice(tie.notice),
            }
            for tie in ties
        ],
        **_withdrawn_notices(round),
        "entrants": {
            group.code: count_entrants(round=round, group=group) for group in groups.values()
        },
    }


def _kind(award: Award, side: Collection[tuple[int, int]]) -> str:
    is_side = award.kind == AwardKind.PRIZE and (award.group_id, award.place) in side
    return SIDE if is_side else award.kind


def _notice(notice: LotNotice | None) -> dict[str, Any]:
    """What was published before a lot was drawn."""
    if notice is None:
        return {}
    told = {"published_at": notice.published_at, "draws_at": notice.draws_at}
    return {"notice": {"digest": notice.digest, **told}}


def _withdrawn_notices(round: Round) -> dict[str, Any]:
    """Notices of lots that were taken back: nobody asked twice unseen."""
    notices = round.lot_notices.exclude(withdrawn_at=None).select_related("group")
    told = [
        {
            "group": notice.group.code,
            "source": notice.source,
            **_notice(notice)["notice"],
            "withdrawn_at": notice.withdrawn_at,
            "reason": notice.withdrawn_because,
        }
        for notice in notices
    ]
    return {"withdrawn": told} if told else {}


class _Rows:
    """The rows of `leaves.jsonl`."""

    def __init__(
        self,
        round: Round,
        fronts: dict[int, Frontier],
        earlier: EarlierBundles,
        *,
        public: bool,
        whole: bool,
    ) -> None:
        self.round, self.fronts, self.public = round, fronts, public
        self.earlier = earlier
        self.codes = dict(round.contest.groups.values_list("pk", "code"))
        self.hidings = Hidings(round, fronts, earlier.told())
        facts = zip(read_facts(round), earlier.told(), strict=False) if round.heads.exists() else ()
        shown = ((self._shown(one, told)[1], one.over_at) for one, told in facts)
        self.heads = bundle_heads(
            round=round,
            shown=shown,
            fewest=0 if whole else FEWEST,
            opened_before=None if whole else earlier.opened_heads(),
        )

    def all(self, on_leaf: Callable[[bytes], object]) -> Iterator[dict[str, Any]]:
        """In the tree's order."""
        committed = iterate_committed(round=self.round)
        pairs = zip(read_facts(self.round), committed, strict=True)
        for (facts, one), told in zip(pairs, self.earlier.told(), strict=False):
            if facts.attempt != one.attempt.pk:
                raise ValueError("the round changed while its bundle was written")
            on_leaf(one.leaf)
            yield self._row(facts, one, told) | self.heads.first(one.attempt.ended_at)

    def _shown(self, facts: Facts, told: Told) -> tuple[Opening | None, Hashable | None]:
        """What is opened of an entry for the chain (None: its leaf alone), and what it is shown
        alike with (None: nothing, at the front and where only the leaf is shown).
        """
        if facts.fate not in OPENED or facts.erased:
            return None, None
        opening = self.fronts[facts.group].opening(facts)
        if opening.profile is None:
            return opening, None
        shown = self.hidings.shown(facts.group, told, opening.profile)
        if shown == Shown.LEAF:
            return None, None
        if shown == Shown.BEHIND:
            return Opening(behind=True), (facts.group, shown)
        return opening, (facts.group, opening.profile)

    def _row(self, facts: Facts, one: Committed, told: Told) -> dict[str, Any]:
        closed: dict[str, Any] = {"fate": facts.fate, "leaf": one.leaf.hex()}
        if facts.fate not in OPENED:
            return closed
        if not one.values:
            return closed | {"closed": "erased"} | self._place_held(facts)
        opening, _alike = self._shown(facts, told)
        if opening is None:
            return closed | {"closed": "few"}
        return self._open_row(facts, one, opening)

    def _place_held(self, facts: Facts) -> dict[str, Any]:
        """An erased entry at the front tells its place, since nothing can be opened of it, and
        whether it shares it with one that is opened.
        """
        front = self.fronts[facts.group]
        if facts.rank is None or facts.rank > front.rank:
            return {}
        held: dict[str, Any] = {"group": self.codes[facts.group], "rank": facts.rank}
        if facts.rank in front.opened_ranks:
            held["shared"] = True
        return {"held": held}

    def _open_row(self, facts: Facts, one: Committed, opening: Opening) -> dict[str, Any]:
        secret = bytes(one.attempt.secret)
        fields = {"group", "person", *opening.fields}
        if self.public:
            fields |= {"paper", "answers"}
        if opening.profile is None and "round" in one.written:
            fields.add("round")
        if opening.bounds:
            fields.add("bounds")
        row: dict[str, Any] = {
            "fate": facts.fate,
            "opening": open_committed(secret, one.written, one.commitments, fields),
        }
        if opening.bounds:
            row["bounds"] = open_bounds(secret, bounds_of(one.values), opening.bounds)
        if opening.declared:
            row["declared"] = opening.declared
        if opening.behind:
            row["behind"] = True
        if not self.public:
            row["marks"] = {
                "score": plain(facts.mark),
                "correct": facts.right,
                "answered": facts.answered,
                "total": facts.items,
            }
        return row
