"""The field key is exchanged: what was stored is found, opened and compared as before."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command
from django.db.models import BinaryField
from django.utils import timezone

from accounts.crypto import blind_index, is_sealed_now, key_id, open_text, seal_text, text_opener
from accounts.domain.key_rotation import (
    BATCH,
    KeyUnknown,
    count_left,
    rotate_field_key,
    sealed_stores,
)
from accounts.domain.sign_in_links import issue_sign_in_link, use_sign_in_link
from accounts.models import AuditEntry, KeyRotation
from quiz.domain.duplicates import decide_different, find_duplicates
from quiz.domain.entrants import search_entrants
from quiz.domain.entry_codes import find_entrant
from quiz.domain.receipts import clear_receipt_keys
from quiz.models import DuplicateCase, Entrant, RoundSecret
from tests.factories import make_attempt, make_open_contest, register, registration_data
from tests.people import make_person

pytestmark = pytest.mark.django_db
SAME = {"full_name": "Đỗ Thị Đào", "birth_date": "05/09/1990", "phone": "0912345678"}


@pytest.fixture
def exchange(settings):
    """Put a new key in place; the one before it is still known."""

    def act(name: str = "khoa-moi") -> None:
        settings.FIELD_KEYS_OLD = [settings.FIELD_KEY, *settings.FIELD_KEYS_OLD]
        settings.FIELD_KEY = name

    return act


@pytest.fixture
def made():
    return make_open_contest()


def test_many_at_once_are_opened_whichever_key_sealed_them(exchange):
    old, nothing = seal_text("0912345678"), b""
    exchange()
    opened = map(text_opener(), (old, nothing, seal_text("0987654321")))
    assert list(opened) == ["0912345678", "", "0987654321"]


def forget_old_keys(settings) -> None:
    settings.FIELD_KEYS_OLD = []


def test_everything_sealed_or_indexed_is_moved(made, exchange, settings):
    who = register(made, **SAME)
    person = make_person("an", unit=made.unit)
    exchange()
    rotate_field_key(now=timezone.now())
    forget_old_keys(settings)
    entrant = Entrant.objects.get(pk=who.entrant_id)
    assert is_sealed_now(entrant.phone)
    assert open_text(entrant.phone) == "0912345678"
    assert bytes(entrant.phone_index) == blind_index("phone", "0912345678")
    assert len(open_text(RoundSecret.objects.get(round=made.round).salt)) == 64
    authenticator = Authenticator.objects.get(user=person)
    assert open_text(bytes.fromhex(authenticator.data["secret"]))
    assert [count_left(store=store) for store in sealed_stores()] == [0] * len(sealed_stores())


def test_a_key_that_is_not_held_stops_the_exchange(made, settings):
    register(made, **SAME)
    settings.FIELD_KEY = "khoa-khac"
    with pytest.raises(KeyUnknown):
        rotate_field_key(now=timezone.now())


def test_an_exchange_goes_on_where_it_stopped(made, exchange, monkeypatch):
    monkeypatch.setattr("accounts.domain.key_rotation.BATCH", 2)
    for _person in range(5):
        register(made)
    exchange()
    seen = []

    def stop(name: str, rows: int) -> None:
        seen.append((name, rows))
        if (name, rows) == ("quiz.entrant", 4):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_field_key(now=timezone.now(), progress=stop)
    note = KeyRotation.objects.get(store="quiz.entrant", key_id=key_id())
    assert (note.rows, note.finished_at) == (4, None)
    assert rotate_field_key(now=timezone.now())["quiz.entrant"] == 5
    note.refresh_from_db()
    assert (note.rows, note.finished_at is not None) == (5, True)
    assert AuditEntry.objects.filter(act="rotate_field_key").count() == 1
    assert BATCH == 500


def test_rows_an_old_process_wrote_meanwhile_are_moved_in_a_second_pass(made, exchange, settings):
    exchange()
    new, old = settings.FIELD_KEY, settings.FIELD_KEYS_OLD

    def write_with_the_old_key(name: str, rows: int) -> None:
        if name == "quiz.roundsecret" and not Entrant.objects.exists():
            settings.FIELD_KEY, settings.FIELD_KEYS_OLD = old[0], []
            register(made, **SAME)
            settings.FIELD_KEY, settings.FIELD_KEYS_OLD = new, old

    rotate_field_key(now=timezone.now(), progress=write_with_the_old_key)
    left = {store.name: count_left(store=store) for store in sealed_stores()}
    assert left["quiz.entrant"] == 1
    KeyRotation.objects.filter(store="quiz.entrant").update(finished_at=None, last_pk=0)
    rotate_field_key(now=timezone.now())
    assert Entrant.objects.count() == 1
    assert is_sealed_now(Entrant.objects.get().phone)


def test_a_code_given_before_still_brings_back(made, exchange):
    data = registration_data(**SAME)
    first = register(made, **data)
    exchange()
    assert register(made, **data).code == first.code
    rotate_field_key(now=timezone.now())
    assert find_entrant(contest_id=made.contest.pk, code=first.code).pk == first.entrant_id
    assert register(made, **data).code == first.code
    assert Entrant.objects.count() == 1


def test_a_link_given_before_still_signs_in(made, exchange):
    link = issue_sign_in_link(user=made.organiser, now=timezone.now())
    exchange()
    assert use_sign_in_link(token=link.split("/")[-2], now=timezone.now()) == made.organiser


@pytest.mark.parametrize("moved", [False, True])
def test_an_entrant_is_found_by_phone_under_either_key(made, exchange, moved):
    before = register(made, **SAME).entrant_id
    exchange()
    after = register(made, full_name="Người Khác", phone="0912345678").entrant_id
    if moved:
        rotate_field_key(now=timezone.now())
    found = search_entrants(contest=made.contest, text="0912345678")
    assert set(found.values_list("pk", flat=True)) == {before, after}


def cases() -> list[tuple[str, str, set[int]]]:
    return [
        (case.reason, case.state, set(case.members.values_list("entrant", flat=True)))
        for case in DuplicateCase.objects.order_by("pk")
    ]


@pytest.mark.parametrize("moved", [False, True])
def test_a_person_registered_under_both_keys_is_found_to_be_one(made, exchange, moved):
    first = register(made, **SAME).entrant_id
    exchange()
    second = register(made, **SAME).entrant_id
    if moved:
        rotate_field_key(now=timezone.now())
    assert find_duplicates(contest=made.contest) == 1
    assert cases() == [("identity", "open", {first, second})]


def test_what_was_decided_on_duplicates_stays_decided(made, exchange):
    pair = {register(made, **SAME).entrant_id for _time in range(2)}
    assert find_duplicates(contest=made.contest) == 1
    case = DuplicateCase.objects.get()
    case.contest = made.contest
    decide_different(case=case, user=made.organiser, now=timezone.now(), note="Hai chị em")
    exchange()
    rotate_field_key(now=timezone.now())
    assert find_duplicates(contest=made.contest) == 0
    assert cases() == [("identity", "different", pair)]


def test_receipts_are_signed_as_before(made, exchange, settings):
    attempt = make_attempt(made)
    exchange()
    rotate_field_key(now=timezone.now())
    forget_old_keys(settings)
    clear_receipt_keys()
    assert make_attempt(made).pk != attempt.pk


def test_the_command_says_what_it_did(made, exchange, capsys):
    register(made, **SAME)
    exchange()
    call_command("rotate_field_key", status=True)
    assert f"quiz.entrant: còn 1 dòng chưa theo khóa {key_id()}." in capsys.readouterr().out
    call_command("rotate_field_key")
    told = capsys.readouterr().out
    assert "quiz.entrant: đã chuyển 1 dòng." in told
    assert f"quiz.entrant: còn 0 dòng chưa theo khóa {key_id()}." in told


# Bytes that no field key has to do with, and digests of secrets whose text nobody keeps.
NOT_SEALED = {
    "accounts.Installation.seal",
    "accounts.AuditEntry.hash",
    "accounts.ActReason.salt",
    "quiz.DuplicateCase.mark",
    "quiz.ErasedLeaf.leaf",
    "quiz.ReopenedLeaf.leaf",
    "quiz.Attempt.seed",
    "training.QuizTry.seed",
    "training.CreditScan.content",
    "quiz.Attempt.secret",
    "quiz.Attempt.journal",
}
DIGESTS = {
    "accounts.Throttle.digest",
    "accounts.SignInLink.digest",
    "accounts.Approval.link_digest",
    "accounts.Approval.code_digest",
    "quiz.Appeal.code_digest",
    "quiz.Entrant.code_digest",
    "quiz.ReturnCode.browser_digest",
    "training.Inquiry.code_digest",
    "training.SurveyTurn.digest",
}


def test_every_column_of_bytes_is_moved_or_known_not_to_need_it():
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ("accounts", "quiz", "training")
        for field in model._meta.fields
        if isinstance(field, BinaryField)
    }
    moved = {
        f"{store.model._meta.label}.{name}"
        for store in sealed_stores()
        for name in (*store.sealed, *store.indexes)
    }
    assert columns == moved | NOT_SEALED | DIGESTS
