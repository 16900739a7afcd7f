"""Who may do what with items, contests and results: each right is a scoped queryset plus a key."""

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, RosterEntry, User
from accounts.queries.org_unit import OrgUnitQuerySet
from quiz.enums import AppealState, ItemState, ReleaseState, RoundState
from quiz.models import Appeal, Contest, Correction, ItemBank, ItemVersion, Release, Round

SEE_KEYS = (Role.AUTHOR, Role.REVIEWER, Role.ORGANISER)
SEE_BANKS = (*SEE_KEYS, Role.ADMINISTRATOR)
SEE_OPENINGS = (Role.ORGANISER, Role.ADMINISTRATOR)
WRITE_ITEMS = (Role.AUTHOR, Role.ORGANISER)
REVIEW_ITEMS = (Role.REVIEWER,)
CHECK_DOCUMENTS = (Role.REVIEWER, Role.ORGANISER)
RUN_CONTEST = (Role.ORGANISER,)
PREVIEW_ROUND = (*RUN_CONTEST, *REVIEW_ITEMS)
SEE_DUTY = (Role.UNIT_LEAD, Role.ORGANISER)
SEE_CONTEST = (Role.ORGANISER, Role.EXPORTER, Role.AUDITOR, Role.ADMINISTRATOR)
SEE_APPEALS = (Role.ORGANISER, Role.AUDITOR, Role.ADMINISTRATOR)
REVIEW_HINTS = (*RUN_CONTEST, Role.AUDITOR)
RELEASE = (*RUN_CONTEST, Role.ADMINISTRATOR)
EXPORT_PERSONS = (Role.EXPORTER,)
AUDIT_CONTEST = (Role.AUDITOR,)


def may_see_keys(user: User, bank: ItemBank) -> bool:
    """May read the keys of a bank's items."""
    return ItemBank.objects.within_reach_of(user, *SEE_KEYS).filter(pk=bank.pk).exists()


def may_see_openings(user: User, bank: ItemBank) -> bool:
    """May see who knows the keys of a bank."""
    return ItemBank.objects.within_reach_of(user, *SEE_OPENINGS).filter(pk=bank.pk).exists()


def may_write_items(user: User, bank: ItemBank) -> bool:
    reach = ItemBank.objects.within_reach_of(user, *WRITE_ITEMS)
    return reach.filter(pk=bank.pk).exists()


def require_may_write(user: User, bank: ItemBank) -> None:
    """Raises NotAllowed."""
    if not may_write_items(user, bank):
        raise NotAllowed


def may_review_items(user: User, bank: ItemBank) -> bool:
    return ItemBank.objects.within_reach_of(user, *REVIEW_ITEMS).filter(pk=bank.pk).exists()


def may_approve_version(user: User, version: ItemVersion) -> bool:
    """A reviewer of the bank who did not write this version."""
    return version.author_id != user.pk and may_review_items(user, version.item.bank)


def may_settle_version(user: User, version: ItemVersion) -> bool:
    """May decide that an item is right although its basis is out of force: never its author."""
    reach = ItemBank.objects.within_reach_of(user, *CHECK_DOCUMENTS)
    return version.author_id != user.pk and reach.filter(pk=version.item.bank_id).exists()


def may_see_contest(user: User, contest: Contest) -> bool:
    return Contest.objects.within_reach_of(user, *SEE_CONTEST).filter(pk=contest.pk).exists()


def may_run_contest(user: User, contest: Contest) -> bool:
    return Contest.objects.within_reach_of(user, *RUN_CONTEST).filter(pk=contest.pk).exists()


def require_may_lay_out(user: User, unit: OrgUnit) -> None:
    """May say how the papers of a body look. Raises NotAllowed."""
    if not OrgUnit.objects.reached_by(user, *RUN_CONTEST).filter(pk=unit.pk).exists():
        raise NotAllowed


def may_review_hints(user: User, contest: Contest) -> bool:
    """May look at integrity hints and say that they were seen."""
    reach = Contest.objects.within_reach_of(user, *REVIEW_HINTS)
    return reach.filter(pk=contest.pk).exists()


