"""The pages of figures, for the workplace and for everybody."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quiz.domain.releases import approve_release, submit_for_signature
from quiz.models import KeptFigures
from tests.factories import make_contest, make_open_contest
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.quiz.domain.test_figures import SECRET
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db


def entered(people: int = 3, rules=None):
    made = make_open_contest(rules=rules)
    make_entrants(
        made,
        [
            Person(full_name=f"Lê Thị {n}", unit=made.unit, entries=[Entry(seconds=n + 1)])
            for n in range(people)
        ],
    )
    return made


def where(made) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def test_live_figures_lead_to_their_entries():
    made = entered()
    client = browser_of(made.organiser)
    page = read(client, "w-round-figures", **where(made))
    text = text_of(page)
    assert "Theo đối tượng" in text
    assert "style=" not in text
    [(_title, rows)] = [table for table in page.context["tables"] if table[0] == "Theo ngày"]
    assert [(row.persons, row.entries, row.width) for row in rows] == [(3, 3, 100)]
    listed = text_of(client.get(rows[0].url))
    assert "3 người, 3 lượt thi." in listed
    assert "Lê Thị 2" in listed


def test_the_whole_contest_has_its_page_and_rounds_beside_it():
    made = entered()
    text = text_of(read(browser_of(made.organiser), "w-figures", pk=made.contest.pk))
    assert "Số liệu tham gia" in text
    assert "Cả cuộc thi" in text
    assert "Theo mức điểm" not in text  # no marks yet
    close(made)
    text = text_of(read(browser_of(made.organiser), "w-figures", pk=made.contest.pk))
    assert "Theo mức điểm" in text


def test_a_draft_has_none():
    made = make_contest()
    text = text_of(read(browser_of(made.organiser), "w-figures", pk=made.contest.pk))
    assert "Chưa có vòng thi nào" in text


def test_an_empty_round_says_so():
    made = make_open_contest()
    text = text_of(read(browser_of(made.organiser), "w-round-figures", **where(made)))
    assert "Chưa có lượt thi nào" in text


def test_who_may_still_win_sees_no_figure_and_no_list():
    made = entered(rules=SECRET)
    client = browser_of(made.organiser)
    for page in (
        read(client, "w-figures", pk=made.contest.pk),
        read(client, "w-round-figures", **where(made)),
        read(client, "w-figure-entries", "?by=hour&value=8", pk=made.contest.pk),
    ):
        text = text_of(page)
        assert "Số liệu đang được giữ kín" in text
        assert "figure-bar" not in text
        assert "Lê Thị" not in text
    api = client.get(reverse("api-work-round-figures", args=[made.round.pk]))
    assert (api.status_code, api.json()["code"]) == (403, "counts_secret")


def test_a_link_that_names_nothing_is_a_clear_page():
    made = entered()
    client = browser_of(made.organiser)
    at = {"pk": made.contest.pk}
    assert read(client, "w-figure-entries", "?by=tuoi", **at).status_code == 404
    assert read(client, "w-figure-entries", "?by=day&round=x", **at).status_code == 404
    text = text_of(read(client, "w-figure-entries", "?by=age&value=99", **at))
    assert "Không có lượt thi nào" in text
    assert "Không có lượt thi nào" in text_of(
        read(client, "w-figure-entries", "?by=day&value=hôm-qua", **at)
    )


def test_the_api_gives_what_the_page_shows():
    made = entered()
    close_and_seal(made)
    client = browser_of(made.organiser)
    found = client.get(reverse("api-work-round-figures", args=[made.round.pk])).json()
    assert (found["persons"], found["entries"]) == (3, 3)
    assert found["tables"]["band"][0] == {
        "value": "0",
        "label": "Đúng tất cả",
        "persons": 3,
        "entries": 3,
    }
    [report] = client.get(reverse("api-work-round-items", args=[made.round.pk])).json()
    assert report["persons"] == 3
    assert {item["correct"] == item["met"] for item in report["items"]} == {True}
    assert "key" not in report["items"][0]


def test_the_api_gives_the_figures_of_the_whole_contest_and_has_them_counted():
    made = entered()
    client = browser_of(made.organiser)
    found = client.get(reverse("api-work-contest-figures", args=[made.contest.pk])).json()
    assert (found["persons"], found["entries"]) == (3, 3)
    assert [row["entries"] for row in found["tables"]["round"]] == [3]
    for name, key in (("contest", made.contest.pk), ("round", made.round.pk)):
        asked = client.post(reverse(f"api-work-{name}-count", args=[key]))
        assert (asked.status_code, asked.json()["kind"]) == (202, "count_figures")
    do_jobs()
    assert set(KeptFigures.objects.values_list("round", flat=True)) == {made.round.pk, None}


def test_counting_again_is_a_job():
    made = entered()
    send(browser_of(made.organiser), "w-round-figures-count", **where(made))
    send(browser_of(made.organiser), "w-figures-count", pk=made.contest.pk)
    do_jobs()
    assert set(KeptFigures.objects.values_list("round", flat=True)) == {made.round.pk, None}


def test_everybody_sees_figures_after_the_release_alone():
    made = entered(12)
    address = reverse("figures", args=[made.contest.code])
    assert "Chưa công bố số liệu" in text_of(Client().get(address))
    close_and_seal(made)
    now = timezone.now()
    release = submit_for_signature(round=made.round, user=made.organiser, now=now)
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="1/QĐ",
        decision_date=now.date(),
        now=now,
    )
    text = text_of(Client().get(address + "?2"))
    assert "Dòng nào dưới 10 người được gộp" in text
    assert "Lê Thị" not in text
