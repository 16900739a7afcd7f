"""What lessons cite, and what is decided when it goes out of force."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.citing import Citing, register_citing
from quiz.domain.item_citations import end_of
from quiz.domain.legal_documents import (
    LONGEST_CLAUSE,
    LONGEST_NUMBER,
    documents_by_number,
    parse_citations,
)
from quiz.models import ClauseEnd, LegalDocument
from training.domain.course_errors import NothingToKeep
from training.models import Course, Lesson, LessonCitation
from training.permissions import require_may_run_course

LONGEST_REASON = 400
UNDECIDED = {"kept_by": None, "kept_at": None, "kept_because": ""}


def citation_fault(text: str) -> Fault | None:
    """What of the text can't be stored whole."""
    for cited in parse_citations(text):
        if len(cited.number) > LONGEST_NUMBER or len(cited.clause) > LONGEST_CLAUSE:
            message = _("Căn cứ “%(start)s…” quá dài.") % {"start": cited.number[:40]}
            hint = _("Ghi số, ký hiệu văn bản, dấu phẩy, rồi điều, khoản; mỗi văn bản một dòng.")
            return Fault("", "lesson_citation", message, hint)
    return None


def cite_lesson(*, lesson: Lesson, text: str) -> None:
    """Let the lesson cite what the text names; what it cited before keeps what was decided."""
    cited = parse_citations(text)
    documents = documents_by_number(each.number for each in cited)
    wanted = {(documents[each.number].pk, each.clause): documents[each.number] for each in cited}
    held = {(row.document_id, row.clause): row for row in lesson.citations.all()}
    for key in held.keys() - wanted.keys():
        held[key].delete()
    LessonCitation.objects.bulk_create(
        LessonCitation(
            lesson=lesson,
            document=document,
            clause=clause,
            ends_on=end_of(
                clause=clause,
                document=document,
                ends=ClauseEnd.objects.filter(document=document),
            ),
        )
        for (pk, clause), document in wanted.items()
        if (pk, clause) not in held
    )


def citation_text(lesson: Lesson) -> str:
    """The citations as people type them, one document a line."""
    return "\n".join(
        ", ".join(filter(None, (citation.document.number, citation.clause)))
        for citation in lesson.citations.select_related("document")
    )


def flagged_lessons(*, courses: QuerySet[Course], on: date) -> QuerySet[Lesson]:
    """Lessons in use whose basis is out of force on the day, with nothing decided about it."""
    cited = LessonCitation.objects.filter(ends_on__lte=on, kept_by=None)
    lessons = Lesson.objects.filter(
        module__course__in=courses, is_retired=False, pk__in=cited.values("lesson")
    )
    shown = lessons.select_related("module__course__unit")
    return shown.prefetch_related("citations__document__replaced_by").order_by(
        "module__course__title", "module__position", "position"
    )


@transaction.atomic
def keep_lesson(*, lesson: Lesson, reason: str, user: User, now: datetime, on: date) -> None:
    """Decide that the lesson is right although its basis is out of force on a day.

    It stands until a document's last day moves again. Raises NotAllowed, NothingToKeep, Faults.
    """
    course = lesson.module.course
    require_may_run_course(user, course)
    reason = nfc(reason)
    if not 0 < len(reason) <= LONGEST_REASON:
        message = _("Lý do cần từ 1 đến %d ký tự.") % LONGEST_REASON
        raise Faults([Fault(_("Lý do"), "keep_reason", message, _("Ghi vì sao bài vẫn đúng."))])
    waiting = lesson.citations.filter(ends_on__lte=on, kept_by=None)
    if not waiting.update(kept_by=user, kept_at=now, kept_because=reason):
        raise NothingToKeep
    record_act(
        actor=user, act="keep_lesson", subject=lesson, unit_id=course.unit_id, course=course.pk
    )


def refresh_citations(document: LegalDocument) -> int:
    """Follow a change of the document or its clauses; how many lessons have a basis that ends."""
    cited = LessonCitation.objects.filter(document=document)
    ends = list(ClauseEnd.objects.filter(document=document))
    for clause in set(cited.order_by().values_list("clause", flat=True)):
        day = end_of(clause=clause, document=document, ends=ends)
        moved = cited.filter(clause=clause)
        moved = moved.exclude(ends_on=day) if day else moved.exclude(ends_on=None)
        moved.update(ends_on=day, **UNDECIDED)
    return cited.exclude(ends_on=None).values("lesson").distinct().count()


def count_lessons(user: User, roles: Collection[str]) -> Mapping[int, int]:
    """{document id: lessons that cite it in courses where the person holds one of `roles`}."""
    courses = Course.objects.within_reach_of(user, *roles)
    cited = LessonCitation.objects.filter(lesson__module__course__in=courses).order_by()
    return dict(cited.values_list("document").annotate(Count("lesson", distinct=True)))


def register_lessons() -> None:
    """Called once when Django starts."""
    register_citing(
        Citing(
            code="lessons",
            title=gettext_lazy("Bài học"),
            count=count_lessons,
            refresh=refresh_citations,
        )
    )
