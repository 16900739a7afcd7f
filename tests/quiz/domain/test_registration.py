from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.crypto import blind_index, open_text
from accounts.models import Consent, Roster, RosterEntry
from quiz.domain.clock import shifted_clock
from quiz.domain.entry_codes import find_entrant
from quiz.domain.rounds import freeze_round, unfreeze_round
from quiz.domain.rule_sets import set_rules
from quiz.domain.tokens import EntrantToken, open_entrant_token
from quiz.enums import ContestState
from quiz.errors import (
    ContestNotFound,
    InputRefused,
    RegistrationClosed,
    UnderAge,
    UnknownCode,
)
from quiz.models import Entrant
from tests.factories import (
    HOUR,
    make_contest,
    make_open_contest,
    make_rules,
    make_unit,
    register,
    registration_data,
)

pytestmark = pytest.mark.django_db


def test_an_entrant_and_the_consent_are_stored_together():
    made = make_open_contest()
    unit = make_unit("Xã Tân Thành")
    who = register(made, full_name="Trần Văn Ổn", phone="0999 000 001", unit=unit.code)
    entrant = Entrant.objects.get()
    assert (entrant.full_name, entrant.folded_name) == ("Trần Văn Ổn", "tran van on")
    assert entrant.birth_date == date(1990, 9, 5)
    assert (entrant.contest_id, entrant.unit_id) == (made.contest.pk, unit.pk)
    assert entrant.group_id == made.groups[0].pk
    assert open_text(entrant.phone) == "0999000001"
    assert bytes(entrant.phone_index) == blind_index("phone", "0999000001")
    assert open_entrant_token(who.token) == EntrantToken(made.contest.pk, entrant.pk)
    consent = Consent.objects.get()
    assert (consent.text_id, consent.subject_kind, consent.subject_id) == (
        made.contest.consent_text_id,
        "quiz.entrant",
        entrant.pk,
    )
    assert consent.given_at == entrant.registered_at


def test_the_phone_number_is_nowhere_in_clear():
    register(make_open_contest(), phone="0999000001")
    stored = Entrant.objects.values().get()
    assert not any("0999000001" in str(value) for value in stored.values())


def test_the_same_form_sent_again_gets_the_same_code():
    made = make_open_contest()
    data = registration_data()
    first, again = register(made, **data), register(made, **data)
    assert (first.code, first.entrant_id) == (again.code, again.entrant_id)
    assert (Entrant.objects.count(), Consent.objects.count()) == (1, 1)


def test_another_person_on_the_same_form_is_another_entrant():
    made = make_open_contest()
    data = registration_data()
    first = register(made, **data)
    second = register(made, **(data | {"full_name": "Nguyễn Văn Em"}))
    assert first.entrant_id != second.entrant_id
    assert first.code != second.code


def test_the_same_identity_registers_again_and_nobody_is_told():
    made = make_open_contest()
    person = {"full_name": "Lê Thị Mơ", "birth_date": "01/02/1980", "phone": "0999000002"}
    first, second = register(made, **person), register(made, **person)
    assert first.entrant_id != second.entrant_id
    one, two = Entrant.objects.order_by("pk")
    assert bytes(one.identity_index) == bytes(two.identity_index) != b""
    assert [one.duplicate_of_id, two.duplicate_of_id] == [None, None]
    assert len(first.token) == len(second.token)


def test_identity_is_compared_without_marks_and_case():
    made = make_open_contest()
    register(made, full_name="Lê Thị Mơ", phone="0999000002")
    register(made, full_name="LE THI MO", phone="+84999000002")
    one, two = Entrant.objects.order_by("pk")
    assert bytes(one.identity_index) == bytes(two.identity_index)


def test_the_code_brings_back_its_holder_and_nobody_else():
    made, other = make_open_contest(), make_open_contest()
    who = register(made)
    typed = who.code.lower().replace("-", " ").replace("0", "o")
    assert find_entrant(contest_id=made.contest.pk, code=typed).pk == who.entrant_id
    for contest, code in [(other.contest, who.code), (made.contest, "AAAA-AAAA-AAAA-AAAA")]:
        with pytest.raises(UnknownCode):
            find_entrant(contest_id=contest.pk, code=code)
    with pytest.raises(UnknownCode):
        find_entrant(contest_id=made.contest.pk, code="'; --")


