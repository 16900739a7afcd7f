"""From the close to the workbooks on the pages, each step by its button."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.models import Job
from quiz.domain.result_jobs import CLOSE_ROUND, RANK_ROUND, SEAL_ROUND, SUBMIT_RELEASE
from quiz.engine.lot import order_by_lot
from quiz.models import Award, CountOpening, LotNotice, Release
from tests.factories import HOUR, OpenContest, make_open_contest, make_person, make_rules
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.public_world import DAY
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db


def people(*seconds: int) -> list[Person]:
    return [
        Person(
            full_name=f"Người Thứ {at}",
            identity=str(at),
            birth_date=None,
            entries=[Entry(seconds=taken)],
        )
        for at, taken in enumerate(seconds, start=1)
    ]


def keys(made: OpenContest) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def closed(*seconds: int, **fields) -> tuple[OpenContest, Client]:
    """A round that its organiser has closed and ranked by the buttons of the pages."""
    made = make_open_contest(opens_in=-2 * HOUR, closes_in=HOUR, **fields)
    make_entrants(made, people(*seconds))
    made.round.closes_at = timezone.now() - timedelta(minutes=1)
    made.round.save()
    client = browser_of(made.organiser)
    send(client, "w-round-close", **keys(made))
    assert do_jobs() == [CLOSE_ROUND]
    return made, client


def test_nothing_is_shown_while_the_round_is_open():
    made = make_open_contest()
    make_entrants(made, people(100))
    page = text_of(read(browser_of(made.organiser), "w-results", **keys(made)))
    assert "Vòng thi chưa đóng" in page
    assert "Người Thứ 1" not in page


def test_a_round_is_not_closed_before_its_end():
    made = make_open_contest()
    client = browser_of(made.organiser)
    page = text_of(read(client, "w-round", **keys(made)))
    assert "Đóng vòng</span>" not in page


def test_from_close_to_workbooks_by_nine_buttons():
    made, client = closed(100, 110, 120)
    contest_page = text_of(read(client, "w-contest", pk=made.contest.pk))
    assert "Chấm, xếp hạng, xét giải</span></button>" in contest_page
    send(client, "w-rank", **keys(made))
    assert do_jobs() == [RANK_ROUND]
    page = text_of(read(client, "w-results", **keys(made)))
    assert "Danh sách đạt giải" in page
    assert re.search(r"Danh sách đạt giải.*?Người Thứ 1.*?Danh sách dự bị.*?Người Thứ 2", page)
    send(client, "w-seal", **keys(made))
    assert do_jobs() == [SEAL_ROUND]
    send(client, "w-submit-release", **keys(made))
    assert do_jobs() == [SUBMIT_RELEASE]
    release = Release.objects.get()
    page = text_of(read(client, "w-results", **keys(made)))
    assert release.digest in page
    assert "Duyệt và công bố</span>" not in page  # not for who submitted it

    asked = send(client, "w-ask-approval", {"approver": made.reviewer.pk}, **keys(made))
    page = text_of(asked)
    link = re.search(r'href="(http://testserver/duyet/[^"]+)"', page)[1]
    code = re.search(r'class="one-time-code">(\d{6})<', page)[1]
    assert code not in text_of(read(client, "w-results", **keys(made)))  # shown once

    phone = Client()  # signed in nowhere
    page = text_of(phone.get(link))
    assert "Người Thứ 1" in page
    assert release.digest in page
    decision = {"decision_number": "12/QĐ-BTC", "decision_date": "22/11/2026", "code": code}
    answer = phone.post(link, decision)
    assert "Quyết định số 12/QĐ-BTC" in text_of(answer)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert phone.get(link).status_code == 410
    made.round.refresh_from_db()
    assert made.round.state == "released"

    send(client, "w-export", **keys(made))
    assert do_jobs() == ["export_winners", "export_participation"]
    page = text_of(read(client, "w-results", **keys(made)))
    files = re.findall(r'href="(/lam-viec/tac-vu/[^"]+/tep/)"', page)
    assert len(files) == 2
    for file in files:
        assert client.get(file).status_code == 200
    page = text_of(read(client, "w-contest", pk=made.contest.pk))
    assert "Khiếu nại được nhận đến hết ngày" in page


def submitted() -> tuple[OpenContest, Client, Release]:
    made, client = closed(100, 110)
    for route in ("w-rank", "w-seal", "w-submit-release"):
        send(client, route, **keys(made))
        do_jobs()
    return made, client, Release.objects.get()


def test_the_submitter_can_not_publish_and_a_signed_in_second_person_can():
    made, client, release = submitted()
    decision = {"decision_number": "12/QĐ-BTC", "decision_date": "22/11/2026"}
    response = send(client, "w-release", decision, **keys(made))
    assert (response.status_code, "second_person_needed" in text_of(response)) == (403, True)
    second = browser_of(made.reviewer)
    assert "Duyệt và công bố</span>" in text_of(read(second, "w-results", **keys(made)))
    assert send(second, "w-release", {}, **keys(made)).status_code == 422
    send(second, "w-release", decision, **keys(made))
    release.refresh_from_db()
    assert (release.state, release.approved_by) == ("released", made.reviewer)


def test_the_number_entered_by_the_office_stands_ready_for_the_second_person():
    made, client, release = submitted()
    assert send(client, "w-decision", {}, **keys(made)).status_code == 422
    decision = {"decision_number": "15/QĐ-BTC", "decision_date": "22/11/2026"}
    send(client, "w-decision", decision, **keys(made))
    release.refresh_from_db()
    assert (release.decision_number, release.state) == ("15/QĐ-BTC", "submitted")
    page = text_of(read(browser_of(made.reviewer), "w-results", **keys(made)))
    assert 'value="15/QĐ-BTC"' in page
    asked = text_of(send(client, "w-ask-approval", {"approver": made.reviewer.pk}, **keys(made)))
    link = re.search(r'href="(http://testserver/duyet/[^"]+)"', asked)[1]
    assert 'value="15/QĐ-BTC"' in text_of(Client().get(link))


def test_a_release_sent_back_is_submitted_again():
    made, client, _release = submitted()
    second = browser_of(made.reviewer)
    assert send(second, "w-return-release", {"reason": ""}, **keys(made)).status_code == 422
    send(second, "w-return-release", {"reason": "Sai tên đơn vị"}, **keys(made))
    page = text_of(read(client, "w-results", **keys(made)))
    assert "Bản trình trước bị trả lại: Sai tên đơn vị" in page
    assert "Trình ký</span></button>" in page


def approval_of(made: OpenContest, client: Client) -> tuple[str, str]:
    page = text_of(send(client, "w-ask-approval", {"approver": made.reviewer.pk}, **keys(made)))
    link = re.search(r'href="http://testserver(/duyet/[^"]+)"', page)[1]
    return link, re.search(r'class="one-time-code">(\d{6})<', page)[1]


def test_a_wrong_code_publishes_nothing_and_keeps_what_was_typed():
    made, client, release = submitted()
    link, code = approval_of(made, client)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    decision = {"decision_number": "12/QĐ-BTC", "decision_date": "22/11/2026", "code": wrong}
    answer = Client().post(link, decision)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Mã xác nhận chưa đúng." in page
    assert 'value="12/QĐ-BTC"' in page
    release.refresh_from_db()
    assert release.state == "submitted"


def test_the_second_person_may_send_back_by_link():
    made, client, release = submitted()
    link, code = approval_of(made, client)
    data = {"return": "1", "return-reason": "Thiếu đơn vị", "return-code": code}
    assert "đã được trả lại" in text_of(Client().post(link, data))
    release.refresh_from_db()
    assert (release.state, release.returned_because) == ("returned", "Thiếu đơn vị")


def test_an_unknown_link_is_refused_with_what_to_do_next():
    response = Client().get("/duyet/khong-co/")
    assert response.status_code == 410
    assert "Đề nghị người trình gửi lại yêu cầu phê duyệt." in text_of(response)


def test_only_people_of_the_contests_units_can_be_asked():
    made, client, _release = submitted()
    stranger = make_open_contest().organiser
    response = send(client, "w-ask-approval", {"approver": stranger.pk}, **keys(made))
    assert response.status_code == 404


def test_a_tie_is_settled_by_the_boards_decision():
    made, client = closed(100, 100, 120)
    send(client, "w-rank", **keys(made))
    do_jobs()
    page = text_of(read(client, "w-results", **keys(made)))
    assert "2 người cùng hạng 1" in page
    assert "Niêm phong kết quả</span>" not in page
    first, second = re.findall(r'name="place-(\d+)"', page)
    tie = {"group": "nguoi-dan", "rank": "1", "method": "decision", "minutes": "01/BB"}
    twice = tie | {f"place-{first}": "1", f"place-{second}": "1"}
    refused = send(client, "w-tie", twice, **keys(made))
    assert (refused.status_code, "order_unclear" in text_of(refused)) == (422, False)
    assert "chưa liên tục từ 1 hoặc bị trùng" in text_of(refused)
    send(client, "w-tie", tie | {f"place-{first}": "2", f"place-{second}": "1"}, **keys(made))
    assert do_jobs() == [RANK_ROUND]
    assert Award.objects.get(kind="prize").attempt_id == int(second)
    page = text_of(read(client, "w-results", **keys(made)))
    assert "biên bản 01/BB" in page
    assert "Niêm phong kết quả</span>" in page


def test_a_tied_set_and_its_source_are_public_before_the_lot_is_drawn():
    chain = [{"kind": kind} for kind in ("score", "duration", "lot")]
    made, client = closed(100, 100, rules=make_rules(result={"chain": chain}))
    send(client, "w-rank", **keys(made))
    do_jobs()
    page = text_of(read(client, "w-results", **keys(made)))
    [digest] = re.findall(r"Mã nhóm đồng hạng: <code[^>]*>([0-9a-f]{64})</code>", page)
    tie = {"group": "nguoi-dan", "rank": "1"}
    drawn = tie | {"method": "lot", "minutes": "01/BB", "seed": "12345"}
    assert send(client, "w-tie", drawn, **keys(made)).status_code == 422
    named = tie | {"method": "publish", "source": "Xổ số miền Bắc ngày 23/11/2026"}
    assert send(client, "w-tie", named, **keys(made)).status_code == 422
    soon = timezone.localtime() + timedelta(hours=1)
    page = text_of(
        send(client, "w-tie", named | {"draws_at": f"{soon:%Y-%m-%dT%H:%M}"}, **keys(made))
    )
    assert "Nguồn chưa có kết quả" in page
    assert send(client, "w-tie", drawn, **keys(made)).status_code == 422
    public = text_of(read(Client(), "lots", code=made.contest.code))
    assert [word in public for word in (digest, named["source"], "Chưa bốc thăm")] == [True] * 3
    LotNotice.objects.update(published_at=timezone.now() - DAY, draws_at=timezone.now())
    send(client, "w-tie", drawn, **keys(made))
    do_jobs()
    public = text_of(read(Client(), "lots", code=made.contest.code))
    leaves = re.findall(r'data-leaf="([0-9a-f]{64})"', public)
    assert [leaf.hex() for leaf in order_by_lot("12345", map(bytes.fromhex, leaves))] == leaves
    made_decision = made.round.tie_decisions.get()
    page = text_of(read(client, "w-results", **keys(made)))
    assert "Xổ số miền Bắc ngày 23/11/2026: <b>12345</b>" in page
    withdraw = {"reason": "Ghi nhầm dãy số"}
    send(client, "w-tie-withdraw", withdraw, made_pk=made_decision.pk, **keys(made))
    assert do_jobs() == [RANK_ROUND]
    assert not made.round.tie_decisions.exists()


def test_a_seal_is_opened_only_with_a_reason():
    made, client = closed(100)
    send(client, "w-rank", **keys(made))
    do_jobs()
    send(client, "w-seal", **keys(made))
    do_jobs()
    assert send(client, "w-unseal", {"reason": " "}, **keys(made)).status_code == 422
    send(client, "w-unseal", {"reason": "Khiếu nại về một bài"}, **keys(made))
    made.round.refresh_from_db()
    assert made.round.state == "closed"


SECRET = make_rules(
    entry={"prediction": {"count": "persons", "who": "took_part", "scope": "round"}},
    result={"chain": [{"kind": k} for k in ("score", "prediction_error", "decision")]},
)


def test_while_counts_decide_only_the_top_of_the_ranking_is_shown():
    made, client = closed(100, 110, rules=SECRET)
    page = text_of(read(client, "w-results", **keys(made)))
    assert "ở đây chỉ hiện các thứ hạng đầu" in page
    assert "giá trị thực là" not in page
    send(client, "w-open-counts", pk=made.contest.pk)
    assert CountOpening.objects.get().user == made.organiser
    page = text_of(read(client, "w-results", **keys(made)))
    assert "2 người dự thi" in page
    assert "giá trị thực là 2." in page


def test_a_failed_job_says_why_on_the_page():
    made, client = closed(100)
    send(client, "w-seal", **keys(made))  # not awarded yet
    job = Job.objects.latest("pk")
    run_job(job_id=job.pk)
    page = text_of(read(client, "w-results", **keys(made)))
    job.refresh_from_db()
    assert job.error_code == "round_not_ready"
    assert job.error in page


def test_work_on_its_way_shows_a_bar_and_no_buttons():
    made, client = closed(100)
    page = text_of(send(client, "w-rank", **keys(made)))
    assert "Đang xử lý, trang tự cập nhật." in page
    address = reverse("w-results", kwargs=keys(made))
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    do_jobs()
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
    assert "Chấm, xếp hạng, xét giải</span></button>" not in page


def test_a_reader_sees_results_and_no_buttons():
    made, _client = closed(100)
    auditor = browser_of(make_person(Role.AUDITOR, unit=made.unit))
    page = text_of(read(auditor, "w-results", **keys(made)))
    assert "Bảng xếp hạng" in page
    assert "<button" not in page.split("workplace__main")[1].replace("<button type", "")
    assert send(auditor, "w-seal", **keys(made)).status_code == 403
