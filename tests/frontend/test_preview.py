"""“Xem thử”: entrants' own pages in every state, from which nothing can be entered or stored."""

import re

import pytest
from django.apps import apps
from django.test import Client

from accounts.enums import Role
from quiz.domain.sample_rounds import SampleState
from quiz.models import Attempt, Entrant, KeyOpening
from tests.factories import (
    make_bank,
    make_contest,
    make_open_contest,
    make_person,
    make_rules,
    make_unit,
)
from tests.frontend.contest_pages import browser_of, read, text_of

pytestmark = pytest.mark.django_db
HEADINGS = {
    SampleState.BEFORE: "Vòng thi chưa mở",
    SampleState.READY: "Sẵn sàng vào thi",
    SampleState.LATE: "không còn đủ thời gian làm bài",
    SampleState.DURING: "Nộp bài",
    SampleState.OVER: "Đã hết giờ",
    SampleState.SUBMITTED: "Đã nhận bài thi của bạn",
    SampleState.CLOSED: "Đã hết giờ, bài thi được ghi nhận",
    SampleState.RESULT: "Tra cứu kết quả của bạn",
}


def where(made) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def look(client: Client, made, state: str, query: str = ""):
    return read(client, "w-preview-state", query, state=str(state), **where(made))


@pytest.mark.parametrize("make", [make_contest, make_open_contest])
def test_every_state_of_a_draft_and_of_a_frozen_round_is_shown(make):
    made = make()
    client = browser_of(made.organiser)
    overview = text_of(read(client, "w-preview", **where(made)))
    for state, heading in HEADINGS.items():
        text = text_of(look(client, made, state))
        assert heading in text
        assert "Xem thử" in text
        assert f"/xem-thu/{state}/" in overview


def stored() -> dict[str, int]:
    """How many rows each table has; looking at pages may only touch the session."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model._meta.label: model.objects.count() for model in models}


def test_looking_and_posting_store_nothing_and_open_no_keys():
    made = make_open_contest()
    client = browser_of(make_person("organiser", unit=made.unit))
    read(client, "w-preview", **where(made))
    KeyOpening.objects.all().delete()
    before = stored()
    for state in SampleState:
        response = look(client, made, state)
        assert "minhthi_entrant" not in response.cookies
        assert (
            client.post(response.request["PATH_INFO"], {"s0": "1", "token": "x"}).status_code == 302
        )
    assert stored() == before
    assert not Attempt.objects.exists()
    assert not Entrant.objects.exists()


def test_no_page_leads_to_where_entrants_act():
    made = make_open_contest()
    client = browser_of(made.organiser)
    for state in SampleState:
        html = look(client, made, state).content.decode()
        page = html.split("</aside>", 1)[1]
        targets = re.findall(
            r'(?:action|formaction|data-save|data-submit|data-receipt)="([^"]*)"', page
        )
        assert all(target.startswith("/lam-viec/") for target in targets), targets
        assert not re.search(r'name="token" value="[^"]', page)
        assert "entry/attempt.js" not in page
        assert "entry/receipt.js" not in page
        assert "entry/ready.js" not in page


def stems(response) -> list[str]:
    return re.findall(r"Câu hỏi thử nghiệm số (\d+)", response.content.decode())


def test_another_paper_is_another_draw_and_each_stays_the_same():
    made = make_open_contest()
    client = browser_of(made.organiser)
    first = stems(look(client, made, SampleState.DURING))
    assert len(first) == 5
    assert stems(look(client, made, SampleState.DURING, "?de=1")) == first
    papers = {tuple(stems(look(client, made, SampleState.DURING, f"?de={n}"))) for n in range(1, 7)}
    assert len(papers) > 3
    for odd in ("0", "x", "99999", "-1", "²"):
        assert look(client, made, SampleState.DURING, f"?de={odd}").status_code == 200


def test_each_group_has_its_own_paper():
    made = make_open_contest(rules=make_rules(groups=("can-bo", "nguoi-dan")))
    client = browser_of(made.organiser)
    assert "nguoi-dan · đề thử số 1" in text_of(
        look(client, made, SampleState.DURING, "?doi-tuong=nguoi-dan")
    )
    assert "can-bo · đề thử số 1" in text_of(look(client, made, SampleState.DURING, "?doi-tuong=x"))


def test_the_page_for_a_start_tells_the_effective_deadline():
    made = make_open_contest()
    client = browser_of(made.organiser)
    close = made.round.closes_at.astimezone().strftime("%M:%S")
    assert close in text_of(look(client, made, SampleState.LATE))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ({"score_shown": "at_submit"}, ("Kết quả tạm tính", "hiện ngay khi nộp bài")),
        ({"score_shown": "after_release"}, ("Điểm được công bố cùng", "chỉ hiện sau khi công bố")),
        ({"key_shown": "never"}, ("Điểm được công bố cùng", "Đáp án không được công bố.")),
    ],
)
def test_scores_and_keys_follow_the_rules(result, said):
    made = make_open_contest(rules=make_rules(result=result))
    client = browser_of(made.organiser)
    assert said[0] in text_of(look(client, made, SampleState.SUBMITTED))
    assert said[1] in text_of(look(client, made, SampleState.RESULT))


def test_reviewers_look_and_other_readers_do_not():
    made = make_open_contest()
    for role, status in (("reviewer", 200), ("exporter", 403), ("auditor", 403), ("author", 403)):
        client = browser_of(make_person(role, unit=made.unit))
        assert look(client, made, SampleState.DURING).status_code == status


def test_papers_of_a_bank_out_of_reach_are_not_shown():
    made = make_contest()
    there = make_unit("Nơi khác")
    author, reviewer = (make_person(role, unit=there) for role in ("author", "reviewer"))
    made.contest.groups.update(bank=make_bank(unit=there, author=author, reviewer=reviewer))
    assert look(browser_of(made.organiser), made, SampleState.DURING).status_code == 403


def test_unknown_states_and_missing_papers():
    made = make_contest(rules=make_rules(paper={"blueprint": [{"count": 9}]}))
    client = browser_of(made.organiser)
    assert "Chưa ra đề được" in text_of(read(client, "w-preview", **where(made)))
    assert look(client, made, "khac").status_code == 404
    assert look(client, made, SampleState.DURING).status_code == 422


def test_a_reviewer_finds_the_preview_at_the_bank():
    """Whose only role is to review sees no contest's pages, where the other link is."""
    made = make_contest()
    bank = made.groups[0].bank
    reviewer = browser_of(make_person(Role.REVIEWER, unit=made.unit))
    page = text_of(read(reviewer, "w-bank", pk=bank.pk))
    [address] = re.findall(r'href="([^"]*/xem-thu/)"', page)
    assert reviewer.get(address).status_code == 200
    author = browser_of(make_person(Role.AUTHOR, unit=made.unit))
    assert "/xem-thu/" not in text_of(read(author, "w-bank", pk=bank.pk))
