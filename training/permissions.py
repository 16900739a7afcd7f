"""Who may do what with training: each right is a scoped queryset plus a key."""

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.queries.org_unit import units_above
from training.enums import CourseState
from training.models import (
    Certificate,
    CommunicationPlan,
    Course,
    Credit,
    Enrolment,
    Inquiry,
    PlanTask,
)
from training.queries.certificate import CertificateQuerySet
from training.queries.communication_plan import CommunicationPlanQuerySet, PlanTaskQuerySet
from training.queries.course import CourseQuerySet
from training.queries.credit import CreditQuerySet
from training.queries.enrolment import EnrolmentQuerySet

RUN_TRAINING = (Role.ORGANISER,)
WRITE_ARTICLES = (Role.ORGANISER, Role.UNIT_LEAD)
SEE_TRAINING = (Role.ORGANISER, Role.UNIT_LEAD, Role.AUDITOR, Role.ADMINISTRATOR)
KEEP_CREDITS = (Role.ORGANISER, Role.UNIT_LEAD)
ANSWER_INQUIRIES = (Role.ORGANISER, Role.UNIT_LEAD)
KEEP_CHANNELS = (Role.ORGANISER, Role.UNIT_LEAD)
KEEP_EVIDENCE = (Role.ORGANISER, Role.UNIT_LEAD)


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


def courses_for_units_of(user: User, *roles: str) -> CourseQuerySet:
    """Courses of units in the user's reach, and those from above that their people may take."""
    held = list(user.memberships.filter(role__in=roles).values_list("unit_id", flat=True))
    if not held:
        return Course.objects.none()
    own = OrgUnit.objects.below(held).order_by().values("pk")
    from_above = Q(unit__in=units_above(held)) & ~Q(state=CourseState.DRAFT)
    return Course.objects.filter(Q(unit__in=own) | from_above)


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


def people_seen(user: User) -> QuerySet[User]:
    """Active people whose hours the person may see: of their units and below."""
    units = OrgUnit.objects.reached_by(user, *SEE_TRAINING)
    return User.objects.filter(is_active=True, unit__in=units)


def people_kept(user: User) -> QuerySet[User]:
    """Active people for whom the person enters credits and assigns courses."""
    units = OrgUnit.objects.reached_by(user, *KEEP_CREDITS)
    return User.objects.filter(is_active=True, unit__in=units)


def seen_credits(user: User) -> CreditQuerySet:
    """One's own and those of the people whose hours one sees."""
    return Credit.objects.seen_by(user, *SEE_TRAINING)


def may_decide_credit(user: User, credit: Credit) -> bool:
    """Another person than whom it is about and who entered it, in reach of both."""
    if user.pk in {credit.person_id, credit.entered_by_id}:
        return False
    reach = Credit.objects.of_people_seen_by(user, *KEEP_CREDITS)
    return reach.filter(pk=credit.pk).exists()


def may_keep_channels(user: User, unit: OrgUnit) -> bool:
    """May say how a unit is reached: who runs the library there, or leads it."""
    return OrgUnit.objects.reached_by(user, *KEEP_CHANNELS).filter(pk=unit.pk).exists()


def seen_plans(user: User) -> CommunicationPlanQuerySet:
    """Communication plans of units in reach, and those from above that give them a task."""
    return CommunicationPlan.objects.seen_by(user, *SEE_TRAINING)


def seen_tasks(user: User) -> PlanTaskQuerySet:
    """Of plans in reach all tasks, of those from above the tasks of units in reach."""
    return PlanTask.objects.seen_by(user, *SEE_TRAINING)


def may_keep_evidence(user: User, task: PlanTask) -> bool:
    """Leads the unit that has the task or one above it, or runs training there."""
    return PlanTask.objects.kept_by(user, *KEEP_EVIDENCE).filter(pk=task.pk).exists()


def may_add_files_at(user: User, unit: OrgUnit) -> bool:
    """May send files for a unit: who runs training there, and its lead as evidence of tasks."""
    return OrgUnit.objects.reached_by(user, *KEEP_EVIDENCE).filter(pk=unit.pk).exists()
