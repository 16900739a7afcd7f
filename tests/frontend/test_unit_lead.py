"""The unit lead's page: who is missing, what to send them, and what may not be told."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from quiz.domain.roster_duty import last_midnight
from quiz.domain.roster_matching import find_matches, open_matches
from quiz.models import CountOpening, UnitCertificate, UnitDeadline
from tests.factories import database_now
from tests.people import make_unit
from tests.quiz.rosters import ListedContest, make_listed_contest

pytestmark = pytest.mark.django_db


def at(listed: ListedContest, route: str = "w-duty-unit", unit=None) -> str:
    return reverse(route, args=[listed.made.round.pk, (unit or listed.here).pk])


def shown(response) -> tuple:
    """(done, listed), the missing names, and the parts' names."""
    context = response.context
    whole = context["whole"]
    names = [person.full_name for person in context["missing"]]
    return (whole.done, whole.listed), names, [part.unit.name for part in context["parts"]]


def test_a_lead_with_one_list_is_led_to_it(client):
    listed = make_listed_contest()
    client.force_login(listed.lead)
    assert client.get(reverse("w-duty"))["Location"] == at(listed)
    assert at(listed) in client.get(reverse("workplace")).content.decode()
    page = client.get(at(listed))
    assert shown(page) == (
        (0, 3),
        ["Phạm Chi", "Lê Thị Bình", "Trần Văn An"],
        ["Xã An", "Phòng An"],
    )
    assert page.context["reminder"].splitlines()[1] == "Xã An còn 3 người chưa dự thi:"
    assert "Nghỉ thai sản" in page.content.decode()


def test_without_a_list_the_page_says_so(client):
    listed = make_listed_contest()
    listed.made.contest.roster = None
    listed.made.contest.save()
    client.force_login(listed.lead)
    page = client.get(reverse("w-duty"))
    assert (page.status_code, page.context["duties"]) == (200, [])
    assert client.get(at(listed)).status_code == 404


def test_while_counts_are_kept_all_pages_tell_what_midnight_knew(client):
    listed = make_listed_contest(secret=True)
    midnight = last_midnight(database_now())
    listed.enter("CB1", at=midnight - timedelta(minutes=1))
    listed.enter("CB2", at=midnight + timedelta(minutes=1))
    client.force_login(listed.lead)
    page = client.get(at(listed))
    assert shown(page) == ((1, 2), ["Lê Thị Bình"], [])
    assert "1. Lê Thị Bình" in page.context["reminder"]
    printed = client.get(at(listed, "w-duty-print"))
    assert [person.full_name for person in printed.context["missing"]] == ["Lê Thị Bình"]
    for route in ("w-duty-unit", "w-duty-print", "w-duty-certificate"):
        other = client.get(at(listed, route, listed.below))
        assert (other.status_code, "whole" in (other.context or {})) == (403, False)
    assert client.post(at(listed, "w-duty-remind", listed.below)).status_code == 403
    assert client.post(at(listed, "w-duty-issue")).status_code == 403


def test_opening_more_asks_records_and_shows_it(client):
    listed = make_listed_contest(secret=True)
    client.force_login(listed.lead)
    assert "w-duty-open" not in client.get(at(listed, unit=listed.below)).content.decode()
    client.post(at(listed, "w-duty-open", listed.below))
    assert CountOpening.objects.get().user == listed.lead
    assert shown(client.get(at(listed)))[0] == (0, 3)
    assert shown(client.get(at(listed, unit=listed.below)))[0] == (0, 1)


def test_a_deadline_is_stored_in_local_time_or_refused_in_place(client):
    listed = make_listed_contest()
    client.force_login(listed.lead)
    closes = timezone.localtime(listed.made.round.closes_at)
    due = (closes - timedelta(minutes=10)).replace(second=0, microsecond=0)
    posted = {"due_at": due.strftime("%Y-%m-%dT%H:%M")}
    assert client.post(at(listed, "w-duty-deadline"), posted)["Location"] == at(listed)
    assert UnitDeadline.objects.get().due_at == due
    late = {"due_at": (closes + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")}
    refused = client.post(at(listed, "w-duty-deadline"), late)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["due_at"])


def test_letters_go_by_a_job(client):
    listed = make_listed_contest()
    client.force_login(listed.lead)
    assert "/tac-vu/" in client.post(at(listed, "w-duty-remind"))["Location"]


def test_at_100_percent_the_certificate_is_issued_and_anyone_can_check_it(client):
    listed = make_listed_contest()
    client.force_login(listed.lead)
    assert client.post(at(listed, "w-duty-issue")).status_code == 409
    assert client.get(at(listed, "w-duty-certificate")).status_code == 404
    for code in ("CB1", "CB2", "CB3"):
        listed.enter(code)
    assert shown(client.get(at(listed))) == ((3, 3), [], ["Xã An", "Phòng An"])
    assert client.post(at(listed, "w-duty-issue"))["Location"] == at(listed)
    pdf = client.get(at(listed, "w-duty-certificate"))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    client.logout()
    code = UnitCertificate.objects.get().code
    checked = client.get(reverse("unit-certificate", args=[code]))
    assert dict(checked.context["rows"])["Đơn vị"] == "Xã An"
    assert client.get(reverse("unit-certificate", args=["abc"])).status_code == 404


def test_an_entry_without_the_code_is_confirmed_by_the_organiser(client):
    listed = make_listed_contest()
    contest, organiser = listed.made.contest, listed.made.organiser
    make_person_ready(organiser)
    listed.enter("", full_name="Trần Văn An", birth_date="01/02/1980")
    find_matches(contest=contest, user=organiser)
    match = open_matches(contest=contest).get()
    client.force_login(organiser)
    page = client.get(reverse("w-matches", args=[contest.pk]))
    assert [row["match"] for row in page.context["rows"]] == [match]
    client.post(reverse("w-match", args=[contest.pk, match.pk]), {"decision": "confirm"})
    client.force_login(listed.lead)
    assert shown(client.get(at(listed)))[0] == (1, 3)
    client.force_login(organiser)
    client.post(reverse("w-match", args=[contest.pk, match.pk]), {"decision": "reopen"})
    client.post(reverse("w-match", args=[contest.pk, match.pk]), {"decision": "refuse"})
    again = client.post(reverse("w-match", args=[contest.pk, match.pk]), {"decision": "confirm"})
    assert again.status_code == 409


def test_proposals_are_kept_from_who_may_not_see_counts(client):
    listed = make_listed_contest(secret=True)
    make_person_ready(listed.made.organiser)
    client.force_login(listed.made.organiser)
    page = client.get(reverse("w-matches", args=[listed.made.contest.pk]))
    assert (page.context["secret"].code, "sure" in page.context) == ("counts_secret", False)
    find = client.post(reverse("w-matches-find", args=[listed.made.contest.pk]))
    assert find.status_code == 403


def make_person_ready(user) -> None:
    """The organisers of the factories have no second factor."""

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def test_a_lead_of_another_unit_finds_nothing(client):
    listed = make_listed_contest()
    other = make_unit("xa-khac")
    client.force_login(listed.lead)
    assert client.get(at(listed, unit=other)).status_code == 404
