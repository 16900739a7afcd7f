"""“Ôn luyện”: items of practice banks asked again when they are about to be forgotten.

Anyone may practise; who is signed in is asked by spaced repetition, the others by chance. Practice
never ranks, and no contest asks what is practised (`quiz.domain.practice_banks`).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries.org_unit import units_above
from quiz.domain.practice_banks import practice_versions
from quiz.models import Citation, ItemBank, ItemUsage, ItemVersion
from training.domain.quiz_errors import BadAnswer
from training.domain.quiz_papers import ShownItem, show_item
from training.engine.memory import after_answer
from training.models import Course, Lesson, PracticeCard

Person = User | AnonymousUser
# A topic is weak once it was asked this often and less than this share of answers was right.
ENOUGH, WEAK_SHARE = 5, 0.7
SUGGESTED = 5


@dataclass(frozen=True)
class PracticeTopic:
    """A topic of a bank that may be practised: how many items it has and how many wait for one."""

    pk: int
    title: str
    bank: str
    items: int
    due: int
    known: int


def practice_topics(*, person: Person, now: datetime) -> list[PracticeTopic]:
    """All topics that have something to practise, by bank and name."""
    cards = _cards(person)
    topics = []
    for bank in _open_banks():
        by_topic: dict[int, list[ItemVersion]] = {}
        for version in practice_versions(bank, on=timezone.localdate(now)):
            by_topic.setdefault(version.topic_id or 0, []).append(version)
        names = {topic.pk: topic.name for topic in bank.topics.all()}
        for pk, versions in by_topic.items():
            held = [cards[v.item_id] for v in versions if v.item_id in cards]
            due = sum(card.due_at <= now for card in held)
            title = names.get(pk, _("Chưa xếp chủ đề"))
            topics.append(PracticeTopic(pk, title, bank.name, len(versions), due, len(held) - due))
    return sorted(topics, key=lambda topic: (topic.bank, topic.title))


def next_item(*, person: Person, topic: int | None, now: datetime) -> ItemVersion | None:
    """What to ask now: what is due longest, else something new by chance, else what is due next.

    Without an account always by chance. None where the topic has nothing to practise.
    """
    versions = _versions(topic, timezone.localdate(now))
    if not versions:
        return None
    cards = _cards(person)
    held = sorted((cards[v.item_id] for v in versions if v.item_id in cards), key=_due)
    by_item = {version.item_id: version for version in versions}
    if held and held[0].due_at <= now:
        return by_item[held[0].item_id]
    new = [version for version in versions if version.item_id not in cards]
    if new:
        return secrets.choice(new)
    return by_item[held[0].item_id]


def practice_version(*, pk: int, now: datetime) -> ItemVersion | None:
    """The version if it may be practised now."""
    version = ItemVersion.objects.select_related("item__bank").filter(pk=pk).first()
    if version is None:
        return None
    allowed = practice_versions(version.item.bank, on=timezone.localdate(now))
    return next((each for each in allowed if each.pk == pk), None)


@transaction.atomic
def answer_practice(
    *, person: Person, version: ItemVersion, places: Sequence[int], now: datetime
) -> ShownItem:
    """What is told after an answer: right or not, the key, the reason, the basis.

    `places` are option ids. Kept for who is signed in. Raises BadAnswer.
    """
    single = version.kind != "multiple" and len(places) > 1
    if not places or single or any(not 0 <= place < len(version.options) for place in places):
        raise BadAnswer
    mask = sum(1 << place for place in set(places))
    if isinstance(person, User):
        _remember(person, version, right=mask == version.key_mask, now=now)
    return show_item(0, version, range(len(version.options)), mask, told=True)


def _remember(person: User, version: ItemVersion, *, right: bool, now: datetime) -> None:
    """Two answers at once are one after the other."""
    card, _made = PracticeCard.objects.select_for_update().get_or_create(
        person=person,
        item_id=version.item_id,
        defaults={"memory": {}, "due_at": now, "changed_at": now},
    )
    card.memory, card.due_at = after_answer(card.memory, right=right, now=now.astimezone(UTC))
    card.asked, card.right, card.changed_at = card.asked + 1, card.right + int(right), now
    card.save()


def suggested_lessons(*, person: User, now: datetime) -> list[Lesson]:
    """Lessons of courses open to the person that rest on what they, or the last round, got wrong.

    An item is weak if the person answered it wrong more often than `WEAK_SHARE` allows, or if it
    was among the five hardest of the last round whose results are out. A lesson is suggested by
    the documents both cite, the most shared first.
    """
    weak = _weak_items(person) | _hardest_of_last_round()
    documents = Citation.objects.filter(version__item__in=weak, version=F("version__item__current"))
    above = units_above([person.unit_id] if person.unit_id else [])
    courses = Course.objects.running_on(timezone.localdate(now)).filter(unit__in=above)
    lessons = Lesson.objects.filter(
        module__course__in=courses,
        is_retired=False,
        citations__document__in=documents.values("document"),
    )
    counted = lessons.annotate(shared=Count("citations__document", distinct=True))
    return list(counted.select_related("module__course").order_by("-shared", "pk")[:SUGGESTED])


def _weak_items(person: User) -> set[int]:
    rows = PracticeCard.objects.filter(person=person, asked__gt=F("right"))
    rows = rows.filter(Q(asked__gte=2) | Q(right=0))
    return {card.item_id for card in rows if card.right < WEAK_SHARE * card.asked}


def _hardest_of_last_round() -> set[int]:
    told = ItemUsage.objects.told().filter(answered__gte=ENOUGH)
    last = told.order_by("-pool__round__closes_at").values_list("pool_id", flat=True).first()
    if last is None:
        return set()
    usages = sorted(told.filter(pool=last), key=lambda usage: usage.correct / usage.answered)
    versions = [usage.version_id for usage in usages[:SUGGESTED]]
    return set(ItemVersion.objects.filter(pk__in=versions).values_list("item_id", flat=True))


def _open_banks() -> QuerySet[ItemBank]:
    return ItemBank.objects.exclude(practice_since=None).prefetch_related("topics").order_by("name")


def _versions(topic: int | None, day: date) -> list[ItemVersion]:
    banks = _open_banks().filter(topics=topic) if topic else _open_banks()
    versions = [each for bank in banks for each in practice_versions(bank, on=day)]
    return [each for each in versions if topic is None or (each.topic_id or 0) == topic]


def _cards(person: Person) -> dict[int, PracticeCard]:
    if not isinstance(person, User):
        return {}
    return {card.item_id: card for card in PracticeCard.objects.filter(person=person)}


def _due(card: PracticeCard) -> tuple[datetime, int]:
    return card.due_at, card.pk