def test_someone_one_day_too_young_is_refused_and_on_the_birthday_accepted():
    made = make_open_contest(rules=make_rules(entry={"minimum_age": 14}))
    today = timezone.localdate()
    birthday = today.replace(year=today.year - 14)
    with pytest.raises(UnderAge):
        register(made, birth_date=(birthday + timedelta(days=1)).isoformat())
    register(made, birth_date=birthday.isoformat())
    assert Entrant.objects.count() == 1


def test_an_unknown_unit_is_refused_with_its_field():
    made = make_open_contest()
    with pytest.raises(InputRefused) as refusal:
        register(made, unit="khong-co")
    assert list(refusal.value.details["fields"]) == ["unit"]


def test_registration_is_open_before_the_round_opens_and_closed_after_it():
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    register(made)
    with shifted_clock(2 * HOUR), pytest.raises(RegistrationClosed):
        register(made_again(made))


def made_again(made):
    """The same contest read by a process that has just started."""
    from quiz.domain.frozen import clear_frozen

    clear_frozen()
    return made


def test_a_round_closed_since_this_process_looked_is_closed():
    made = make_open_contest()
    register(made)
    made.round.state = "closed"
    made.round.save()
    with pytest.raises(RegistrationClosed):
        register(made)


def test_a_contest_not_published_or_not_frozen_takes_nobody():
    draft = make_contest()
    with pytest.raises(RegistrationClosed):
        register(draft)
    made = make_open_contest()
    made.contest.state = ContestState.DRAFT
    made.contest.save()
    with pytest.raises(ContestNotFound):
        register(made)


def test_rules_frozen_anew_are_followed_by_a_process_that_knew_the_old_ones():
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    child = {"birth_date": "01/01/2016"}
    register(made, **child)
    now = timezone.now()
    unfreeze_round(round=made.round, user=made.organiser, now=now)
    stricter = make_rules(entry={"minimum_age": 16})
    set_rules(contest=made.contest, data=stricter, user=made.organiser)
    made.round.refresh_from_db()
    freeze_round(round=made.round, user=made.organiser, now=now)
    with pytest.raises(UnderAge):
        register(made, **child)
    register(made)
    assert Entrant.objects.count() == 2


def test_a_guardian_agrees_to_publishing_a_childs_name():
    made = make_open_contest()
    who = register(made, birth_date="01/01/2014", guardian_name="Nguyễn Văn Cha")
    given = Consent.objects.filter(subject_id=who.entrant_id).order_by("pk")
    assert [consent.given_by for consent in given] == ["", "Nguyễn Văn Cha"]
    assert given[0].text_id != given[1].text_id


def test_someone_on_the_roster_is_recognised_by_staff_code_and_birth_date():
    rules = make_rules(
        entry={
            "identity_fields": [
                {"name": name} for name in ("full_name", "birth_date", "staff_code")
            ],
            "identity_key": ["staff_code", "birth_date"],
        }
    )
    made = make_open_contest(rules=rules)
    roster = Roster.objects.create(name="Biên chế", unit=made.unit, as_of=date(2026, 1, 1))
    listed = RosterEntry.objects.create(
        roster=roster,
        unit=made.unit,
        full_name="Phạm Văn Mẫu",
        folded_name="pham van mau",
        staff_code="CB-01",
        birth_date=date(1985, 3, 4),
    )
    made.contest.roster = roster
    made.contest.save()
    hit = register(made, staff_code="CB-01", birth_date="04/03/1985")
    other = register(made, staff_code="CB-01", birth_date="05/03/1985")
    linked = dict(Entrant.objects.values_list("pk", "roster_entry_id"))
    assert linked == {hit.entrant_id: listed.pk, other.entrant_id: None}
