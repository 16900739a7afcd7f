"""A receipt is checked against what is published; before that all leaves are answered alike."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quiz.domain.attempts import Sitting, read_attempt
from quiz.domain.receipt_checks import check_receipt
from quiz.domain.receipts import receipt_of
from quiz.domain.releases import approve_release
from quiz.domain.result_jobs import SUBMIT_RELEASE, queue_round_job
from quiz.errors import ReceiptUnreadable
from quiz.models import Release
from tests.factories import OpenContest, make_attempt, make_open_contest, register, start
from tests.frontend.contest_pages import do_jobs
from tests.results_factory import close_and_seal

pytestmark = pytest.mark.django_db
STEPS = ("opening", "code", "signature", "inclusion")


@pytest.fixture
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def entered(media) -> tuple[OpenContest, dict]:
    """A contest with three entries, and the receipt file of one."""
    made = make_open_contest()
    for wrong in (1, 2):
        make_attempt(made, wrong=wrong, full_name=f"Người {wrong}")
    who = register(made, full_name="Người Giữ Biên Nhận")
    token = start(made, who).token
    make_attempt(made, who=who)
    sitting: Sitting = read_attempt(token=token)
    return made, receipt_of(sitting).as_dict()


def publish(made: OpenContest) -> Release:
    close_and_seal(made)
    queue_round_job(kind=SUBMIT_RELEASE, round=made.round, user=made.organiser, now=timezone.now())
    do_jobs()
    release = Release.objects.get()
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="1/QĐ",
        decision_date=date(2026, 11, 30),
        now=timezone.now(),
    )
    return release


def steps(text: str) -> list[str]:
    checked = check_receipt(text=text)
    return [checked.steps[name] for name in STEPS]


def test_a_receipt_is_good_and_stands_in_the_published_tree(entered):
    made, held = entered
    assert steps(json.dumps(held)) == ["ok", "ok", "ok", "unknown"]
    release = publish(made)
    checked = check_receipt(text=json.dumps(held))
    assert [checked.steps[name] for name in STEPS] == ["ok"] * 4
    assert (checked.proof.release, checked.proof.root) == (release, made.round.seal.root)


def test_the_text_of_its_qr_code_proves_the_place_alone(entered):
    made, held = entered
    publish(made)
    leaf = held["receipt"]["leaf"]
    short = f"minhthi-receipt/1 {held['code']} {leaf} {held['signature']}"
    for text in (short, leaf, leaf.upper()):
        assert steps(text) == ["unknown", "unknown", "unknown", "ok"]


def change_answer(held: dict) -> None:
    held["receipt"]["values"]["answers"][0] ^= 3


def change_code(held: dict) -> None:
    held["code"] = "AAAA-AAAA-AAAA-AAAA"


def change_signature(held: dict) -> None:
    held["signature"] = "00" * 64


def change_leaf(held: dict) -> None:
    held["receipt"]["leaf"] = "ab" * 32


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (change_answer, {"opening", "code", "signature"}),
        (change_code, {"code"}),
        (change_signature, {"signature"}),
        (change_leaf, {"opening", "code", "signature", "inclusion"}),
    ],
)
def test_what_was_changed_is_named(entered, change, wrong: set[str]):
    made, held = entered
    publish(made)
    change(held)
    checked = check_receipt(text=json.dumps(held))
    assert {name for name, state in checked.steps.items() if state == "wrong"} == wrong


def test_before_the_release_every_leaf_gets_the_same_answer(entered):
    _made, held = entered
    client, url = Client(), reverse("api-receipt-proof")
    answers = {
        client.get(url, {"leaf": leaf}).content for leaf in (held["receipt"]["leaf"], "ab" * 32)
    }
    assert answers == {b'{"proof":null}'}


def test_a_draft_that_waits_for_its_signature_proves_nothing(entered):
    made, held = entered
    close_and_seal(made)
    queue_round_job(kind=SUBMIT_RELEASE, round=made.round, user=made.organiser, now=timezone.now())
    do_jobs()
    assert check_receipt(text=json.dumps(held)).steps["inclusion"] == "unknown"


@pytest.mark.parametrize("text", ["", "{", "{}", '{"receipt": 1}', "ab", "a b c", "ab" * 33, "[]"])
def test_what_is_no_receipt_is_refused_with_a_sentence(text: str):
    with pytest.raises(ReceiptUnreadable):
        check_receipt(text=text)


def test_the_page_without_script_says_the_same(entered):
    made, held = entered
    publish(made)
    page = Client().post(reverse("receipt-check"), {"receipt": json.dumps(held)})
    assert made.round.seal.root in page.content.decode()
    refused = Client().post(reverse("receipt-check"), {"receipt": "không phải"})
    assert (refused.status_code, "receipt_unreadable" in refused.content.decode()) == (422, True)


def test_a_release_restored_without_its_files_proves_nothing_and_breaks_nothing(entered):
    made, held = entered
    release = publish(made)
    release.tree.storage.delete(release.tree.name)
    assert check_receipt(text=json.dumps(held)).steps["inclusion"] == "unknown"
