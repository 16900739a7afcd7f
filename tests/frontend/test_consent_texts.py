"""Consent texts: versions, their difference, a contest's choice, and no box ticked beforehand."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.consents import current_consent_text, publish_consent_text
from accounts.domain.text_changes import Passage, text_changes
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, ConsentText
from quiz.domain.contest_consent import ConsentFixed, choose_consent_text
from tests.factories import make_contest, make_open_contest
from tests.frontend.contest_pages import browser_of, text_of
from tests.people import make_person, make_unit

TEMPLATES = Path(__file__).parents[2] / "frontend" / "templates"


def test_changes_are_told_word_by_word():
    assert text_changes(before="Tôi đồng ý lưu hai năm.", after="Tôi đồng ý cho lưu ba năm.") == [
        Passage("same", "Tôi đồng ý"),
        Passage("added", "cho"),
        Passage("same", "lưu"),
        Passage("removed", "hai"),
        Passage("added", "ba"),
        Passage("same", "năm."),
    ]


@pytest.fixture
def administrator(db) -> Client:
    client = Client()
    client.force_login(make_person("quan.tri", Role.ADMINISTRATOR, unit=make_unit("tinh")))
    return client


@pytest.mark.django_db
def test_a_new_version_is_set_against_the_last_before_it_is_published(administrator):
    last = current_consent_text()
    address = reverse("w-consent-text-new", args=["enter_contest"])
    same = {"body": last.body, "body_en": last.body_en, "retention_days": last.retention_days}
    assert administrator.post(address, same | {"publish": "1"}).status_code == 422
    given = {"body": last.body + " Thêm câu này.", "retention_days": "365"}
    looked = text_of(administrator.post(address, given))
    assert "<ins>Thêm câu này.</ins>" in looked
    assert "<del>730</del> <ins>365</ins>" in looked
    assert ConsentText.objects.filter(purpose="enter_contest").count() == 1
    administrator.post(address, given | {"publish": "1"})
    newest = current_consent_text()
    assert (newest.version, newest.retention_days, newest.body_en) == (2, 365, "")
    assert newest.body.endswith("Thêm câu này.")
    assert AuditEntry.objects.filter(act="publish_consent_text").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"body": ""}, {"retention_days": "0"}, {"retention_days": "9999"}]
)
def test_a_version_without_words_or_sensible_time_is_refused(administrator, wrong):
    address = reverse("w-consent-text-new", args=["enter_contest"])
    given = {"body": "Tôi đồng ý.", "retention_days": "365", "publish": "1"} | wrong
    assert administrator.post(address, given).status_code == 422
    assert current_consent_text().version == 1


@pytest.mark.django_db
def test_an_administrator_of_a_commune_reads_and_does_not_publish():
    commune = make_unit("xa", parent=make_unit("tinh"))
    client = Client()
    client.force_login(make_person("xa", Role.ADMINISTRATOR, unit=commune))
    assert "Soạn phiên bản mới" not in text_of(client.get(reverse("w-consent-texts")))
    assert client.get(reverse("w-consent-text-new", args=["enter_contest"])).status_code == 403


@pytest.mark.django_db
def test_a_contest_keeps_its_version_until_it_chooses_anew():
    made = make_contest()
    first = made.contest.consent_text
    newer = publish_consent_text(
        purpose="enter_contest", body="Tôi đồng ý.", retention_days=365, user=None
    )
    client, address = (
        browser_of(made.organiser),
        reverse("w-contest-consent", args=[made.contest.pk]),
    )
    page = text_of(client.get(address))
    assert "Có phiên bản mới hơn" in page
    made.contest.refresh_from_db()
    assert made.contest.consent_text == first
    client.post(address, {"text": newer.pk})
    made.contest.refresh_from_db()
    assert made.contest.consent_text == newer
    stranger = make_person("khac", Role.ORGANISER, unit=make_unit("noi-khac"))
    with pytest.raises(NotAllowed):
        choose_consent_text(contest=made.contest, text=first, user=stranger)


@pytest.mark.django_db
def test_the_text_does_not_change_under_those_who_are_reading_it():
    made = make_open_contest()
    text = made.contest.consent_text
    with pytest.raises(ConsentFixed):
        choose_consent_text(contest=made.contest, text=text, user=made.organiser)
    address = reverse("w-contest-consent", args=[made.contest.pk])
    assert browser_of(made.organiser).post(address, {"text": text.pk}).status_code == 409


BOX = re.compile(r"<input[^>]*type=[\"']checkbox[\"'][^>]*>|\{% checkbox [^%]*%\}")


def test_no_box_of_consent_is_ticked_beforehand_in_any_template():
    """Law 91/2025/QH15: silence is no consent."""
    boxes = [
        (path.name, box)
        for path in TEMPLATES.rglob("*.html")
        for box in BOX.findall(path.read_text())
        if re.search(r"consent|dong_y|guardian", box)
    ]
    assert boxes
    assert [box for box in boxes if "checked" in box[1]] == []


@pytest.mark.django_db
def test_no_box_of_consent_is_ticked_on_the_pages_that_ask():
    made = make_open_contest()
    client = Client()
    asked = [
        reverse("register", args=[made.contest.code]),
        reverse("contest", args=[made.contest.code]),
    ]
    boxes = [box for path in asked for box in BOX.findall(client.get(path).content.decode())]
    assert boxes
    assert [box for box in boxes if "checked" in box] == []
