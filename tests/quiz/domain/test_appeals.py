"""An appeal is taken within the declared window, from whoever it concerns, and tells nothing."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.audit import chain_audit
from accounts.errors import TooManyRequests
from accounts.models import AuditEntry
from quiz.domain.appeal_codes import find_appeal
from quiz.domain.appeal_errors import (
    AppealDecided,
    AppealTooEarly,
    AppealTooLate,
    UnknownAppeal,
    UnknownReceipt,
    WhoIsMissing,
)
from quiz.domain.appeal_reading import shown_attempts
from quiz.domain.appeals import BY_ADDRESS, BY_ENTRANT, withdraw_appeal
from quiz.domain.attempts import read_attempt, submit_attempt
from quiz.domain.erasure import ERASED, erase_entrant
from quiz.domain.own_data import own_copy
from quiz.domain.receipt_reading import read_receipt
from quiz.domain.receipts import receipt_of
from quiz.errors import InputRefused, UnknownCode
from quiz.models import Appeal, Attempt, Entrant, Round
from tests.factories import (
    OpenContest,
    answers_input,
    make_attempt,
    make_open_contest,
    register,
    right_answers,
    start,
)
from tests.quiz.domain.appeals import appeal, released

pytestmark = pytest.mark.django_db
NOBODY = "0000-0000-0000-0000"


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


def receipt(made: OpenContest, who) -> tuple[str, int]:
    """(the file's text, the attempt) of somebody who has submitted."""
    sitting = start(made, who)
    given = answers_input(sitting, right_answers(sitting))
    sitting = submit_attempt(token=sitting.token, given=given)
    return json.dumps(receipt_of(sitting).as_dict()), sitting.row.id


def test_an_appeal_keeps_who_it_is_of_by_the_code_and_seals_the_contact(made):
    who = register(made)
    attempt = make_attempt(made, who=who)
    filed = appeal(made, kind="entry", code=who.code.lower(), contact="0999000777")
    row = Appeal.objects.get()
    assert (row.entrant_id, row.attempt_id, row.state) == (who.entrant_id, attempt.pk, "received")
    assert b"0999000777" not in bytes(row.contact)
    assert find_appeal(contest=made.contest, code=filed.code.lower()) == row
    chain_audit()
    assert AuditEntry.objects.filter(act="file_appeal", subject_id=row.pk).count() == 1


def test_a_receipt_alone_tells_whose_it_is_and_whether_it_is_still_true(made):
    text, attempt = receipt(made, register(made))
    appeal(made, kind="entry", receipt=text)
    row = Appeal.objects.get()
    assert (row.attempt_id, row.receipt_matches) == (attempt, True)
    Attempt.objects.filter(pk=attempt).update(prediction=7)
    appeal(made, kind="entry", receipt=text)
    assert Appeal.objects.first().receipt_matches is False


def test_a_receipt_proves_its_attempt_alone_and_a_code_all_of_them(made):
    who = register(made)
    text, first = receipt(made, who)
    second = make_attempt(made, who=who, ordinal=2).pk
    by_receipt = appeal(made, receipt=text).appeal
    by_code = appeal(made, code=who.code).appeal
    nobody = appeal(made).appeal
    shown = [[a.pk for a in shown_attempts(appeal=row)] for row in (by_receipt, by_code, nobody)]
    assert shown == [[first], [first, second], []]


def test_a_receipt_that_the_round_did_not_sign_opens_nothing(made):
    text, _attempt = receipt(made, register(made))
    data = json.loads(text)
    for change in (
        {"receipt": data["receipt"] | {"round": 2}},
        {"receipt": data["receipt"] | {"secret": "00" * 32}},
        {"signature": "00" * 64},
        {"signature": "không phải"},
        {"receipt": {}},
    ):
        with pytest.raises(UnknownReceipt):
            appeal(made, receipt=json.dumps(data | change))
    with pytest.raises(UnknownReceipt):  # somebody else's
        appeal(made, receipt=text, code=register(made).code)
    assert Appeal.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "minhthi-receipt/1 ABCD-EFGH-JKMN-PQRS 00 00",
        "[]",
        "null",
        '{"receipt": 1, "signature": 2}',
        "[" * 20000,
        '{"receipt":' * 3000,
        "9" * 6000,
        "{" + " " * 70000 + "}",
        '{"receipt": {"secret": "\\ud800"}, "signature": "\\ud800"}',
        "\x00",
    ],
)
def test_what_is_no_receipt_is_told_so_before_anything_is_looked_for(text):
    with pytest.raises((InputRefused, UnknownReceipt)):
        read_receipt(round=Round(public_key="00" * 32), text=text)


def test_ones_own_entry_needs_proof_and_a_used_name_does_not(made):
    for kind in ("entry", "key"):
        with pytest.raises(WhoIsMissing):
            appeal(made, kind=kind, slot="3")
    appeal(made, kind="impersonation", text="Có người dùng tên Nguyễn Văn Có")
    assert Appeal.objects.get().entrant is None


