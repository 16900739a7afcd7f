"""Setting a contest up: made, described, published; its rounds and their windows."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.consents import current_consent_text
from accounts.enums import ConsentPurpose
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, Roster, User
from accounts.text import free_code, nfc, slug_of
from quiz.domain.rule_sets import rules_of, set_rules
from quiz.enums import ContestState, RoundState
from quiz.errors import RoundFrozen
from quiz.models import AudienceGroup, Contest, ItemBank, Round
from quiz.permissions import RUN_CONTEST, require_may_run
from quiz.rules.document import RuleDocument, check_window

CODE_LENGTH = 50


def _contest_code(title: str) -> str:
    """The contest's word in addresses, of its title."""
    wanted = slug_of(title, length=CODE_LENGTH, default="cuoc-thi")
    taken = Contest.objects.filter(code__startswith=wanted).values_list("code", flat=True)
    return free_code(wanted, set(taken))


def _check_title(title: str, body_name: str) -> None:
    faults = [
        Fault(place, code, _("chưa có nội dung."), _("Điền vào ô này."))
        for place, code, text in (
            (_("Tên cuộc thi"), "no_title", title),
            (_("Cơ quan tổ chức"), "no_body", body_name),
        )
        if not text.strip()
    ]
    if faults:
        raise Faults(faults)


@transaction.atomic
def create_contest(
    *,
    unit: OrgUnit,
    title: str,
    body_name: str,
    user: User,
    document: RuleDocument,
    banks: Sequence[ItemBank | None] = (),
    summary: str = "",
    hotline: str = "",
    window: tuple[datetime, datetime] | None = None,
) -> Contest:
    """A contest in draft with the groups and rules of `document` (a preset's, as a rule).

    `banks` are the groups' banks in the document's order; a missing one is chosen later. With a
    `window` (opens, closes) it has its first round. Raises NotAllowed, Faults without title or
    body, or when the rules or the window are impossible.
    """
    if not OrgUnit.objects.reached_by(user, *RUN_CONTEST).filter(pk=unit.pk).exists():
        raise NotAllowed
    _check_title(title, body_name)
    contest = Contest.objects.create(
        code=_contest_code(title),
        title=nfc(title),
        summary=summary.strip(),
        unit=unit,
        body_name=nfc(body_name),
        hotline=nfc(hotline),
        consent_text=current_consent_text(purpose=ConsentPurpose.ENTER_CONTEST),
        created_by=user,
    )
    for order, group in enumerate(document.groups):
        AudienceGroup.objects.create(
            contest=contest,
            code=group.code,
            name=group.name,
            order=order,
            bank=banks[order] if order < len(banks) else None,
        )
    set_rules(contest=contest, data=document, user=user)
    record_act(actor=user, act="create_contest", subject=contest, unit_id=unit.pk)
    if window is not None:
        add_round(contest=contest, opens_at=window[0], closes_at=window[1], user=user)
    return contest


@transaction.atomic
def update_contest(
    *,
    contest: Contest,
    user: User,
    title: str,
    body_name: str,
    summary: str = "",
    hotline: str = "",
    roster: Roster | None = None,
) -> Contest:
    """Describe the contest anew. Its address stays: posters may hang already.

    Raises NotAllowed, Faults.
    """
    require_may_run(user, contest)
    _check_title(title, body_name)
    contest.title, contest.body_name = nfc(title), nfc(body_name)
    contest.summary, contest.hotline = summary.strip(), nfc(hotline)
    contest.roster = roster
    contest.save(update_fields=["title", "body_name", "summary", "hotline", "roster"])
    record_act(actor=user, act="update_contest", subject=contest, unit_id=contest.unit_id)
    return contest


@transaction.atomic
def publish_contest(*, contest: Contest, user: User) -> None:
    """Show the contest and its rules to everyone. Raises NotAllowed."""
    require_may_run(user, contest)
    contest.state = ContestState.PUBLISHED
    contest.save(update_fields=["state"])
    record_act(actor=user, act="publish_contest", subject=contest, unit_id=contest.unit_id)


def _check_times(contest: Contest, opens_at: datetime, closes_at: datetime) -> None:
    document = rules_of(contest=contest)
    faults = check_window(opens_at, closes_at, document or RuleDocument())
    if faults:
        raise Faults(faults)


@transaction.atomic
def add_round(
    *, contest: Contest, opens_at: datetime, closes_at: datetime, user: User, name: str = ""
) -> Round:
    """One more round. Raises NotAllowed, Faults when its window is impossible."""
    require_may_run(user, contest)
    _check_times(contest, opens_at, closes_at)
    number = (contest.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    round = Round.objects.create(
        contest=contest,
        number=number,
        name=nfc(name) or _("Vòng %(number)s") % {"number": number},
        opens_at=opens_at,
        closes_at=closes_at,
    )
    record_act(actor=user, act="add_round", subject=round, unit_id=contest.unit_id)
    return round


def _draft(round: Round, user: User) -> Round:
    """The round, held until the transaction ends. Raises NotAllowed, RoundFrozen."""
    held = Round.objects.select_for_update(of=("self",)).select_related("contest").get(pk=round.pk)
    require_may_run(user, held.contest)
    if held.state != RoundState.DRAFT:
        raise RoundFrozen
    return held


@transaction.atomic
def move_round(
    *, round: Round, opens_at: datetime, closes_at: datetime, user: User, name: str = ""
) -> Round:
    """Change a round's window (and name) before it is frozen.

    Raises NotAllowed, RoundFrozen, Faults.
    """
    round = _draft(round, user)
    _check_times(round.contest, opens_at, closes_at)
    round.opens_at, round.closes_at = opens_at, closes_at
    round.name = nfc(name) or round.name
    round.save(update_fields=["opens_at", "closes_at", "name"])
    record_act(actor=user, act="move_round", subject=round, unit_id=round.contest.unit_id)
    return round


@transaction.atomic
def remove_round(*, round: Round, user: User) -> None:
    """Take a draft round away; the numbers of the others stay. Raises NotAllowed, RoundFrozen."""
    round = _draft(round, user)
    record_act(actor=user, act="remove_round", subject=round, unit_id=round.contest.unit_id)
    round.delete()
