"""Courses: making, describing, opening, archiving."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.jobs import queue_job
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import free_code, nfc, slug_of, tidy_text
from training.domain.course_checklist import missing_to_publish
from training.domain.course_errors import CodeReserved, CourseChanged, CourseInUse
from training.enums import PAGED, CourseState
from training.models import Course, Lesson
from training.permissions import may_run_training_at, require_may_run_course

DRAW_PAGES = "draw_lesson_pages"
LONGEST_TITLE = 200
LONGEST_SUMMARY = 4000
LONGEST_GROUP = 100
MOST_GROUPS = 20
MOST_RENEW_MONTHS = 120
_CODE_LENGTH = 36
_TRIES = 5
# Words that stand where a course's code stands in an address (/hoc/lop/); a test compares them
# with the routes.
RESERVED_CODES = frozenset({"danh-gia", "gio-hoc", "giay-xac-nhan", "lop"})


@dataclass(frozen=True)
class CourseInput:
    """What a person says of a course; see `training.models.Course`."""

    title: str
    summary: str = ""
    groups: tuple[str, ...] = ()
    is_open: bool = True
    in_order: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    renew_months: int = 0
    gives_certificate: bool = True


@transaction.atomic
def create_course(*, unit: OrgUnit, given: CourseInput, user: User, code: str = "") -> Course:
    """A draft without lessons; a code already taken gets a number behind it, and so does a title
    that makes a reserved one.

    Raises NotAllowed, Faults, CodeReserved.
    """
    if not may_run_training_at(user, unit):
        raise NotAllowed
    if code in RESERVED_CODES:
        raise CodeReserved
    values = _checked(given)
    wanted = code or slug_of(given.title, length=_CODE_LENGTH, default="khoa-hoc")
    for last in reversed(range(_TRIES)):
        alike = Course.objects.filter(code__startswith=wanted).values_list("code", flat=True)
        taken = RESERVED_CODES.union(alike)
        try:
            with transaction.atomic():
                course = Course.objects.create(
                    unit=unit, code=free_code(wanted, taken), made_by=user, **values
                )
            break
        except IntegrityError:  # somebody took the code since it was looked up
            if not last:
                raise
    _record("create_course", course, user)
    return course


@transaction.atomic
def change_course(*, course: Course, given: CourseInput, user: User) -> Course:
    """Raises NotAllowed, Faults."""
    held = held_course(course, user)
    for name, value in _checked(given).items():
        setattr(held, name, value)
    held.save()
    _record("change_course", held, user)
    return held


@transaction.atomic
def publish_course(*, course: Course, user: User, now: datetime) -> Course:
    """Open a draft or archived course. Raises NotAllowed, CourseChanged, Faults with what is
    missing.
    """
    held = held_course(course, user)
    if held.state == CourseState.PUBLISHED:
        raise CourseChanged
    if faults := missing_to_publish(course=held, now=now):
        raise Faults(faults)
    held.state, held.published_at = CourseState.PUBLISHED, now
    held.save(update_fields=["state", "published_at"])
    _record("publish_course", held, user)
    _queue_drawing(held, user, now)
    return held


def _queue_drawing(course: Course, user: User, now: datetime) -> None:
    """The worker draws the pages of documents, so that the first learner need not wait."""
    paged = Lesson.objects.filter(module__course=course, kind__in=PAGED, is_retired=False)
    for file in paged.order_by("file").values_list("file", flat=True).distinct():
        queue_job(kind=DRAW_PAGES, params={"file": file}, user=user, now=now)


@transaction.atomic
def archive_course(*, course: Course, user: User) -> Course:
    """Nobody goes on with it; what was done stays. Raises NotAllowed, CourseChanged."""
    held = held_course(course, user)
    if held.state != CourseState.PUBLISHED:
        raise CourseChanged
    held.state = CourseState.ARCHIVED
    held.save(update_fields=["state"])
    _record("archive_course", held, user)
    return held


@transaction.atomic
def withdraw_course(*, course: Course, user: User) -> Course:
    """Back to draft, while nobody takes it. Raises NotAllowed, CourseChanged, CourseInUse."""
    held = held_course(course, user)
    if held.state != CourseState.PUBLISHED:
        raise CourseChanged
    if held.enrolments.exists():
        raise CourseInUse
    held.state = CourseState.DRAFT
    held.save(update_fields=["state"])
    _record("withdraw_course", held, user)
    return held


def held_course(course: Course, user: User) -> Course:
    """The course locked for its author: of two who change it, the second sees what the first did.

    Raises NotAllowed.
    """
    require_may_run_course(user, course)
    return Course.objects.select_for_update(of=("self",)).select_related("unit").get(pk=course.pk)


def _record(act: str, course: Course, user: User) -> None:
    record_act(actor=user, act=act, subject=course, unit_id=course.unit_id)


def _checked(given: CourseInput) -> dict[str, object]:
    """The values to store. Raises Faults."""
    if faults := list(_faults(given)):
        raise Faults(faults)
    return asdict(given) | {
        "title": nfc(given.title),
        "summary": tidy_text(given.summary),
        "groups": list(dict.fromkeys(filter(None, map(nfc, given.groups)))),
    }


def _faults(given: CourseInput) -> Iterator[Fault]:
    if not 0 < len(nfc(given.title)) <= LONGEST_TITLE:
        message = _("Tên khoá học cần từ 1 đến %d ký tự.") % LONGEST_TITLE
        yield Fault(_("Tên khoá học"), "course_title", message, _("Nhập lại tên."))
    if len(given.summary) > LONGEST_SUMMARY:
        message = _("Giới thiệu dài quá %d ký tự.") % LONGEST_SUMMARY
        yield Fault(_("Giới thiệu"), "course_summary", message, _("Rút gọn."))
    long_group = any(len(nfc(group)) > LONGEST_GROUP for group in given.groups)
    if long_group or len(given.groups) > MOST_GROUPS:
        told = {"most": MOST_GROUPS, "longest": LONGEST_GROUP}
        message = _("Tối đa %(most)d đối tượng, mỗi đối tượng không quá %(longest)d ký tự.") % told
        yield Fault(_("Đối tượng"), "course_groups", message, _("Rút gọn danh sách."))
    if given.valid_from and given.valid_to and given.valid_to <= given.valid_from:
        message = _("Ngày đóng không sau ngày mở.")
        yield Fault(_("Ngày đóng"), "course_days", message, _("Đặt ngày đóng muộn hơn."))
    if not 0 <= given.renew_months <= MOST_RENEW_MONTHS:
        message = _("Số tháng học lại từ 0 đến %d.") % MOST_RENEW_MONTHS
        yield Fault(_("Học lại sau"), "course_renewal", message, _("0: không phải học lại."))
