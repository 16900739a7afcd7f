"""The reviewers' page of integrity hints."""

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from quiz.enums import HintKind
from quiz.models import Attempt, IntegrityHint
from tests.factories import make_open_contest
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.results_factory import Person, close, make_entrants

pytestmark = pytest.mark.django_db
PAIR = {"same": 19, "common": 20, "same_wrong": 7, "apart": 240_000, "one_unit": True}


def closed():
    made = make_open_contest()
    make_entrants(made, [Person(full_name=name, birth_date=None) for name in ("Lê An", "Lê Bình")])
    close(made)
    return made


def where(made) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def tell(made, kind: str, details: dict, **fields) -> IntegrityHint:
    return IntegrityHint.objects.create(
        round=made.round, kind=kind, mark=kind, details=details, found_at=timezone.now(), **fields
    )


def test_the_page_says_what_is_looked_at_and_what_is_not():
    made = closed()
    text = text_of(read(browser_of(made.organiser), "w-hints", **where(made)))
    assert "Không có dấu hiệu nào" in text
    assert "Hệ thống không thu dấu vết thiết bị" in text
    assert "ở bộ phận Một cửa, nhiều người lần lượt thi trên một máy là bình thường" in text


def test_looking_is_a_job():
    made = closed()
    send(browser_of(made.organiser), "w-hints-find", **where(made))
    assert do_jobs() == ["find_hints"]


def test_a_hint_gives_its_figures_and_leads_to_the_entries():
    made = closed()
    attempts = list(Attempt.objects.order_by("pk").values_list("pk", flat=True))
    tell(made, HintKind.ALIKE, {"pairs": [PAIR], "all": 1}, attempts=attempts)
    tell(made, HintKind.SPEED, {"seconds": 12.5, "answered": 20, "right": 19}, attempts=[1])
    version = made.banks[0].items.first().current
    drift = {"before": 0.5, "after": 0.8, "cut": 3, "periods": 7}
    tell(made, HintKind.DRIFT, drift, version=version)
    text = text_of(read(browser_of(made.organiser), "w-hints", **where(made)))
    assert (
        "Giống nhau 19 trên 20 câu chung, trong đó 7 câu cùng sai một phương án; "
        "kết thúc cách nhau 4 phút; cùng đơn vị."
    ) in text
    assert "Trả lời 20 câu trong 12,5 giây, đúng 19 câu." in text
    assert "Tỷ lệ đúng từ 50,0 % lên 80,0 % kể từ phần 4 trên 7 của vòng" in text
    for attempt in Attempt.objects.all():
        assert f"/nguoi-du-thi/{attempt.entrant_id}/" in text


def test_a_hint_is_marked_as_seen_with_a_note():
    made = closed()
    hint = tell(made, HintKind.SPEED, {"seconds": 12, "answered": 20, "right": 19})
    client = browser_of(made.organiser)
    send(client, "w-hint", {"note": "Máy ghi nhầm"}, hint_pk=hint.pk, **where(made))
    text = text_of(read(client, "w-hints", **where(made)))
    assert "đã xem lúc" in text
    assert "Máy ghi nhầm" in text
    assert AuditEntry.objects.filter(act="see_hint").count() == 1


def test_an_open_round_is_not_looked_at():
    made = make_open_contest()
    text = text_of(read(browser_of(made.organiser), "w-hints", **where(made)))
    assert "Máy chỉ xét sau khi vòng thi đóng." in text
    assert "Tìm dấu hiệu" not in text
