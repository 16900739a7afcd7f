"""Quiz lessons: a paper drawn from a practice bank, answered item by item, scored as contests are.

The keys of a practice bank are public, so a learner who sees one after answering is no knower of a
contest's keys; but nothing of a key leaves before the answer to its item is given.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quiz.domain.pools import draft_pool
from quiz.domain.practice_banks import practice_versions
from quiz.engine.drawing import DRAW_VERSION, DrawError, Slot, draw_paper, read_pool
from quiz.engine.scoring import compile_item, score_paper
from quiz.models import ItemBank, ItemVersion
from training.domain.progress import change_state, open_lesson, rule_of
from training.domain.quiz_errors import BadAnswer, NoOpenTry, NoTriesLeft, QuizNotReady
from training.domain.quiz_settings import QuizSettings, read_settings
from training.engine.completion import Passed
from training.engine.growing import best_score
from training.models import Enrolment, Lesson, QuizTry

SEED_BYTES = 16
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Drawable:
    """What a quiz can be drawn from now: the versions by place, and the pool document."""

    versions: Sequence[ItemVersion]
    document: dict[str, Any]


def quiz_shortages(lesson: Lesson, *, on: date) -> list[str]:
    """Why no paper can be drawn on a day, in sentences."""
    settings = read_settings(lesson.settings)
    bank = ItemBank.objects.filter(pk=settings.bank).first()
    if bank is None or bank.practice_since is None:
        return [_("Ngân hàng của bài kiểm tra chưa được phép dùng để ôn luyện.")]
    try:
        _drawable(settings, practice_versions(bank, on=on))
    except DrawError:
        return [_("Không đủ câu đã duyệt, được phép ôn luyện và không nằm trong vòng thi nào.")]
    return []


def _drawable(settings: QuizSettings, versions: Sequence[ItemVersion]) -> Drawable:
    """Raises DrawError where the items are too few."""
    if settings.paper.fixed_items is not None:
        by_number = {version.item.number: version for version in versions}
        if any(number not in by_number for number in settings.paper.fixed_items):
            raise DrawError("a fixed item is not there")
        versions = [by_number[number] for number in settings.paper.fixed_items]
    draft = draft_pool(paper=settings.paper, versions=versions, salt=b"")
    read_pool(draft.document)
    by_pk = {version.pk: version for version in versions}
    return Drawable([by_pk[item["version"]] for item in draft.document["items"]], draft.document)


def tries_left(*, lesson: Lesson, made: int) -> int | None:
    """How many more tries the rule allows; None for as many as one likes."""
    for condition in rule_of(lesson).all:
        if isinstance(condition, Passed) and condition.retries is not None:
            return max(0, condition.retries + 1 - made)
    return None


@transaction.atomic
def start_try(*, enrolment: Enrolment, lesson: Lesson, now: datetime) -> QuizTry:
    """A new paper, or the one that is open.

    Raises NoTriesLeft, QuizNotReady, and what `open_lesson` raises.
    """
    open_lesson(enrolment=enrolment, lesson=lesson, now=now)
    # Two clicks at once: the second finds the first one's paper.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    tries = QuizTry.objects.filter(enrolment=enrolment, lesson=lesson)
    if going_on := tries.filter(ended_at=None).first():
        return going_on
    made = tries.count()
    if tries_left(lesson=lesson, made=made) == 0:
        raise NoTriesLeft
    seed = os.urandom(SEED_BYTES)
    paper = draw_quiz(lesson, seed, timezone.localdate(now))
    return QuizTry.objects.create(
        enrolment=enrolment,
        lesson=lesson,
        ordinal=made + 1,
        seed=seed,
        draw_version=DRAW_VERSION,
        paper=paper,
        answers=[None] * len(paper),
        began_at=now,
    )


def draw_quiz(lesson: Lesson, seed: bytes, on: date) -> list[list[Any]]:
    """Per slot [version, its option ids as shown]. Raises QuizNotReady."""
    settings = read_settings(lesson.settings)
    try:
        bank = ItemBank.objects.get(pk=settings.bank)
        drawable = _drawable(settings, practice_versions(bank, on=on))
    except (ItemBank.DoesNotExist, DrawError) as short:
        raise QuizNotReady from short
    slots = draw_paper(
        read_pool(drawable.document),
        seed,
        shuffle_items=settings.paper.shuffle_items,
        shuffle_options=settings.paper.shuffle_options,
    )
    items = drawable.document["items"]
    return [
        [
            items[slot.item_ref]["version"],
            [items[slot.item_ref]["option_ids"][option] for option in slot.option_order],
        ]
        for slot in slots
    ]


@transaction.atomic
def answer_item(
    *, enrolment: Enrolment, lesson: Lesson, slot: int, places: Sequence[int], now: datetime
) -> QuizTry:
    """Answer one item by the places of the chosen options as shown; the first answer stays.

    The last answer ends the try and scores it. Raises NoOpenTry, BadAnswer, and what `open_lesson`
    raises.
    """
    open_lesson(enrolment=enrolment, lesson=lesson, now=now)
    tries = QuizTry.objects.select_for_update().filter(enrolment=enrolment, lesson=lesson)
    going_on = tries.filter(ended_at=None).first()
    if going_on is None:
        raise NoOpenTry
    if not 0 <= slot < len(going_on.paper):
        raise BadAnswer
    if going_on.answers[slot] is not None:
        return going_on
    version, order = going_on.paper[slot]
    kind = ItemVersion.objects.get(pk=version).kind
    single = kind != "multiple" and len(places) > 1
    if not places or single or any(not 0 <= place < len(order) for place in places):
        raise BadAnswer
    going_on.answers[slot] = sum(1 << order[place] for place in set(places))
    if None not in going_on.answers:
        _end(going_on, now)
    going_on.save(update_fields=["answers", "ended_at", "score"])
    if going_on.score is not None:
        score = float(going_on.score)
        change_state(
            enrolment=enrolment,
            lesson=lesson,
            change=lambda progress: best_score(progress.state, score),
            now=now,
        )
    return going_on


def _end(finished: QuizTry, now: datetime) -> None:
    versions: dict[int, Any] = ItemVersion.objects.in_bulk([pk for pk, _order in finished.paper])
    tables = [
        compile_item(
            kind=versions[version].kind,
            key_mask=versions[version].key_mask,
            option_count=len(order),
            points=Decimal(1),
            marking="all_or_nothing",
        )
        for version, order in finished.paper
    ]
    paper = [Slot(place, tuple(order)) for place, (_v, order) in enumerate(finished.paper)]
    scored = score_paper(paper, finished.answers, tables)
    share = scored.score * 100 / scored.total
    finished.score = share.quantize(HUNDREDTH, ROUND_HALF_UP)
    finished.ended_at = now