def require_may_run(user: User, contest: Contest) -> None:
    """Raises NotAllowed; for acts that no page but a job may carry out."""
    if not may_run_contest(user, contest):
        raise NotAllowed


def may_see_appeals(user: User, contest: Contest) -> bool:
    """May read complaints, and the answers and logs they are about."""
    return Contest.objects.within_reach_of(user, *SEE_APPEALS).filter(pk=contest.pk).exists()


def may_export_persons(user: User, contest: Contest) -> bool:
    """May take personal data out, unmasked: a right of its own."""
    reach = Contest.objects.within_reach_of(user, *EXPORT_PERSONS)
    return reach.filter(pk=contest.pk).exists()


def may_audit_contest(user: User, contest: Contest) -> bool:
    """May have everything opened that a release rests on."""
    return Contest.objects.within_reach_of(user, *AUDIT_CONTEST).filter(pk=contest.pk).exists()


def may_release(user: User, release: Release) -> bool:
    """The second person: runs contests or administers here, and did not submit this release."""
    reach = Contest.objects.within_reach_of(user, *RELEASE)
    return release.submitted_by_id != user.pk and reach.filter(pk=release.contest_id).exists()


def may_decide_correction(user: User, correction: Correction) -> bool:
    """The second person: as for a release, and never who made the correction."""
    reach = Contest.objects.within_reach_of(user, *RELEASE)
    own = correction.opened_by_id == user.pk
    return not own and reach.filter(pk=correction.round.contest_id).exists()


def may_confirm_appeal(user: User, appeal: Appeal) -> bool:
    """The second person: runs contests or administers here, and did not answer this appeal."""
    reach = Contest.objects.within_reach_of(user, *RELEASE)
    return appeal.answered_by_id != user.pk and reach.filter(pk=appeal.contest_id).exists()


def rounds_to_preview(user: User, bank: ItemBank) -> QuerySet[Round]:
    """Rounds not yet released that draw from a bank and that the person may preview."""
    contests = Contest.objects.within_reach_of(user, *PREVIEW_ROUND).filter(groups__bank=bank)
    rounds = Round.objects.filter(contest__in=contests).exclude(state=RoundState.RELEASED)
    return rounds.select_related("contest").order_by("opens_at", "pk")


def versions_to_review(user: User) -> QuerySet[ItemVersion]:
    """Proposed versions that wait for this person: in their banks, written by others."""
    banks = ItemBank.objects.within_reach_of(user, *REVIEW_ITEMS)
    proposed = ItemVersion.objects.filter(state=ItemState.PROPOSED, item__bank__in=banks)
    return proposed.exclude(author=user)


def led_units(user: User) -> OrgUnitQuerySet:
    """Units the person leads, with all below: whose missing names they answer for."""
    return OrgUnit.objects.reached_by(user, Role.UNIT_LEAD)


def may_open_counts(user: User, contest: Contest) -> bool:
    """Whoever sees the contest, and leads of units that its compulsory list names."""
    if may_see_contest(user, contest):
        return True
    listed = RosterEntry.objects.filter(roster=contest.roster_id, unit__in=led_units(user))
    return contest.roster_id is not None and listed.exists()


def contests_to_run(user: User) -> QuerySet[Contest]:
    return Contest.objects.within_reach_of(user, *RUN_CONTEST)


def releases_to_approve(user: User) -> QuerySet[Release]:
    """Releases submitted by somebody else that this person may approve."""
    reach = Contest.objects.within_reach_of(user, *RELEASE)
    waiting = Release.objects.filter(state=ReleaseState.SUBMITTED, contest__in=reach)
    return waiting.exclude(submitted_by=user)


def appeals_to_decide(user: User) -> QuerySet[Appeal]:
    """Complaints that wait for this person: to answer, or proposed by others to confirm."""
    runs = Contest.objects.within_reach_of(user, *RUN_CONTEST)
    decides = Contest.objects.within_reach_of(user, *RELEASE)
    new = Q(state__in=(AppealState.RECEIVED, AppealState.EXAMINING), contest__in=runs)
    proposed = Q(state=AppealState.PROPOSED, contest__in=decides) & ~Q(answered_by=user)
    return Appeal.objects.filter(new | proposed)
