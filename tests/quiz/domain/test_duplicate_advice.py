"""What the system proposes of entrants who may be one person, and following it at one go."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Roster, RosterEntry
from quiz.domain.duplicate_advice import Proof, advise_cases, proofs_of
from quiz.domain.duplicates import decide_different, find_duplicates, follow_advice
from quiz.enums import DuplicateState
from quiz.models import DuplicateCase, Entrant, StaffEntry
from tests.factories import OpenContest, make_open_contest
from tests.results_factory import Person, make_entrants

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def three_alike() -> tuple[OpenContest, list[Entrant], DuplicateCase]:
    made = make_open_contest()
    people = [Person(identity="một", birth_date=None, registered=at) for at in (1, 2, 3)]
    entrants = make_entrants(made, people)
    assert find_duplicates(contest=made.contest) == 1
    return made, entrants, DuplicateCase.objects.get()


def by_staff_code(made: OpenContest, entrant: Entrant) -> None:
    unit = made.contest.unit
    roster = Roster.objects.create(unit=unit, name="Cán bộ", as_of=NOW.date())
    roster_entry = RosterEntry.objects.create(roster=roster, unit=unit, full_name="Nguyễn Thị A")
    StaffEntry.objects.create(
        contest=made.contest, roster_entry=roster_entry, entrant=entrant, made_at=NOW
    )


def confirm_contact(*entrants: Entrant) -> None:
    ids = [entrant.pk for entrant in entrants]
    Entrant.objects.filter(pk__in=ids).update(contact_confirmed_at=NOW)


def test_without_any_proof_the_earliest_is_proposed():
    _made, entrants, case = three_alike()
    advice = advise_cases(cases=[case])[case.pk]
    assert (advice.kept, advice.proof) == (entrants[0], Proof.NONE)
    assert advice.sentence == "Giữ người đăng ký sớm nhất."


def test_proof_of_control_outweighs_coming_first():
    made, entrants, case = three_alike()
    by_staff_code(made, entrants[1])
    assert advise_cases(cases=[case])[case.pk].kept == entrants[1]
    confirm_contact(entrants[2])
    assert proofs_of([one.pk for one in entrants]) == {
        entrants[1].pk: Proof.STAFF_CODE,
        entrants[2].pk: Proof.CONTACT,
    }
    advice = advise_cases(cases=[case])[case.pk]
    assert (advice.kept, advice.proof) == (entrants[2], Proof.CONTACT)
    assert advice.sentence == ("Giữ người đã xác nhận được điện thoại hoặc thư điện tử của mình.")


def test_of_two_with_the_same_proof_the_earlier_is_proposed():
    _made, entrants, case = three_alike()
    confirm_contact(entrants[2], entrants[1])
    advice = advise_cases(cases=[case])[case.pk]
    assert (advice.kept, advice.sentence) == (entrants[1], "Giữ người đăng ký sớm nhất.")


def test_different_identity_numbers_are_different_people():
    made = make_open_contest()
    make_entrants(made, [Person(national_id="001"), Person(national_id="002")])
    find_duplicates(contest=made.contest)
    case = DuplicateCase.objects.get()
    assert advise_cases(cases=[case])[case.pk].kept is None
    assert follow_advice(cases=[case], user=made.organiser, now=NOW) == 1
    case.refresh_from_db()
    assert (case.state, case.note) == (
        DuplicateState.DIFFERENT,
        "Mỗi người khai một số định danh cá nhân khác nhau.",
    )


def test_following_the_advice_decides_what_waits_and_says_why():
    made, entrants, case = three_alike()
    confirm_contact(entrants[1])
    assert follow_advice(cases=[case], user=made.organiser, now=NOW) == 1
    case.refresh_from_db()
    assert (case.state, case.kept) == (DuplicateState.SAME, entrants[1])
    aside = Entrant.objects.filter(duplicate_of=entrants[1]).values_list("pk", flat=True)
    assert sorted(aside) == [entrants[0].pk, entrants[2].pk]
    assert AuditEntry.objects.filter(act="duplicate_same").count() == 1
    assert follow_advice(cases=[case], user=made.organiser, now=NOW) == 0


def test_what_a_person_decided_meanwhile_stands():
    made, _entrants, case = three_alike()
    stale = DuplicateCase.objects.select_related("contest").get()
    decide_different(case=case, user=made.organiser, now=timezone.now())
    assert follow_advice(cases=[stale], user=made.organiser, now=NOW) == 0
    assert not Entrant.objects.filter(duplicate_of__isnull=False).exists()
