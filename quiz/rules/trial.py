"""A rule document as the simulator reads it, and what the simulator found in plain sentences."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from quiz.engine.simulation import (
    MAY_NOT_WIN_PERCENT,
    TIED,
    WITHDRAWN_PERCENT,
    Assumptions,
    Edge,
    GroupPlan,
    Tally,
    TrialPlan,
)
from quiz.rules.figures import show_number
from quiz.rules.labels import criterion_label
from quiz.rules.schema import RuleDocument

MOST_CONTESTS = 1000
FEWEST_CONTESTS = 5


def trial_plan(document: RuleDocument) -> TrialPlan:
    """What of the rules decides prizes; a value over the whole contest is taken by the round."""
    entry, result = document.entry, document.result
    prediction = entry.prediction if result.has("prediction_error") else None
    return TrialPlan(
        chain=result.chain,
        groups=[
            GroupPlan(group.code, group.paper.item_count, document.prizes_of(group.code))
            for group in document.groups
        ],
        per_person=result.one_prize_per,
        reserves=result.reserves,
        max_share_percent=result.max_share_percent,
        limit_ms=None if entry.time_limit_seconds is None else entry.time_limit_seconds * 1000,
        attempts=entry.attempts_per_round,
        predicted=prediction.who if prediction else "",
        decimals=prediction.decimals if prediction else 0,
        over_groups=prediction is None or prediction.scope != "group",
    )


def contests_within(document: RuleDocument, entrants: int, rounds: int, people: int) -> int:
    """How many contests draw at most about so many people, five at least, a thousand at most."""
    each = max(1, entrants * rounds * len(document.groups))
    return max(FEWEST_CONTESTS, min(MOST_CONTESTS, people // each))


def trial_sentences(document: RuleDocument, assumed: Assumptions, tally: Tally) -> list[str]:
    """What happened, the most important first; figures are rounded to whole per cents."""
    if not document.result.prizes:
        return [_("Thể lệ không có giải cá nhân nên không có gì để thử.")]
    return [
        *(_edge_sentence(document, edge) for edge in tally.edges.values()),
        *_limit_sentences(document, assumed, tally),
        *_depth_sentences(document, assumed, tally),
        *_shift_sentences(tally),
    ]


def assumption_sentences(document: RuleDocument, assumed: Assumptions) -> list[str]:
    """What the figures rest on."""
    lines = [
        _("Mỗi cuộc thi %(rounds)s vòng; mỗi vòng, mỗi đối tượng có %(entrants)s người dự thi.")
        % {"rounds": assumed.rounds, "entrants": show_number(assumed.entrants)},
        _("%(percent)s%% số bài đúng tất cả; các bài khác sai trung bình một phần bảy số câu.")
        % {"percent": assumed.perfect_percent},
        _("Thời gian làm bài phần lớn quanh nửa thời hạn; cứ 30 bài có một bài hết giờ."),
    ]
    if document.entry.prediction is not None:
        lines.append(
            _(
                "Số dự đoán thường lệch cỡ một nửa giá trị thực, một phần tư là số tròn; "
                "dự đoán tỷ lệ thì lệch cỡ 15 điểm phần trăm."
            )
        )
    lines.append(
        _(
            "%(barred)s%% người dự thi không được xét giải; người đã đạt giải đều thi tiếp vòng "
            "sau và đúng hết; %(withdrawn)s%% giải bị thu hồi sau công bố."
        )
        % {"barred": MAY_NOT_WIN_PERCENT, "withdrawn": WITHDRAWN_PERCENT}
    )
    return lines


def trial_heading(assumed: Assumptions, tally: Tally) -> str:
    return _("Trong %(contests)s cuộc thi mô phỏng với %(entrants)s người mỗi vòng") % {
        "contests": show_number(tally.contests),
        "entrants": show_number(assumed.entrants),
    }


def _edge_sentence(document: RuleDocument, edge: Edge) -> str:
    counted = sum(edge.decided.values())
    words = {"prize": _prize_name(document, edge)}
    if not counted:
        return _("Ranh giới %(prize)s: không có ai đứng ngay sau giải.") % words
    ties = edge.decided.get(TIED, 0)
    words |= {
        "ways": ", ".join(
            _("%(criterion)s %(percent)s%%")
            % {"criterion": criterion_label(kind).lower(), "percent": _percent(times, counted)}
            for kind, times in sorted(edge.decided.items(), key=lambda pair: -pair[1])
            if kind != TIED
        ),
        "percent": _percent(ties, counted),
        "most": show_number(edge.most_tied),
        "last": criterion_label(document.result.chain[-1].kind),
    }
    if not ties:
        return (
            _("Ranh giới %(prize)s: không lần nào còn đồng hạng; quyết định bằng %(ways)s.") % words
        )
    sentence = _(
        "Ranh giới %(prize)s: %(percent)s%% còn đồng hạng, quyết định bằng “%(last)s” (nhiều nhất "
        "%(most)s người bằng nhau)."
    )
    decided = _("Những lần khác quyết định bằng %(ways)s.") % words if words["ways"] else ""
    return f"{sentence % words} {decided}".strip()


def _prize_name(document: RuleDocument, edge: Edge) -> str:
    tiers = document.prizes_of(edge.group)
    name = next((tier.name for tier in tiers if tier.code == edge.tier), edge.tier)
    group = document.group(edge.group)
    if len(document.groups) < 2 or group is None:
        return name
    return _("%(prize)s (%(group)s)") % {"prize": name, "group": group.name}


def _limit_sentences(document: RuleDocument, assumed: Assumptions, tally: Tally) -> Iterator[str]:
    words = {"times": show_number(tally.awardings), "prizes": show_number(tally.prizes)}
    if tally.over_limit:
        yield _("%(over)s lần xét giải trao quá giới hạn.") % {"over": tally.over_limit}
    else:
        yield (
            _("%(prizes)s giải qua %(times)s lần xét giải: không lần nào trao quá giới hạn.")
            % words
        )
    if tally.cut:
        yield (
            _(
                "%(share)s%% của %(entrants)s người ít hơn số giải, nên giải thấp nhất không trao "
                "hết; cần ít nhất %(needed)s người dự thi."
            )
            % {
                "share": document.result.max_share_percent,
                "entrants": show_number(assumed.entrants),
                "needed": show_number(_entrants_needed(document)),
            }
        )
    if tally.short:
        yield (
            _("%(percent)s%% số lần xét giải không đủ người xếp hạng để trao hết giải.")
            % {"percent": _percent(tally.short, tally.awardings)}
        )


def _entrants_needed(document: RuleDocument) -> int:
    """The fewest entrants of whom the share is at least the prizes of the richest group."""
    prizes = max(
        sum(tier.count for tier in document.prizes_of(group.code)) for group in document.groups
    )
    return -(-prizes * 100 // (document.result.max_share_percent or 100))


def _depth_sentences(document: RuleDocument, assumed: Assumptions, tally: Tally) -> Iterator[str]:
    if assumed.rounds > 1 and document.result.one_prize_per in ("contest", "year"):
        yield (
            _("Mỗi lần xét giải bỏ qua trung bình %(count)s người đã đạt giải vòng trước.")
            % {"count": _average(tally.winners_skipped, tally.awardings)}
        )
    yield (
        _("Giải cuối cùng xuống sâu nhất tới hạng %(rank)s.") % {"rank": show_number(tally.deepest)}
    )
    yield (
        _(
            "Trung bình %(gone)s giải bị thu hồi mỗi lần; %(percent)s%% số lần không đủ "
            "%(reserves)s người dự bị để thay."
        )
        % {
            "gone": _average(tally.withdrawn, tally.awardings),
            "percent": _percent(tally.reserves_short, tally.awardings),
            "reserves": document.result.reserves,
        }
    )


def _shift_sentences(tally: Tally) -> Iterator[str]:
    if tally.shifts:
        yield (
            _(
                "Nếu giá trị thực của câu dự đoán hơn hoặc kém một người, %(percent)s%% số lần có "
                "giải đổi chủ, trung bình %(moved)s giải mỗi lần."
            )
            % {
                "percent": _percent(tally.shifted, tally.shifts),
                "moved": _average(tally.prizes_shifted, tally.shifts),
            }
        )


def _percent(part: int, whole: int) -> str:
    """A whole number; what happened at all is never 0, what did not always happen never 100."""
    rounded = round(100 * part / whole)
    if 0 < part < whole:
        rounded = min(99, max(1, rounded))
    return str(rounded)


def _average(total: int, times: int) -> str:
    return show_number(round(Decimal(total) / max(1, times), 1))
