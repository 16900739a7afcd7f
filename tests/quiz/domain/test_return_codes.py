"""A one-time code brings back whoever gave the contact, on the browser that asked, once."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import TooManyRequests
from quiz.domain.clock import shifted_clock
from quiz.domain.return_codes import BY_CONTACT, TRIES, ask_return_code, confirm_return_code
from quiz.domain.return_errors import WayClosed, WrongReturnCode
from quiz.domain.return_secrets import browser_digest, code_of
from quiz.errors import InputRefused
from quiz.models import Entrant, ReturnCode
from tests.factories import make_open_contest, make_rules, register
from tests.quiz.returning import code_in, make_returning_contest, sent_by_worker

pytestmark = pytest.mark.django_db
PHONE, MAIL = "0999000777", "thu.nghiem@example.vn"


def ask(made, contact=PHONE, address="192.0.2.1") -> str:
    return ask_return_code(contest=made.contest, contact=contact, address=address)


def confirm(made, browser: str, code: str) -> list[int]:
    found = confirm_return_code(contest=made.contest, browser=browser, code=code)
    return [entrant.pk for entrant in found]


def test_a_code_to_the_phone_brings_its_holder_back_once():
    made = make_returning_contest()
    who = register(made, phone=PHONE)
    register(made, phone="0999000778")
    browser = ask(made, "+84 999 000 777")
    [(to, text)] = sent_by_worker()
    assert to == PHONE
    assert Entrant.objects.filter(contact_confirmed_at__isnull=False).count() == 0
    assert confirm(made, browser, f" {code_in(text)} ") == [who.entrant_id]
    confirmed = Entrant.objects.filter(contact_confirmed_at__isnull=False)
    assert [entrant.pk for entrant in confirmed] == [who.entrant_id]
    with pytest.raises(WrongReturnCode):
        confirm(made, browser, code_in(text))
    assert sent_by_worker() == []


def test_a_code_to_the_mail_address_does_too():
    made = make_returning_contest()
    who = register(made, email="Thu.Nghiem@example.vn")
    browser = ask(made, MAIL.upper())
    [(to, text)] = sent_by_worker()
    assert to == MAIL
    assert confirm(made, browser, code_in(text)) == [who.entrant_id]


def test_everybody_behind_one_phone_comes_up_but_who_was_set_aside():
    made = make_returning_contest()
    first, second, again = (
        register(made, phone=PHONE, full_name=name) for name in ("Lê A", "Lê B", "Lê A")
    )
    Entrant.objects.filter(pk=again.entrant_id).update(duplicate_of=first.entrant_id)
    browser = ask(made)
    [(_to, text)] = sent_by_worker()
    assert confirm(made, browser, code_in(text)) == [first.entrant_id, second.entrant_id]


def test_an_entrant_of_another_contest_is_not_found():
    made, other = make_returning_contest(), make_returning_contest()
    register(other, phone=PHONE)
    ask(made)
    assert sent_by_worker() == []


def test_nothing_stored_is_the_code_the_cookie_or_the_contact():
    made = make_returning_contest()
    register(made, phone=PHONE)
    browser = ask(made)
    [(_to, text)] = sent_by_worker()
    row = ReturnCode.objects.values().get()
    assert bytes(row.pop("contact")) == b""
    stored = str({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()})
    assert [secret in stored for secret in (code_in(text), browser, PHONE)] == [False] * 3


def test_a_code_is_of_no_use_in_another_browser_or_contest():
    made, other = make_returning_contest(), make_returning_contest()
    register(made, phone=PHONE)
    mine, stranger = ask(made), ask(made, "0999000779")
    [(_to, text)] = sent_by_worker()
    for contest, browser in [(made, stranger), (made, ""), (made, "0" * 64), (other, mine)]:
        with pytest.raises(WrongReturnCode):
            confirm(contest, browser, code_in(text))
    assert len(confirm(made, mine, code_in(text))) == 1


def test_the_right_code_of_a_contact_nobody_gave_opens_nothing():
    made = make_returning_contest()
    browser = ask(made)
    assert sent_by_worker() == []
    with pytest.raises(WrongReturnCode):
        confirm(made, browser, code_of(browser_digest(browser)))


def test_five_wrong_tries_wear_a_code_out():
    made = make_returning_contest()
    register(made, phone=PHONE)
    browser = ask(made)
    [(_to, text)] = sent_by_worker()
    wrong = f"{(int(code_in(text)) + 1) % 10**6:06d}"
    for _try in range(TRIES):
        with pytest.raises(WrongReturnCode):
            confirm(made, browser, wrong)
    with pytest.raises(WrongReturnCode):
        confirm(made, browser, code_in(text))


def test_a_code_is_good_for_ten_minutes_and_its_row_goes_after_an_hour():
    made = make_returning_contest()
    register(made, phone=PHONE)
    browser = ask(made)
    [(_to, text)] = sent_by_worker()
    with shifted_clock(timedelta(minutes=10)), pytest.raises(WrongReturnCode):
        confirm(made, browser, code_in(text))
    ReturnCode.objects.update(asked_at=ReturnCode.objects.get().asked_at - timedelta(hours=2))
    sent_by_worker()
    with pytest.raises(ObjectDoesNotExist):
        ReturnCode.objects.get()


def kind_of(sql: str) -> str:
    """A statement without its values: “INSERT INTO accounts_throttle AS held”."""
    return re.split(r"[\"'(]", sql.strip())[0]


def test_asking_and_guessing_take_the_same_statements_whether_known_or_not():
    made = make_returning_contest()
    register(made, phone=PHONE)
    ask(made, "0999000001")  # what a process reads once
    statements = []
    for contact in (PHONE, "0999000780"):
        with CaptureQueriesContext(connection) as asked:
            browser = ask(made, contact)
        sent_by_worker()
        with CaptureQueriesContext(connection) as tried, pytest.raises(WrongReturnCode):
            confirm(made, browser, "x")
        statements.append([kind_of(query["sql"]) for query in [*asked, *tried]])
    assert statements[0] == statements[1]
    assert len(statements[0]) > 5


def test_one_contact_can_be_asked_for_so_often():
    made = make_returning_contest()
    for number in range(BY_CONTACT[0]):
        ask(made, address=f"192.0.2.{number}")
    with pytest.raises(TooManyRequests):
        ask(made, address="192.0.2.99")
    ask(made, "0999000781", address="192.0.2.99")


def test_the_rules_and_what_they_ask_decide_which_contacts_serve():
    closed = make_returning_contest("code")
    with pytest.raises(WayClosed):
        ask(closed)
    fields = [{"name": "full_name"}, {"name": "email"}]
    rules = make_rules(
        entry={"reentry": "code_or_contact", "identity_fields": fields, "identity_key": ["email"]}
    )
    by_mail = make_open_contest(rules=rules)
    with pytest.raises(InputRefused) as refusal:
        ask(by_mail)
    assert list(refusal.value.details["fields"]) == ["contact"]
    assert ask(by_mail, MAIL)


def test_without_a_sender_there_is_no_way_by_contact(settings):
    settings.TEXTS_IN_MEMORY = settings.EMAIL_DECLARED = settings.DEBUG = settings.DEMO = False
    with pytest.raises(WayClosed):
        ask(make_returning_contest())
