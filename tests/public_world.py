"""One contest in each state that anyone may meet, for tests of the public pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from quiz.enums import ReleaseState, RoundState
from quiz.models import Contest, Release
from quiz.rules.document import PrizeTier, RuleDocument
from tests.factories import OpenContest, make_contest, make_open_contest, make_rules

DAY = timedelta(days=1)
PRIZES = [
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=5_000_000),
    PrizeTier(code="nhi", name="Giải Nhì", count=2, money=3_000_000),
    PrizeTier(code="ba", name="Giải Ba", count=5, money=1_000_000),
    PrizeTier(code="kk", name="Giải Khuyến khích", count=20, money=300_000),
]
GROUPS = ("nguoi-dan", "can-bo")


@dataclass(frozen=True)
class PublicWorld:
    open: OpenContest
    coming: OpenContest
    closed: OpenContest
    released: OpenContest
    release: Release
    draft: Contest


def public_rules() -> RuleDocument:
    """Two groups, four tiers: what a page has to find room for."""
    return make_rules(groups=GROUPS, result={"prizes": PRIZES})


def make_public_world() -> PublicWorld:
    opened = make_open_contest(rules=public_rules(), closes_in=3 * DAY + timedelta(hours=4))
    coming = make_contest(rules=public_rules(), opens_in=5 * DAY, closes_in=12 * DAY)
    closed = make_open_contest(rules=public_rules())
    released = make_open_contest(rules=public_rules())
    draft = make_contest(rules=public_rules())
    Contest.objects.filter(pk=draft.contest.pk).update(state="draft")
    _name(opened, "Tìm hiểu cải cách hành chính và dịch vụ công trực tuyến năm 2026")
    _name(coming, "Cán bộ, công chức với chuyển đổi số")
    _name(closed, "Người dân với dịch vụ công toàn trình")
    _name(released, "Một cửa – gần dân, vì dân")
    _close(closed)
    _close(released)
    return PublicWorld(opened, coming, closed, released, make_release(released), draft.contest)


def _name(made: OpenContest, title: str) -> None:
    made.contest.title = title
    made.contest.summary = (
        "Cuộc thi giúp người dân và cán bộ nắm vững quyền lợi, cách nộp hồ sơ trực tuyến và những "
        "thay đổi mới của thủ tục hành chính."
    )
    made.contest.body_name = "Ủy ban nhân dân tỉnh Đắk Lắk"
    made.contest.save()
    made.round.name = "Tuần 1"
    made.round.save()
    names = {"nguoi-dan": "Người dân", "can-bo": "Cán bộ, công chức, viên chức"}
    for group in made.contest.groups.all():
        group.name = names[group.code]
        group.save()


def _close(made: OpenContest) -> None:
    now = timezone.now()
    made.round.opens_at, made.round.closes_at = now - 8 * DAY, now - DAY
    made.round.state, made.round.closed_at = RoundState.CLOSED, now - DAY
    made.round.save()


def winner(place: int, prize: str, name: str, **fields: Any) -> dict[str, Any]:
    """A row as a release's document holds it."""
    row = {"group": "nguoi-dan", "place": place, "prize": prize, "money": 1, "name": name}
    figures = {"correct": 20, "total": 20, "prediction": "14492", "duration_ms": 247_000 + place}
    return row | figures | {"unit": "Xã Hòa Thịnh"} | fields


def make_release(made: OpenContest, **fields: Any) -> Release:
    """The first release of the round, already published."""
    winners = [
        winner(1, "Giải Nhất", "Nguyễn Thị Thử Nghiệm"),
        winner(2, "Giải Nhì", "Trần Văn Thử Nghiệm", unit="Phường Tuy Hòa"),
        winner(1, "Giải Nhất", "Ksor H’Thử Nghiệm", group="can-bo", unit="Sở Tư pháp"),
    ]
    made.round.state = RoundState.RELEASED
    made.round.save()
    now = timezone.now()
    defaults = {
        "contest": made.contest,
        "round": made.round,
        "number": 1,
        "state": ReleaseState.RELEASED,
        "document": {"winners": winners, "root": "5f" * 32},
        "digest": "a1" * 32,
        "decision_number": "12/QĐ-BTC",
        "decision_date": date(2026, 11, 20),
        "submitted_by": made.organiser,
        "submitted_at": now,
        "approved_by": made.reviewer,
        "released_at": now,
    }
    return Release.objects.create(**defaults | fields)
