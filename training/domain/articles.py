"""Articles: written by a unit, sent in, approved by an editor above or returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc, tidy_text
from training.domain.bulletin_errors import ArticleEmpty, ArticleMoved, OwnArticle
from training.domain.library_errors import ReasonMissing
from training.enums import ArticleState
from training.models import Article
from training.permissions import may_run_training_at, may_write_articles_at

WRITABLE = (ArticleState.DRAFT, ArticleState.RETURNED)
LONGEST_REASON = 400


@dataclass(frozen=True)
class ArticleDraft:
    """An article as its author writes it."""

    title: str
    summary: str = ""
    text: str = ""
    byline: str = ""

    def values(self) -> dict[str, str]:
        tidy = {name: nfc(getattr(self, name)) for name in ("title", "summary", "byline")}
        return tidy | {"text": tidy_text(self.text)}


@transaction.atomic
def create_article(*, unit: OrgUnit, draft: ArticleDraft, user: User) -> Article:
    """A draft of the unit. Raises NotAllowed, Faults."""
    _check(unit, draft, user)
    article = Article.objects.create(unit=unit, author=user, **draft.values())
    _record(article, user, "create_article")
    return article


@transaction.atomic
def change_article(*, article: Article, draft: ArticleDraft, user: User) -> Article:
    """Write it anew while it is with its unit; an editor also while it waits for approval.

    Raises NotAllowed, Faults, ArticleMoved.
    """
    _check(article.unit, draft, user)
    held = Article.objects.select_for_update().get(pk=article.pk)
    edits = held.state == ArticleState.SENT and may_run_training_at(user, held.unit)
    if held.state not in WRITABLE and not edits:
        raise ArticleMoved
    for name, value in draft.values().items():
        setattr(held, name, value)
    held.save()
    _record(held, user, "change_article")
    return held


@transaction.atomic
def send_article(*, article: Article, user: User, now: datetime) -> None:
    """Hand it to the editors. Raises NotAllowed, ArticleEmpty, ArticleMoved."""
    if not may_write_articles_at(user, article.unit):
        raise NotAllowed
    if not article.text:
        raise ArticleEmpty
    _move(article, WRITABLE, state=ArticleState.SENT, sent_at=now, returned_because="")
    _record(article, user, "send_article")


@transaction.atomic
def approve_article(*, article: Article, user: User, now: datetime) -> None:
    """Let it into a bulletin; never by its author. Raises NotAllowed, OwnArticle, ArticleMoved."""
    _require_editor(article, user)
    if article.author_id == user.pk:
        raise OwnArticle
    decided = {"decided_by": user, "decided_at": now}
    _move(article, [ArticleState.SENT], state=ArticleState.APPROVED, **decided)
    _record(article, user, "approve_article")


@transaction.atomic
def return_article(*, article: Article, reason: str, user: User, now: datetime) -> None:
    """Back to its unit with the reason. Raises NotAllowed, ReasonMissing, ArticleMoved."""
    _require_editor(article, user)
    told = nfc(reason)[:LONGEST_REASON]
    if not told:
        raise ReasonMissing
    decided = {"decided_by": user, "decided_at": now, "returned_because": told}
    _move(article, [ArticleState.SENT], state=ArticleState.RETURNED, **decided)
    _record(article, user, "return_article")


def _move(article: Article, before: Iterable[str], **after: object) -> None:
    """One UPDATE: of two who act at once, one is told."""
    if not Article.objects.filter(pk=article.pk, state__in=list(before)).update(**after):
        raise ArticleMoved
    article.refresh_from_db()


def _require_editor(article: Article, user: User) -> None:
    if not may_run_training_at(user, article.unit):
        raise NotAllowed


def _check(unit: OrgUnit, draft: ArticleDraft, user: User) -> None:
    if not may_write_articles_at(user, unit):
        raise NotAllowed
    if not nfc(draft.title):
        message, hint = _("Chưa có tên bài."), _("Ghi tên bài rồi lưu lại.")
        raise Faults([Fault(_("Tên bài"), "title_empty", message, hint)])


def _record(article: Article, user: User, act: str) -> None:
    record_act(actor=user, act=act, subject=article, unit_id=article.unit_id)
