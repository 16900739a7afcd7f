"""A citizen's question from the form to the published answer."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.crypto import open_text
from accounts.domain.retention import STORES, expire
from accounts.enums import Role
from accounts.errors import Faults, NotAllowed, TooManyRequests
from quiz.errors import InputRefused
from tests.factories import make_person, make_unit
from training.domain.inquiries import (
    BY_ADDRESS,
    InquiryInput,
    find_inquiry,
    receiving_unit,
    send_inquiry,
    take_back_inquiry,
)
from training.domain.inquiry_answers import (
    PublishedText,
    answer_inquiry,
    assign_inquiry,
    publish_inquiry,
    refuse_inquiry,
)
from training.domain.inquiry_errors import InquiryMoved, NobodyReceives, UnknownInquiry
from training.domain.inquiry_messages import tell_askers
from training.domain.library_search import search_library
from training.models import Inquiry

pytestmark = pytest.mark.django_db
TEXT = PublishedText("Nộp hồ sơ", "Nộp hồ sơ ở đâu?", "Tại Trung tâm Phục vụ hành chính công.")


@pytest.fixture
def province():
    return make_unit("Tỉnh")


@pytest.fixture
def commune(province):
    return make_unit("Xã", parent=province)


@pytest.fixture
def organiser(province):
    return make_person(Role.ORGANISER, unit=province)


@pytest.fixture
def lead(commune):
    return make_person(Role.UNIT_LEAD, unit=commune)


def ask(text: str = "Tôi là A, nộp hồ sơ ở đâu?", **given: str):
    given = {"request_key": str(uuid.uuid4())} | given
    return send_inquiry(given=InquiryInput(text=text, **given), address="x", now=timezone.now())


def publish(inquiry: Inquiry, organiser) -> None:
    now = timezone.now()
    answer_inquiry(inquiry=inquiry, answer=TEXT.answer, user=organiser, now=now)
    publish_inquiry(inquiry=inquiry, text=TEXT, user=organiser, now=now)


def test_a_question_goes_to_a_unit_is_answered_there_and_published_above(organiser, lead, commune):
    sent = ask()
    now = timezone.now()
    assign_inquiry(inquiry=sent.inquiry, unit=commune, user=organiser, now=now)
    answer_inquiry(inquiry=sent.inquiry, answer="Tại xã.", user=lead, now=now)
    with pytest.raises(NotAllowed):
        publish_inquiry(inquiry=sent.inquiry, text=TEXT, user=lead, now=now)
    publish_inquiry(inquiry=sent.inquiry, text=TEXT, user=organiser, now=now)
    assert find_inquiry(code=sent.code).state == "published"
    assert [entry.slug for entry in search_library(text="nop ho so")] == [sent.inquiry.number]


def test_what_is_published_is_what_the_moderator_wrote(organiser):
    sent = ask("Tôi là Nguyễn Văn A, 0912345678, nộp hồ sơ ở đâu?")
    publish(sent.inquiry, organiser)
    assert sent.inquiry.shown_text == "Nộp hồ sơ ở đâu?"
    assert not search_library(text="0912345678")


def test_nothing_is_published_before_it_is_answered(organiser):
    sent = ask()
    with pytest.raises(InquiryMoved):
        publish_inquiry(inquiry=sent.inquiry, text=TEXT, user=organiser, now=timezone.now())


def test_what_is_missing_of_a_publication_is_told_at_once(organiser):
    sent = ask()
    now = timezone.now()
    answer_inquiry(inquiry=sent.inquiry, answer="x", user=organiser, now=now)
    text = PublishedText("", " ", "")
    with pytest.raises(Faults) as refused:
        publish_inquiry(inquiry=sent.inquiry, text=text, user=organiser, now=now)
    assert len(refused.value.faults) == 3


def test_a_refusal_needs_its_reason_and_takes_a_published_answer_down(organiser):
    sent = ask()
    publish(sent.inquiry, organiser)
    now = timezone.now()
    with pytest.raises(Faults):
        refuse_inquiry(inquiry=sent.inquiry, reason=" ", user=organiser, now=now)
    refuse_inquiry(inquiry=sent.inquiry, reason="Đã cũ", user=organiser, now=now)
    assert not search_library(text="nop ho so")
    assert not Inquiry.objects.public().exists()


def test_a_unit_that_was_not_asked_can_not_answer(organiser):
    stranger = make_person(Role.UNIT_LEAD, unit=make_unit("Xã khác"))
    sent = ask()
    with pytest.raises(NotAllowed):
        answer_inquiry(inquiry=sent.inquiry, answer="x", user=stranger, now=timezone.now())


def test_a_form_sent_twice_is_one_question_with_one_code(organiser):
    key = str(uuid.uuid4())
    assert ask(request_key=key).code == ask(request_key=key).code
    assert Inquiry.objects.count() == 1


def test_the_contact_is_stored_sealed(organiser):
    inquiry = ask(contact="a@b.vn").inquiry
    assert b"a@b.vn" not in bytes(inquiry.contact)
    assert open_text(inquiry.contact) == "a@b.vn"
    assert ask().inquiry.contact == b""


@pytest.mark.parametrize("text", ["", " \n ", "a" * 2001])
def test_an_empty_or_endless_question_is_refused(organiser, text):
    with pytest.raises(InputRefused):
        ask(text)
    assert not Inquiry.objects.exists()


def test_one_address_asks_only_so_often(organiser):
    for _turn in range(BY_ADDRESS[0]):
        ask()
    with pytest.raises(TooManyRequests):
        ask()


def test_a_wrong_code_opens_nothing(organiser):
    ask()
    for code in ("", "AAAA", "0000-0000-0000-0000"):
        with pytest.raises(UnknownInquiry):
            find_inquiry(code=code)


def test_the_topmost_unit_with_an_organiser_receives(province, commune, organiser):
    make_person(Role.ORGANISER, unit=commune)
    assert receiving_unit() == province


def test_where_nobody_runs_the_library_nothing_is_received(province):
    with pytest.raises(NobodyReceives):
        ask()


def test_whoever_left_an_address_is_told_once_without_the_answer(organiser):
    sent = ask(contact="a@b.vn")
    ask(contact="c@d.vn")
    publish(sent.inquiry, organiser)
    assert [tell_askers(now=timezone.now()) for _each in range(2)] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == ["a@b.vn"]
    assert sent.inquiry.number in letter.body
    assert TEXT.answer not in letter.body


def test_who_takes_back_an_unpublished_question_leaves_nothing(organiser):
    sent = ask()
    take_back_inquiry(inquiry=sent.inquiry)
    assert not Inquiry.objects.exists()


def test_who_takes_back_a_published_question_leaves_only_what_is_public(organiser):
    sent = ask(contact="a@b.vn")
    publish(sent.inquiry, organiser)
    take_back_inquiry(inquiry=sent.inquiry)
    kept = Inquiry.objects.public().get()
    assert (kept.text, bytes(kept.contact), kept.shown_text) == ("", b"", TEXT.shown_text)
    with pytest.raises(UnknownInquiry):
        find_inquiry(code=sent.code)


def test_the_asker_is_forgotten_a_year_after_the_answer(organiser):
    answered, waiting, old = ask(contact="a@b.vn"), ask(), ask()
    publish(answered.inquiry, organiser)
    now = timezone.now()
    Inquiry.objects.filter(pk=old.inquiry.pk).update(asked_at=now - timedelta(days=731))
    store = STORES["inquiries"]
    assert expire(store=store, now=now) == 1
    assert expire(store=store, now=now + timedelta(days=366)) == 1
    rows = Inquiry.objects.order_by("pk").values_list("pk", "text", "shown_text")
    assert list(rows) == [
        (answered.inquiry.pk, "", TEXT.shown_text),
        (waiting.inquiry.pk, waiting.inquiry.text, ""),
    ]
