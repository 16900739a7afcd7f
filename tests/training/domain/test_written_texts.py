"""What people write is stored in one normal form, without stray spaces: it is searched by it."""

import unicodedata
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from accounts.enums import Role
from accounts.models import OrgUnit, User
from tests.people import make_trio
from tests.training.courses import READ
from training.domain.articles import ArticleDraft, create_article, return_article, send_article
from training.domain.bulletins import change_bulletin, create_bulletin
from training.domain.classes import change_class, create_class
from training.domain.contact_channels import save_channel
from training.domain.courses import CourseInput, change_course, create_course
from training.domain.duty import set_duty
from training.domain.faqs import save_faq
from training.domain.inquiries import InquiryInput, send_inquiry
from training.domain.inquiry_answers import PublishedText, answer_inquiry, publish_inquiry
from training.domain.lessons import LessonInput, add_lesson
from training.domain.materials import MaterialDraft, create_material
from training.domain.modules import add_module
from training.domain.page_texts import FEEDBACK, save_page_text
from training.domain.playlists import create_playlist, save_slide
from training.domain.screens import create_screen
from training.domain.surveys import create_survey, publish_version, read_document
from training.enums import ChannelKind, LessonKind, MaterialKind, SlideKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
TYPED = "  " + unicodedata.normalize("NFD", "Hồ sơ điện tử") + " "
WRITTEN = "Hồ sơ điện tử"
WRITTEN_IN = {
    f"training.{name}"
    for name in (
        *("article", "bulletin", "contactchannel", "course", "coursemodule", "dutysetting", "faq"),
        *("inquiry", "lesson", "material", "pagetext", "playlist", "screen", "searchentry"),
        *("slide", "survey", "trainingclass"),
    )
}


def is_tidy(value: Any) -> bool:
    """Also of what lies inside JSON."""
    if isinstance(value, dict):
        return all(map(is_tidy, value.values()))
    if isinstance(value, list):
        return all(map(is_tidy, value))
    return not isinstance(value, str) or value == unicodedata.normalize("NFC", value).strip()


def written_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for model in apps.get_app_config("training").get_models():
        for row in model._default_manager.values():
            yield model._meta.label_lower, row


def write_library(unit: OrgUnit, user: User) -> None:
    texts = dict.fromkeys(("title", "summary", "subject", "text", "citations"), TYPED)
    create_material(unit=unit, draft=MaterialDraft(kind=MaterialKind.POST, **texts), user=user)
    save_faq(unit=unit, question=TYPED, answer=TYPED, subject=TYPED, user=user)
    save_page_text(code=FEEDBACK, text=TYPED, user=user)
    save_channel(unit=unit, kind=ChannelKind.PHONE, value=TYPED, hours=TYPED, note=TYPED, user=user)
    draft = ArticleDraft(title=TYPED, summary=TYPED, text=TYPED, byline=TYPED)
    article = create_article(unit=unit, draft=draft, user=user)
    send_article(article=article, user=user, now=NOW)
    return_article(article=article, reason=TYPED, user=user, now=NOW)
    issue = create_bulletin(unit=unit, title=TYPED, user=user, now=NOW)
    change_bulletin(bulletin=issue, title=TYPED, lead=TYPED, articles=[], user=user)
    given = InquiryInput(request_key=str(uuid.uuid4()), text=TYPED, contact=TYPED)
    asked = send_inquiry(given=given, address="::1", now=NOW).inquiry
    answer_inquiry(inquiry=asked, answer=TYPED, user=user, now=NOW)
    text = PublishedText(title=TYPED, shown_text=TYPED, answer=TYPED, subject=TYPED)
    publish_inquiry(inquiry=asked, text=text, user=user, now=NOW)


def write_desks(unit: OrgUnit, user: User) -> None:
    playlist = create_playlist(unit=unit, name=TYPED, user=user)
    create_screen(unit=unit, name=TYPED, playlist=playlist, user=user)
    save_slide(playlist=playlist, user=user, kind=SlideKind.TEXT, text=TYPED, title=TYPED)
    survey = create_survey(unit=unit, title=TYPED, user=user, now=NOW)
    asked = {"kind": "choice", "text": TYPED, "options": [TYPED, "Không"]}
    scale = {"kind": "scale", "text": TYPED}
    document = read_document({"intro": TYPED, "prompts": [scale, asked]})
    publish_version(survey=survey, document=document, user=user, now=NOW)


def write_courses(unit: OrgUnit, user: User) -> None:
    given = CourseInput(title=TYPED, summary=TYPED, groups=(TYPED,))
    course = create_course(unit=unit, given=given, user=user)
    change_course(course=course, given=given, user=user)
    module = add_module(course=course, title=TYPED, user=user)
    lesson = LessonInput(title=TYPED, body=TYPED, completion=READ)
    add_lesson(module=module, kind=LessonKind.TEXT, given=lesson, user=user)
    fields = dict.fromkeys(("title", "place", "teacher", "note"), TYPED)
    made = create_class(unit=unit, course=course, user=user, now=NOW, **fields)
    change_class(training_class=made, user=user, **fields)
    set_duty(
        unit=unit,
        from_date=NOW.date(),
        measure="hour",
        minutes_per_unit=60,
        yearly=Decimal(40),
        rounding="down",
        due_month=12,
        due_day=31,
        source=TYPED,
        user=user,
        now=NOW,
    )


def test_what_people_write_is_stored_in_one_normal_form():
    trio = make_trio(Role.ORGANISER)
    for write in (write_library, write_desks, write_courses):
        write(trio.here, trio.alice)
    cells = [(label, *cell) for label, row in written_rows() for cell in row.items()]
    assert {f"{label}.{name}" for label, name, value in cells if not is_tidy(value)} == set()
    assert {label for label, _name, value in cells if value == WRITTEN} == WRITTEN_IN
