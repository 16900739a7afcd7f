"""Issues of the bulletin: put together from approved articles, published, mailed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.domain.sending import NoSender, SendingFailed, may_send_letters, send_letter
from accounts.errors import NotAllowed
from accounts.models import Job, OrgUnit, User
from accounts.rich_text import to_words
from accounts.text import nfc, tidy_text
from training.domain.bulletin_errors import (
    ArticleMoved,
    BulletinEmpty,
    BulletinMoved,
    BulletinNotPublished,
)
from training.domain.search_index import SearchText, index_things
from training.enums import ArticleState, BulletinState
from training.models import Article, Bulletin, BulletinLetter
from training.permissions import may_run_training_at

KIND = "article"
MAIL = "mail_bulletin"
LONGEST_LEAD = 4000


@transaction.atomic
def create_bulletin(*, unit: OrgUnit, title: str, user: User, now: datetime) -> Bulletin:
    """The next issue of the unit's year; its number is its title if none is given.

    Raises NotAllowed.
    """
    _require_right(unit, user)
    OrgUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    year = timezone.localdate(now).year
    last = Bulletin.objects.filter(unit=unit, year=year).aggregate(last=Max("number"))["last"] or 0
    number = last + 1
    told = nfc(title) or _("Bản tin cải cách hành chính số %(number)s/%(year)s") % {
        "number": number,
        "year": year,
    }
    slug = f"{unit.code.lower()}-{year}-{number}"
    bulletin = Bulletin.objects.create(
        unit=unit, year=year, number=number, slug=slug, title=told[:200], made_by=user
    )
    _record(bulletin, user, "create_bulletin")
    return bulletin


@transaction.atomic
def change_bulletin(
    *, bulletin: Bulletin, title: str, lead: str, articles: Sequence[int], user: User
) -> Bulletin:
    """Its words and its articles in their order. An article taken out waits for the next issue.

    Raises NotAllowed, BulletinMoved once published, ArticleMoved for an article that is not
    approved, is in another issue, or belongs to a unit out of reach.
    """
    held = _held(bulletin, user)
    held.title = nfc(title)[:200] or held.title
    held.lead = tidy_text(lead)[:LONGEST_LEAD]
    held.save()
    held.articles.exclude(pk__in=articles).update(bulletin=None, position=0)
    free = Article.objects.below_unit(held.unit_id).filter(state=ArticleState.APPROVED)
    for position, pk in enumerate(dict.fromkeys(articles), 1):
        taken = free.filter(pk=pk, bulletin__in=[held]) | free.filter(pk=pk, bulletin=None)
        if not taken.update(bulletin=held, position=position):
            raise ArticleMoved
    _record(held, user, "change_bulletin")
    return held


@transaction.atomic
def publish_bulletin(*, bulletin: Bulletin, user: User, now: datetime) -> Bulletin:
    """Anyone reads it from now on, and it stays as it is. Raises NotAllowed, BulletinEmpty,
    BulletinMoved.
    """
    held = _held(bulletin, user)
    articles = list(held.articles.select_related("unit"))
    if not articles:
        raise BulletinEmpty
    held.state, held.published_at = BulletinState.PUBLISHED, now
    held.save()
    index_things(kind=KIND, texts=[_search_text(held, article) for article in articles])
    _record(held, user, "publish_bulletin")
    return held


def _search_text(bulletin: Bulletin, article: Article) -> SearchText:
    lead = article.summary or to_words(article.text)
    return SearchText(
        subject_id=article.pk,
        slug=str(article.pk),
        title=article.title,
        texts=(article.summary, to_words(article.text), article.unit.name, bulletin.title),
        at=bulletin.published_at or bulletin.made_at,
        lead=lead,
    )


def queue_letters(*, bulletin: Bulletin, link: str, user: User, now: datetime, next: str) -> Job:
    """Mail the issue to the people of its unit and below who have an address, each once.

    Raises NotAllowed, BulletinNotPublished, NoSender where letters have no way out.
    """
    _require_right(bulletin.unit, user)
    if bulletin.state != BulletinState.PUBLISHED:
        raise BulletinNotPublished
    if not may_send_letters():
        raise NoSender
    params = {"bulletin": bulletin.pk, "link": link, "next": next}
    return queue_job(kind=MAIL, params=params, user=user, now=now)


def mail_bulletin(run: JobRun) -> dict[str, Any]:
    """Job “mail_bulletin”: a step for each letter, so that a run begun again sends none twice."""
    bulletin = Bulletin.objects.select_related("unit").get(pk=run.params["bulletin"])
    _require_right(bulletin.unit, run.user)
    text = _letter_text(bulletin, run.params["link"])
    people = _people_to_mail(bulletin)
    counts = {"sent": 0, "failed": 0}
    for done, person in enumerate(people):
        run.progress(done, len(people))
        counts["sent" if _mail(bulletin, person, text, run.now) else "failed"] += 1
    record_act(
        actor=run.user,
        act="mail_bulletin",
        subject=bulletin,
        unit_id=bulletin.unit_id,
        sent=counts["sent"],
    )
    told = _("Đã gửi %(sent)s thư, %(failed)s thư chưa gửi được.") % counts
    return {**counts, "message": told}


def _people_to_mail(bulletin: Bulletin) -> list[User]:
    """Those of the unit and below with an address who have not had this issue."""
    had = BulletinLetter.objects.filter(bulletin=bulletin).values("person")
    people = User.objects.filter(
        unit__in=OrgUnit.objects.below([bulletin.unit_id]).values("pk"), is_active=True
    )
    return list(people.exclude(email="").exclude(pk__in=had).order_by("pk"))


def _mail(bulletin: Bulletin, person: User, text: str, now: datetime) -> bool:
    """Noted before it is sent: killed in between, a letter is missed and not sent twice."""
    letter, made = BulletinLetter.objects.get_or_create(
        bulletin=bulletin, person=person, defaults={"sent_at": now}
    )
    if not made:
        return True
    try:
        send_letter(to=person.email, subject=bulletin.title, text=text)
    except SendingFailed:
        letter.delete()
        return False
    return True


def _letter_text(bulletin: Bulletin, link: str) -> str:
    lines = [bulletin.title, ""]
    if bulletin.lead:
        lines += [to_words(bulletin.lead), ""]
    articles = bulletin.articles.select_related("unit")
    lines += [
        f"{n}. {article.title} ({article.unit.name})" for n, article in enumerate(articles, 1)
    ]
    return "\n".join([*lines, "", _("Đọc bản tin: %(link)s") % {"link": link}])


def _held(bulletin: Bulletin, user: User) -> Bulletin:
    _require_right(bulletin.unit, user)
    held = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if held.state == BulletinState.PUBLISHED:
        raise BulletinMoved
    return held


def _require_right(unit: OrgUnit, user: User) -> None:
    if not may_run_training_at(user, unit):
        raise NotAllowed


def _record(bulletin: Bulletin, user: User, act: str) -> None:
    record_act(actor=user, act=act, subject=bulletin, unit_id=bulletin.unit_id)