def test_wrong_codes_are_answered_alike_whoever_entered(made):
    erased = register(made)
    erase_entrant(entrant=Entrant.objects.get(), user=None, now=timezone.now())
    other = register(make_open_contest())
    for code in (NOBODY, other.code, erased.code, "abc"):
        with pytest.raises(UnknownCode) as refused:
            appeal(made, code=code)
        assert refused.value.as_dict() == UnknownCode().as_dict()


def test_a_form_sent_again_is_the_same_appeal_even_after_the_window(made):
    request_key = str(uuid.uuid4())
    first = appeal(made, request_key=request_key)
    later = timezone.now() + timedelta(days=400)
    again = appeal(made, request_key=request_key, now=later)
    assert (again.code, again.appeal) == (first.code, first.appeal)
    assert Appeal.objects.count() == 1


def test_the_code_of_one_contest_opens_nothing_in_another(made):
    filed = appeal(made)
    for contest, code in ((make_open_contest().contest, filed.code), (made.contest, NOBODY)):
        with pytest.raises(UnknownAppeal):
            find_appeal(contest=contest, code=code)


def test_results_are_complained_about_once_they_are_published_and_not_for_ever(made):
    who = register(made)
    make_attempt(made, who=who)
    for kind in ("mark", "winner"):
        with pytest.raises(AppealTooEarly, match="3 ngày"):
            appeal(made, kind=kind, code=who.code)
    with pytest.raises(AppealTooEarly):
        appeal(made, now=made.round.opens_at - timedelta(seconds=1))
    release = released(made)
    first = timezone.localtime(release.released_at)
    last = first.replace(hour=23, minute=59, second=59) + timedelta(days=3)
    appeal(made, kind="mark", code=who.code, now=last)
    told = f"{first:%d/%m/%Y}.*{last:%d/%m/%Y}"
    for kind in ("mark", "technical"):
        with pytest.raises(AppealTooLate, match=told):
            appeal(made, kind=kind, code=who.code, now=last + timedelta(seconds=1))
    assert Appeal.objects.count() == 1


def test_every_field_that_is_wrong_is_named(made):
    with pytest.raises(InputRefused) as refused:
        appeal(made, kind="key", text=" \x00\u202e ", slot="0", request_key="x")
    assert sorted(refused.value.details["fields"]) == ["request_key", "slot", "text"]
    with pytest.raises(InputRefused) as refused:
        appeal(made, kind="khác", text="x" * 2001)
    assert sorted(refused.value.details["fields"]) == ["kind", "text"]
    with pytest.raises(InputRefused):
        appeal(made, round_number="")
    with pytest.raises(AppealTooEarly):
        appeal(made, round_number="2")


def test_text_is_kept_in_one_normal_form_without_what_hides_or_turns_it(made):
    appeal(made, text="  Tôi\u0302\u202e \x07nộp\x00 rồi\r\n\r\nmà  không được ")
    assert Appeal.objects.get().text == "Tôî nộp rồi\n\nmà không được"


def test_floods_are_held_off_by_address_and_by_person(made):
    who = register(made)
    for number in range(BY_ENTRANT[0]):
        appeal(made, code=who.code, address=f"198.51.100.{number}")
    with pytest.raises(TooManyRequests):
        appeal(made, code=who.code, address="203.0.113.1")
    for _time in range(BY_ADDRESS[0]):
        appeal(made, address="::1")
    with pytest.raises(TooManyRequests):
        appeal(made, address="::1")
    appeal(made, address="::2")


def test_an_appeal_is_taken_back_once(made):
    row = appeal(made).appeal
    withdraw_appeal(appeal=row, now=timezone.now())
    with pytest.raises(AppealDecided):
        withdraw_appeal(appeal=row, now=timezone.now())
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_with_the_person_goes_what_they_wrote_and_not_that_they_complained(made):
    who = register(made)
    filed = appeal(made, code=who.code, text="Tôi là Lê Thị Tên", contact="0999000777", slot="2")
    copied = own_copy(entrant=Entrant.objects.get(), now=timezone.now())["appeals"]
    assert [(one["text"], one["contact"]) for one in copied] == [
        ("Tôi là Lê Thị Tên", "0999000777")
    ]
    erase_entrant(entrant=Entrant.objects.get(), user=None, now=timezone.now())
    row = Appeal.objects.get()
    assert (row.text, bytes(row.contact), row.slot, row.state) == (ERASED, b"", None, "withdrawn")
    with pytest.raises(UnknownAppeal):
        find_appeal(contest=made.contest, code=filed.code)


def test_an_attempt_that_nobody_may_touch_is_not_touched_by_an_appeal(made):
    who = register(made)
    sitting = start(made, who)
    appeal(made, code=who.code)
    assert read_attempt(token=sitting.token).row._replace(
        at=sitting.row.at
    ) == sitting.row._replace(done=False)
