"""Who may do what with training: each right is a scoped queryset plus a key."""

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from training.models import Certificate, Course, Enrolment, Inquiry
from training.queries.certificate import CertificateQuerySet
from training.queries.course import CourseQuerySet
from training.queries.enrolment import EnrolmentQuerySet

RUN_TRAINING = (Role.ORGANISER,)
WRITE_ARTICLES = (Role.ORGANISER, Role.UNIT_LEAD)
SEE_TRAINING = (Role.ORGANISER, Role.UNIT_LEAD, Role.AUDITOR, Role.ADMINISTRATOR)
ANSWER_INQUIRIES = (Role.ORGANISER, Role.UNIT_LEAD)


def courses_to_run(user: User) -> CourseQuerySet:
    """Courses the person writes, opens and enrols others in."""
    return Course.objects.within_reach_of(user, *RUN_TRAINING)


def may_run_course(user: User, course: Course) -> bool:
    return courses_to_run(user).filter(pk=course.pk).exists()


def require_may_run_course(user: User, course: Course) -> None:
    """Raises NotAllowed."""
    if not may_run_course(user, course):
        raise NotAllowed


def may_run_training_at(user: User, unit: OrgUnit) -> bool:
    """May make courses, materials and whatever else belongs to this unit."""
    return OrgUnit.objects.reached_by(user, *RUN_TRAINING).filter(pk=unit.pk).exists()


def may_write_articles_at(user: User, unit: OrgUnit) -> bool:
    """May write for the bulletin in this unit's name."""
    return OrgUnit.objects.reached_by(user, *WRITE_ARTICLES).filter(pk=unit.pk).exists()


def seen_enrolments(user: User) -> EnrolmentQuerySet:
    """Enrolments whose state the person may see: of their courses and of their units' people."""
    return Enrolment.objects.seen_by(user, *SEE_TRAINING)


def seen_certificates(user: User) -> CertificateQuerySet:
    """Certificates of enrolments whose state the person may see."""
    return Certificate.objects.filter(enrolment__in=seen_enrolments(user))


def may_learn(user: User, course: Course) -> bool:
    """Whether the person belongs to the course's audience: its unit or one below."""
    if user.unit_id is None:
        return False
    return OrgUnit.objects.below([course.unit_id]).filter(pk=user.unit_id).exists()


def may_answer_inquiry(user: User, inquiry: Inquiry) -> bool:
    """Runs the library for the unit that has to answer, or leads it."""
    reach = OrgUnit.objects.reached_by(user, *ANSWER_INQUIRIES)
    return reach.filter(pk=inquiry.unit_id).exists()
