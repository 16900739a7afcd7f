"""The bulletin: a unit writes, another person approves, an issue is published and mailed once."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils import translation

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import OrgUnit
from tests.people import make_person, make_unit
from training.domain.articles import (
    ArticleDraft,
    approve_article,
    change_article,
    create_article,
    return_article,
    send_article,
)
from training.domain.bulletin_errors import (
    ArticleEmpty,
    ArticleMoved,
    BulletinEmpty,
    BulletinMoved,
    BulletinNotPublished,
    OwnArticle,
)
from training.domain.bulletins import (
    MAIL,
    change_bulletin,
    create_bulletin,
    mail_bulletin,
    publish_bulletin,
    queue_letters,
)
from training.domain.library_errors import ReasonMissing
from training.domain.library_search import search_library
from training.enums import ArticleState
from training.interfaces.pdf.bulletin import write_bulletin
from training.models import Article, Bulletin

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
TEXT = (
    "## Một cửa\n\nTrả kết quả **đúng hẹn**.\n\n1. Một\n2. Hai\n\n| A | B |\n|---|---|\n| 1 | 2 |"
)


@pytest.fixture
def unit() -> OrgUnit:
    return make_unit("so-noi-vu", name="Sở Nội vụ")


@pytest.fixture
def below(unit) -> OrgUnit:
    return make_unit("xa-a", name="Xã A", parent=unit)


@pytest.fixture
def editor(unit):
    return make_person("olga", Role.ORGANISER, unit=unit)


@pytest.fixture
def author(below):
    return make_person("an", Role.UNIT_LEAD, unit=below)


def draft(**given: str) -> ArticleDraft:
    return ArticleDraft(**{"title": "Một cửa số", "text": TEXT} | given)


def approved(author, editor, **given: str) -> Article:
    article = create_article(unit=author.unit, draft=draft(**given), user=author)
    send_article(article=article, user=author, now=NOW)
    approve_article(article=article, user=editor, now=NOW)
    return article


def published(unit, author, editor) -> Bulletin:
    article = approved(author, editor)
    bulletin = create_bulletin(unit=unit, title="", user=editor, now=NOW)
    change_bulletin(bulletin=bulletin, title="", lead="Lời dẫn", articles=[article.pk], user=editor)
    return publish_bulletin(bulletin=bulletin, user=editor, now=NOW)


def test_an_article_goes_from_its_unit_to_the_editor_and_back_with_a_reason(author, editor) -> None:
    article = create_article(unit=author.unit, draft=draft(), user=author)
    with pytest.raises(NotAllowed):
        send_article(article=article, user=make_person("ba", unit=author.unit), now=NOW)
    send_article(article=article, user=author, now=NOW)
    with pytest.raises(ArticleMoved):
        change_article(article=article, draft=draft(title="Khác"), user=author)
    with pytest.raises(NotAllowed):
        approve_article(article=article, user=author, now=NOW)
    with pytest.raises(ReasonMissing):
        return_article(article=article, reason=" ", user=editor, now=NOW)
    return_article(article=article, reason="Thiếu số liệu", user=editor, now=NOW)
    assert (article.state, article.returned_because) == (ArticleState.RETURNED, "Thiếu số liệu")
    change_article(article=article, draft=draft(title="Đủ số liệu"), user=author)
    send_article(article=article, user=author, now=NOW)
    approve_article(article=article, user=editor, now=NOW)
    assert (article.state, article.title) == (ArticleState.APPROVED, "Đủ số liệu")


def test_nobody_approves_their_own_article_and_nothing_empty_is_sent(unit, editor) -> None:
    own = create_article(unit=unit, draft=draft(), user=editor)
    send_article(article=own, user=editor, now=NOW)
    with pytest.raises(OwnArticle):
        approve_article(article=own, user=editor, now=NOW)
    empty = create_article(unit=unit, draft=draft(text=" "), user=editor)
    with pytest.raises(ArticleEmpty):
        send_article(article=empty, user=editor, now=NOW)
    with pytest.raises(Faults):
        create_article(unit=unit, draft=draft(title=""), user=editor)


def test_issues_are_numbered_within_unit_and_year(unit, editor) -> None:
    made = [create_bulletin(unit=unit, title="", user=editor, now=NOW) for _ in range(2)]
    assert [(each.number, each.slug) for each in made] == [
        (1, "so-noi-vu-2026-1"),
        (2, "so-noi-vu-2026-2"),
    ]
    assert made[0].title == "Bản tin cải cách hành chính số 1/2026"


def test_only_approved_articles_of_the_unit_and_below_come_in_and_in_their_order(
    unit, author, editor
) -> None:
    first, second = approved(author, editor), approved(author, editor, title="Hai")
    waiting = create_article(unit=unit, draft=draft(), user=editor)
    elsewhere = make_unit("so-khac")
    other = make_person("oleg", Role.ORGANISER, unit=elsewhere)
    foreign = approved(make_person("lan", Role.UNIT_LEAD, unit=elsewhere), other)
    bulletin = create_bulletin(unit=unit, title="", user=editor, now=NOW)
    given = {"bulletin": bulletin, "title": "Số một", "lead": "", "user": editor}
    for wrong in (waiting.pk, foreign.pk, 0):
        with pytest.raises(ArticleMoved):
            change_bulletin(articles=[first.pk, wrong], **given)
    change_bulletin(articles=[second.pk, first.pk], **given)
    assert list(bulletin.articles.values_list("title", flat=True)) == ["Hai", "Một cửa số"]
    change_bulletin(articles=[first.pk], **given)
    assert [each.pk for each in Article.objects.below_unit(unit.pk).ready()] == [second.pk]


def test_published_it_is_read_found_and_changed_no_more(unit, author, editor) -> None:
    empty = create_bulletin(unit=unit, title="", user=editor, now=NOW)
    with pytest.raises(BulletinEmpty):
        publish_bulletin(bulletin=empty, user=editor, now=NOW)
    bulletin = published(unit, author, editor)
    assert [entry.title for entry in search_library(text="tra ket qua dung hen")] == ["Một cửa số"]
    with pytest.raises(BulletinMoved):
        change_bulletin(bulletin=bulletin, title="x", lead="", articles=[], user=editor)
    with pytest.raises(BulletinMoved):
        publish_bulletin(bulletin=bulletin, user=editor, now=NOW)


def test_each_person_of_the_unit_and_below_gets_one_letter(unit, author, editor) -> None:
    bulletin = create_bulletin(unit=unit, title="", user=editor, now=NOW)
    given = {"link": "https://x.vn/", "user": editor, "now": NOW, "next": ""}
    with pytest.raises(BulletinNotPublished):
        queue_letters(bulletin=bulletin, **given)
    bulletin = published(unit, author, editor)
    author.email = "an@example.vn"
    author.save()
    for _ in range(2):
        job = queue_job(
            kind=MAIL,
            params={"bulletin": bulletin.pk, "link": "https://x.vn/"},
            user=editor,
            now=NOW,
        )
        mail_bulletin(JobRun(job))
    assert [letter.to for letter in mail.outbox] == [["an@example.vn"]]
    assert "1. Một cửa số (Xã A)" in mail.outbox[0].body
    assert "https://x.vn/" in mail.outbox[0].body


def test_the_paper_holds_every_article_with_its_lists_and_tables(unit, author, editor) -> None:
    from pypdfium2 import PdfDocument

    bulletin = published(unit, author, editor)
    with translation.override("vi"):
        document = PdfDocument(write_bulletin(bulletin))
    text = " ".join(document[0].get_textpage().get_text_range().split())
    for words in (
        "hành chính số 1/2026",
        "Lời dẫn",
        "Trả kết quả đúng hẹn.",
        "2. Hai",
    ):
        assert words in text
