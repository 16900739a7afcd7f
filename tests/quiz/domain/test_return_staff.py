"""A person of the roster enters by staff code and birth date; what that opens and what not."""

from datetime import timedelta

import pytest

from accounts.enums import BirthPrecision
from accounts.errors import TooManyRequests
from accounts.models import Consent, RosterEntry
from quiz.domain.attempts import start_attempt
from quiz.domain.clock import read_now, shifted_clock
from quiz.domain.duplicates import find_duplicates
from quiz.domain.entry_codes import find_entrant
from quiz.domain.readiness import read_readiness
from quiz.domain.registration import Registered
from quiz.domain.registration_input import parse_registration
from quiz.domain.return_errors import ClaimExpired, NotListed, SetAside, WayClosed
from quiz.domain.return_staff import BY_STAFF_CODE, claim_staff_entry, register_listed
from quiz.domain.tokens import open_any_entrant_token, open_entrant_token
from quiz.errors import InputRefused, NoAttemptLeft, UnknownToken
from quiz.models import AttemptEvent, DuplicateCase, Entrant, StaffEntry
from tests.factories import (
    make_attempt,
    make_open_contest,
    make_rules,
    register,
    registration_data,
    start,
)
from tests.quiz.returning import (
    BORN,
    STAFF_CODE,
    add_roster,
    make_returning_contest,
    sent_by_worker,
)

pytestmark = pytest.mark.django_db
WEAK = "staff_code_and_birth_date"
PHONE = "0999000777"


def claim(made, staff_code=STAFF_CODE, birth_date=BORN, address="192.0.2.1"):
    return claim_staff_entry(
        contest=made.contest, staff_code=staff_code, birth_date=birth_date, address=address
    )


def typed(**fields):
    return parse_registration(registration_data(full_name="", birth_date="", **fields))


def enter(made, **fields) -> Registered | str:
    """Both steps; what the second one answers."""
    given = typed(**({"phone": PHONE} | fields))
    return register_listed(contest=made.contest, claim=claim(made).token, typed=given)


def test_the_roster_tells_who_it_is_and_only_the_rest_is_asked():
    made = make_returning_contest()
    answer = enter(made)
    entrant = Entrant.objects.get()
    listed = RosterEntry.objects.get()
    assert (entrant.full_name, entrant.birth_date) == (listed.full_name, listed.birth_date)
    assert (entrant.unit_id, entrant.roster_entry_id) == (listed.unit_id, listed.pk)
    assert (entrant.staff_code, entrant.group.code) == (STAFF_CODE, "nguoi-dan")
    assert find_entrant(contest_id=made.contest.pk, code=answer.code) == entrant
    assert open_entrant_token(answer.token).weak is False
    assert Consent.objects.get().subject_id == entrant.pk


def test_consent_and_what_the_roster_does_not_know_are_required():
    made = make_returning_contest()
    given = typed(phone="", consent=False)
    with pytest.raises(InputRefused) as refusal:
        register_listed(contest=made.contest, claim=claim(made).token, typed=given)
    assert sorted(refusal.value.details["fields"]) == ["consent", "phone"]
    assert Entrant.objects.count() == StaffEntry.objects.count() == 0


@pytest.mark.parametrize("reentry", ["code_or_contact", WEAK])
def test_the_same_form_sent_again_gives_the_same_code(reentry):
    made = make_returning_contest(reentry)
    given = typed(phone=PHONE)
    token = claim(made).token
    first, again = (
        register_listed(contest=made.contest, claim=token, typed=given) for _time in range(2)
    )
    assert (first.code, first.entrant_id) == (again.code, again.entrant_id)
    assert Entrant.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "born"),
    [("CB-0108", BORN), (STAFF_CODE, "06/09/1968"), (STAFF_CODE, "05/09/1969")],
)
def test_a_wrong_pair_is_refused_in_the_same_words(code, born):
    with pytest.raises(NotListed):
        claim(make_returning_contest(), code, born)


def test_staff_codes_are_read_whatever_their_case_and_spaces():
    assert (
        claim(
            make_returning_contest(), f" {STAFF_CODE.lower()[:3]} {STAFF_CODE[3:]} "
        ).entry.staff_code
        == STAFF_CODE
    )


