"""A course once more: what was written is kept, what people did is not."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.models import User
from training.domain.courses import CourseInput, create_course
from training.models import Course, CourseModule, Lesson, LessonCitation, LessonFile
from training.permissions import require_may_run_course


def suggested_title(course: Course) -> str:
    return _("%(title)s (bản sao)") % {"title": course.title[:180]}


@transaction.atomic
def copy_course(*, course: Course, user: User, title: str = "") -> Course:
    """A draft of the same unit with the same modules and lessons in use, files and citations.

    Its days are left out: the next course has its own. What was decided about citations comes
    along. Raises NotAllowed, Faults.
    """
    require_may_run_course(user, course)
    copy = create_course(
        unit=course.unit,
        given=CourseInput(
            title=title or suggested_title(course),
            summary=course.summary,
            groups=tuple(course.groups),
            is_open=course.is_open,
            in_order=course.in_order,
            renew_months=course.renew_months,
            gives_certificate=course.gives_certificate,
        ),
        user=user,
    )
    copied: dict[int, Lesson] = {}
    for module in course.modules.all():
        new = CourseModule.objects.create(course=copy, position=module.position, title=module.title)
        for lesson in module.lessons.filter(is_retired=False):
            copied[lesson.pk] = _copy_lesson(lesson, new)
    links = Lesson.prerequisites.through
    links.objects.bulk_create(
        links(from_lesson=copied[lesson], to_lesson=copied[first])
        for lesson, first in links.objects.filter(from_lesson__in=copied).values_list(
            "from_lesson", "to_lesson"
        )
        if first in copied
    )
    record_act(actor=user, act="copy_course", subject=copy, unit_id=copy.unit_id, source=course.pk)
    return copy


def _copy_lesson(lesson: Lesson, module: CourseModule) -> Lesson:
    copy = Lesson.objects.create(
        module=module,
        position=lesson.position,
        title=lesson.title,
        kind=lesson.kind,
        body=lesson.body,
        file=lesson.file,
        link=lesson.link,
        minutes=lesson.minutes,
        completion=lesson.completion,
        settings=lesson.settings,
        is_required=lesson.is_required,
    )
    LessonFile.objects.bulk_create(
        LessonFile(lesson=copy, file=each.file, language=each.language)
        for each in lesson.extras.select_related("file")
    )
    LessonCitation.objects.bulk_create(
        LessonCitation(
            lesson=copy,
            document=each.document,
            clause=each.clause,
            ends_on=each.ends_on,
            kept_by=each.kept_by,
            kept_at=each.kept_at,
            kept_because=each.kept_because,
        )
        for each in lesson.citations.select_related("document", "kept_by")
    )
    return copy
