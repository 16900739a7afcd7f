"""What the page of a round's corrections shows: changes, their effect, earlier corrections."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quiz.domain.release_history import options_of
from quiz.enums import AwardKind, KeyRemedy
from quiz.models import Award, Correction, CorrectionChange, KeyAmendment, Pool, Round
from quiz.models.correction import UNDECIDED

LETTERS = "ABCDEFGH"
FOUND = 30


@dataclass(frozen=True)
class ShownItem:
    """An item of a round's pool; `options`: (letter, text, whether the committed key names it)."""

    pool: Pool
    place: int
    stem: str
    kind: str
    options: list[tuple[str, str, bool]]

    @property
    def number(self) -> int:
        return self.place + 1


def shown_item(pool: Pool, place: int) -> ShownItem:
    """Call it for who may see keys; the pool's key is read."""
    item, key = pool.document["items"][place], pool.key.masks[place]
    return ShownItem(
        pool=pool,
        place=place,
        stem=item["stem"],
        kind=item["kind"],
        options=[
            (LETTERS[at], text, bool(key >> at & 1)) for at, text in enumerate(item["options"])
        ],
    )


def find_items(round: Round, wanted: str) -> list[tuple[Pool, int, str]]:
    """(pool, place, stem) of the items whose stem holds the words, in the pools' order."""
    words = wanted.casefold()
    return [
        (pool, place, item["stem"])
        for pool in round.pools.select_related("group").order_by("group__order", "pk")
        for place, item in enumerate(pool.document["items"])
        if words in item["stem"].casefold()
    ]


def amendment_row(made: KeyAmendment, *, keys: bool) -> dict[str, Any]:
    """An amendment in words; the options only with `keys`."""
    item = made.pool.document["items"][made.place]
    return {
        "made": made,
        "stem": item["stem"],
        "number": made.place + 1,
        "group": made.pool.group.name,
        "remedy": made.get_remedy_display(),
        "old": " · ".join(options_of(item["options"], made.old_mask)) if keys else "",
        "new": " · ".join(options_of(item["options"], made.new_mask)) if keys else "",
        "reason": made.reason,
    }


def change_rows(correction: Correction, *, keys: bool) -> dict[str, Any]:
    """All that a correction is made of."""
    return {
        "amendments": [
            amendment_row(made, keys=keys)
            for made in correction.amendments.select_related("pool__group")
        ],
        "attempts": list(correction.attempts.select_related("attempt__entrant")),
        "withdrawals": list(correction.withdrawals.select_related("entrant", "group")),
        "decided": list(correction.tie_decisions.select_related("group")),
    }


def effect_rows(correction: Correction) -> QuerySet[CorrectionChange]:
    """One row an entry, those whose prize changes first."""
    changes = CorrectionChange.objects.filter(correction=correction)
    return changes.select_related("entrant__unit", "attempt", "group").order_by("pk")


def fate_rows(preview: dict[str, Any]) -> list[tuple[str, int, int]]:
    """(fate in words, entries before, entries after)."""
    words = {
        "counted": _("Được tính"),
        "superseded": _("Lượt không được chọn tính"),
        "unranked": _("Không đủ điều kiện xếp hạng"),
        "voided": _("Bị huỷ"),
        "duplicate": _("Của đăng ký trùng"),
    }
    old, new = preview["fates"]["old"], preview["fates"]["new"]
    return [(text, old[fate], new[fate]) for fate, text in words.items()]


def prize_choices(round: Round) -> list[tuple[str, str]]:
    """The round's prizes to choose one to withdraw: (award id, “Giải Nhất – Lê Ví Dụ”)."""
    awards = Award.objects.filter(round=round, kind=AwardKind.PRIZE)
    ordered = awards.select_related("entrant", "group").order_by("group__order", "place")
    return [(str(made.pk), f"{made.tier_name} – {made.entrant.full_name}") for made in ordered]


def earlier_corrections(round: Round) -> QuerySet[Correction]:
    """Those decided or dropped, the newest first."""
    decided = round.corrections.filter(~Q(state__in=UNDECIDED))
    return decided.select_related("opened_by", "decided_by", "release").order_by("-number")


def remedy_choices(kind: str) -> list[tuple[str, str, str]]:
    """The four remedies with what each does."""
    notes = {
        KeyRemedy.REPLACE: _("Chỉ phương án chọn dưới đây là đúng."),
        KeyRemedy.ACCEPT_BOTH: _("Đáp án đã chốt và phương án chọn dưới đây đều đúng."),
        KeyRemedy.MARKS_TO_ALL: _("Trả lời thế nào, kể cả bỏ trống, cũng được trọn điểm câu."),
        KeyRemedy.DROP: _("Câu không tính vào điểm và không tính vào số câu."),
    }
    return [(remedy.value, str(remedy.label), notes[remedy]) for remedy in KeyRemedy]
