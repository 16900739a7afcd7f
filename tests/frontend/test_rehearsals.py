"""The page on which a contest is rehearsed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Job
from quiz.engine.rehearsing import Measurement, report_of
from quiz.enums import RehearsalState
from quiz.models import Rehearsal
from tests.factories import HOUR, make_contest, make_open_contest
from tests.frontend.contest_pages import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)


def page(made, data=None, **headers):
    browser, url = browser_of(made.organiser), reverse("w-rehearsals", args=[made.contest.pk])
    if data is None:
        return browser.get(url, headers=headers)
    return browser.post(url, data, follow=True)


def ended(made, **changes) -> Rehearsal:
    measured = Measurement(begun=1200, completed=1200, requests=12000, seconds=600.0)
    measured.times["save"] += [0.012] * 4800
    measured.times["register"] += [0.02] * 1200
    for name, value in changes.items():
        setattr(measured, name, value)
    return Rehearsal.objects.create(
        contest=made.contest,
        entrants=1200,
        minutes=10,
        state=RehearsalState.ENDED,
        finished_at=timezone.now(),
        report=report_of(measured, entrants=1200, minutes=10, lost=changes.get("begun", 0) % 7),
    )


def test_it_is_asked_for_shown_and_cancelled(made):
    assert "Chưa diễn tập lần nào" in text_of(page(made))
    shown = text_of(page(made, {"entrants": "30", "minutes": "2"}))
    rehearsal = Rehearsal.objects.get()
    assert (rehearsal.entrants, rehearsal.minutes) == (30, 2)
    assert rehearsal.url == "http://127.0.0.1:80"
    assert Job.objects.get().kind == "rehearse"
    assert "30 người trong 2 phút" in shown
    assert "Dừng diễn tập" in shown
    cancel = reverse("w-rehearsal-cancel", args=[made.contest.pk, rehearsal.pk])
    assert "Đang dừng…" in text_of(browser_of(made.organiser).post(cancel, follow=True))


def test_a_page_that_asks_again_is_told_when_nothing_moved(made):
    page(made, {"entrants": "30", "minutes": "2"})
    url = reverse("w-rehearsals", args=[made.contest.pk])
    browser = browser_of(made.organiser)
    again = {"headers": {"HX-Request": "true"}}
    assert browser.get(f"{url}?done=0", **again).status_code == 204
    assert browser.get(f"{url}?done=7", **again).status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"entrants": "0", "minutes": "1"}, "Từ 1 đến 20.000 người."),
        ({"entrants": "9000", "minutes": "1"}, "Nhiều nhất 3.000 người mỗi phút."),
        ({"entrants": "", "minutes": ""}, "bắt buộc"),
    ],
)
def test_sizes_that_can_not_be_are_refused_in_place(made, data, sentence):
    answer = page(made, data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Rehearsal.objects.count() == 0


def test_near_an_open_round_it_has_to_be_wanted():
    made = make_open_contest()
    data = {"entrants": "30", "minutes": "1"}
    assert "Có vòng thi đang mở" in text_of(page(made, data))
    page(made, data | {"anyway": "on"})
    assert Rehearsal.objects.count() == 1


def test_a_report_says_what_was_measured_and_what_was_not(made):
    ended(made)
    shown = text_of(page(made))
    assert "Đã đo: 1.200 trên 1.200 lượt trong 600 giây, tức 120 lượt mỗi phút" in shown
    assert "không mất câu nào" in shown
    assert "Chưa đo" in shown
    assert "Tải cao hơn 120 lượt mỗi phút" in shown
    assert shown.index("1.200</td>") < shown.index("4.800</td>")  # as people meet the steps


def test_lost_answers_and_early_ends_stand_out(made):
    ended(made, begun=3, stopped="errors")
    shown = text_of(page(made))
    assert "mất câu trả lời" in shown
    assert "Đã tự dừng vì hơn một phần năm số yêu cầu gặp lỗi." in shown
