"""What a person's copy of their own data says of their courses, papers and practice."""

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.own_account import register_own_data
from accounts.models import User
from training.models import (
    Attendance,
    BulletinLetter,
    Certificate,
    ClassInvitee,
    Enrolment,
    EnrolmentReminder,
    FeedbackGiven,
    PracticeCard,
)

Rows = list[tuple[str, str]]


def register_own_learning() -> None:
    """Called once when Django starts."""
    register_own_data(own_learning)


def own_learning(person: User) -> Rows:
    """(label, value): each course, certificate, class and card, and what was sent or asked."""
    return _courses(person) + _certificates(person) + _cards(person) + _counts(person)


def _courses(person: User) -> Rows:
    held = Enrolment.objects.filter(person=person).select_related("course").order_by("pk")
    counted = held.annotate(quizzes=Count("tries"))
    return [
        (_("Khoá học: %(title)s") % {"title": each.course.title}, _state(each, each.quizzes))
        for each in counted
    ]


def _state(enrolment: Enrolment, tries: int) -> str:
    facts = [_("ghi danh %(moment)s") % {"moment": show_moment(enrolment.enrolled_at)}]
    if enrolment.completed_at:
        facts.append(_("hoàn thành %(moment)s") % {"moment": show_moment(enrolment.completed_at)})
    if enrolment.exempted_at:
        facts.append(_("được miễn: %(reason)s") % {"reason": enrolment.exempt_reason})
    if enrolment.withdrawn_at:
        facts.append(_("đã rút %(moment)s") % {"moment": show_moment(enrolment.withdrawn_at)})
    if tries:
        facts.append(_("%(count)s lượt làm bài kiểm tra") % {"count": tries})
    return "; ".join(facts)


def _certificates(person: User) -> Rows:
    held = Certificate.objects.filter(enrolment__person=person).select_related("unit")
    return [
        (
            _("Giấy xác nhận hoàn thành: %(title)s") % {"title": each.course_title},
            f"{each.full_number}; {each.holder_name}; {each.holder_unit}",
        )
        for each in held.order_by("pk")
    ]


def _cards(person: User) -> Rows:
    cards = PracticeCard.objects.filter(person=person).select_related("item__current")
    told = _("hỏi %(asked)s lần, đúng %(right)s lần, hỏi lại lúc %(due)s")
    return [
        (
            _("Thẻ ôn luyện: %(stem)s") % {"stem": each.item.current.stem[:80]},
            told % {"asked": each.asked, "right": each.right, "due": show_moment(each.due_at)},
        )
        for each in cards.order_by("pk")
        if each.item.current
    ]


def _counts(person: User) -> Rows:
    invited = ClassInvitee.objects.filter(person=person).select_related("training_class")
    ticked = Attendance.objects.filter(person=person).exclude(reason="").order_by("pk")
    return [
        (_("Lý do điểm danh thay"), "; ".join(each.reason for each in ticked)),
        (_("Lớp tập huấn được mời"), "; ".join(each.training_class.title for each in invited)),
        (_("Lần nhắc học"), str(EnrolmentReminder.objects.filter(person=person).count())),
        (_("Thư bản tin đã gửi"), str(BulletinLetter.objects.filter(person=person).count())),
        (_("Phiếu đánh giá đã gửi"), str(FeedbackGiven.objects.filter(person=person).count())),
    ]