def test_half_a_birth_date_proves_nothing():
    made = make_returning_contest()
    with pytest.raises(InputRefused):
        claim(made, birth_date="1968")
    RosterEntry.objects.update(birth_precision=BirthPrecision.YEAR, birth_date="1968-01-01")
    with pytest.raises(NotListed):
        claim(made, birth_date="01/01/1968")


def test_without_a_roster_there_is_no_such_way():
    with pytest.raises(WayClosed):
        claim(make_open_contest())


def test_ten_tries_an_hour_for_a_staff_code_wherever_they_come_from():
    made = make_returning_contest()
    for number in range(BY_STAFF_CODE[0]):
        with pytest.raises(NotListed):
            claim(made, birth_date="01/01/1970", address=f"192.0.2.{number}")
    with pytest.raises(TooManyRequests):
        claim(made, address="192.0.2.99")


def test_a_claim_lasts_half_an_hour_and_serves_its_contest():
    made, other = make_returning_contest(), make_returning_contest()
    token = claim(made).token
    with pytest.raises(ClaimExpired):
        register_listed(contest=other.contest, claim=token, typed=typed(phone=PHONE))
    with shifted_clock(timedelta(minutes=31)), pytest.raises(ClaimExpired):
        register_listed(contest=made.contest, claim=token, typed=typed(phone=PHONE))


@pytest.mark.parametrize("reentry", ["code", "code_or_contact"])
def test_where_the_rules_do_not_lead_back_another_device_makes_another_entrant(reentry):
    made = make_returning_contest(reentry)
    first, second = enter(made), enter(made)
    assert first.entrant_id != second.entrant_id
    assert claim(made).back == ""
    find_duplicates(contest=made.contest)
    [case] = DuplicateCase.objects.all()
    members = {member.entrant_id for member in case.members.all()}
    assert members == {first.entrant_id, second.entrant_id}


def test_where_the_rules_lead_back_it_is_the_same_entrant_by_a_weak_token():
    made = make_returning_contest(WEAK)
    first = enter(made)
    token = open_any_entrant_token(claim(made).back)
    assert (token.entrant_id, token.weak) == (first.entrant_id, True)
    token = open_any_entrant_token(enter(made, phone="0999000778"))
    assert (token.entrant_id, token.weak) == (first.entrant_id, True)
    assert Entrant.objects.count() == 1
    with pytest.raises(UnknownToken):
        open_entrant_token(claim(made).back)


def test_an_entrant_made_by_the_form_is_never_opened_by_staff_code():
    fields = [{"name": name} for name in ("full_name", "birth_date", "phone", "staff_code")]
    made = make_open_contest(rules=make_rules(entry={"reentry": WEAK, "identity_fields": fields}))
    add_roster(made)
    mine = register(made, birth_date=BORN, staff_code=STAFF_CODE, phone=PHONE)
    assert claim(made).back == ""
    stranger = enter(made)
    assert stranger.entrant_id != mine.entrant_id


def test_a_weak_token_goes_on_with_the_open_paper_and_opens_none_that_is_over():
    made = make_returning_contest(WEAK)
    who = enter(made)
    sitting = start(made, who)
    weak = claim(made).back
    again = start_attempt(entrant_token=weak, round_id=made.round.pk, ordinal=1)
    assert again.row.id == sitting.row.id
    assert AttemptEvent.objects.get(kind="resume").details == {"way": "staff_code"}
    make_attempt(made, who=who)
    with pytest.raises(NoAttemptLeft):
        start_attempt(entrant_token=weak, round_id=made.round.pk, ordinal=1)
    standing = read_readiness(contest_code=made.contest.code, entrant_token=weak)
    assert (standing.weak, standing.next_ordinal) == (True, 2)


def test_who_is_come_back_as_is_told_once_a_day():
    made = make_returning_contest(WEAK)
    enter(made)
    assert sent_by_worker() == []
    claim(made)
    [(to, text)] = sent_by_worker()
    assert (to, "Nếu không phải bạn" in text) == (PHONE, True)
    claim(made)
    assert sent_by_worker() == []
    StaffEntry.objects.update(told_at=read_now() - timedelta(days=2))
    claim(made)
    assert len(sent_by_worker()) == 1


def test_nobody_comes_back_to_an_entrant_that_was_set_aside():
    made = make_returning_contest(WEAK)
    mine, kept = enter(made), register(made)
    Entrant.objects.filter(pk=mine.entrant_id).update(duplicate_of=kept.entrant_id)
    with pytest.raises(SetAside):
        claim(made)
