"""The workplace API: keys for those who may see them, long acts as jobs, plain refusals."""

import pytest
from django.test import Client

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.models import Job, User
from quiz.domain.items import add_items
from tests.factories import (
    OpenContest,
    make_contest,
    make_draft,
    make_open_contest,
    register,
    start,
)
from tests.people import make_person

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(made: OpenContest, *roles: str) -> User:
    return make_person("nguoi-goi", *roles, unit=made.unit)


def test_reviewer_reads_items_with_their_keys() -> None:
    made = make_open_contest()
    client = signed_in(person(made, Role.REVIEWER))
    items = client.get(f"/api/v1/work/banks/{made.banks[0].pk}/items/").json()
    assert items["count"] == 8
    assert [item["key"] for item in items["results"]] == [[n % 4] for n in range(1, 9)]


def test_reviewer_approves_what_another_wrote_and_not_their_own() -> None:
    made = make_open_contest()
    reviewer = person(made, Role.REVIEWER, Role.AUTHOR)
    other, own = (
        add_items(bank=made.banks[0], drafts=[make_draft(90 + n)], author=author)[0]
        for n, author in enumerate((made.organiser, reviewer))
    )
    client = signed_in(reviewer)
    approved = client.post(f"/api/v1/work/versions/{other.pk}/approve/")
    refused = client.post(f"/api/v1/work/versions/{own.pk}/approve/")
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_freezing_says_everything_that_is_missing() -> None:
    made = make_contest(drafts=[make_draft(1)])
    client = signed_in(person(made, Role.ORGANISER))
    refused = client.post(f"/api/v1/work/rounds/{made.round.pk}/freeze/")
    assert refused.status_code == 422
    assert refused.json()["code"] == "faults"
    assert all(fault["message"] and fault["hint"] for fault in refused.json()["faults"])


def test_export_is_a_job_of_the_person_who_asked() -> None:
    made = make_open_contest()
    organiser = person(made, Role.ORGANISER)
    asked = signed_in(organiser).post(f"/api/v1/work/rounds/{made.round.pk}/winners/")
    assert asked.status_code == 202
    job = Job.objects.get(public_id=asked.json()["id"])
    assert (job.kind, job.created_by, job.params) == (
        "export_winners",
        organiser,
        {"round": made.round.pk, "origin": "http://testserver"},
    )


@pytest.mark.parametrize("export", ["winners", "participation"])
def test_whole_personal_data_is_asked_for_with_a_reason_and_the_right(export: str) -> None:
    made = make_open_contest()
    address = f"/api/v1/work/rounds/{made.round.pk}/{export}/"
    why = {"reason": "authority", "reason_text": "Công văn 12"}
    refused = signed_in(person(made, Role.ORGANISER)).post(address, why)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    exporter = signed_in(make_person("xuat-du-lieu", Role.EXPORTER, unit=made.unit))
    unsaid = exporter.post(address, {"reason": "other"})
    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "no_reason")
    asked = exporter.post(address, why)
    job = Job.objects.get(public_id=asked.json()["id"])
    assert job.params == {"round": made.round.pk, "origin": "http://testserver", **why}


def test_the_whole_list_goes_out_as_a_job_whose_file_is_fetched(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = make_open_contest()
    start(made, register(made))
    client = signed_in(make_person("xuat-du-lieu", Role.EXPORTER, unit=made.unit))
    address = f"/api/v1/work/rounds/{made.round.pk}/entries/"
    unsaid = client.post(address)
    assert unsaid.status_code == 400
    why = {"reason": "authority", "reason_text": "Công văn 12", "as_csv": True}
    asked = client.post(address, why)
    assert asked.status_code == 202
    job = f"/api/v1/jobs/{asked.json()['id']}/"
    assert client.get(f"{job}file/").status_code == 404
    run_job(job_id=Job.objects.get(public_id=asked.json()["id"]).pk)
    told = client.get(job).json()
    assert (told["state"], told["result"]["rows"]) == ("done", 1)
    got = client.get(f"{job}file/")
    assert told["file_name"] in got["Content-Disposition"]
    assert len(b"".join(got.streaming_content).splitlines()) == 2


def test_papers_are_refused_before_there_is_a_result() -> None:
    made = make_open_contest()
    client = signed_in(person(made, Role.ORGANISER))
    asked = client.post(f"/api/v1/work/rounds/{made.round.pk}/papers/")
    assert (asked.status_code, asked.json()["code"]) == (409, "round_not_ready")


def test_public_contest_tells_no_number_and_no_result_before_the_release() -> None:
    made = make_open_contest()
    address = f"/api/v1/contests/{made.contest.code}/"
    shown = Client().get(address).json()
    assert sorted(shown) == ["body_name", "code", "hotline", "rounds", "summary", "title"]
    assert sorted(shown["rounds"][0]) == [
        "closes_at",
        "commitment",
        "deadline_if_started_now",
        "name",
        "number",
        "opens_at",
        "state",
    ]
    assert Client().get(address + "results/").json() == []
    assert Client().get(address + "figures/").json() == []
    assert len(Client().get(address + "rules/").json()) > 5
