"""Setting a contest up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.consents import current_consent_text
from accounts.enums import ConsentPurpose
from accounts.errors import Faults
from accounts.models import OrgUnit, User
from accounts.text import fold, nfc
from quiz.domain.rule_sets import rules_of, set_rules
from quiz.enums import ContestState, RoundState
from quiz.errors import RoundFrozen
from quiz.models import AudienceGroup, Contest, ItemBank, Round
from quiz.rules.document import RuleDocument, check_window
from quiz.rules.presets import PRESETS


@dataclass(frozen=True)
class GroupPlan:
    """A group to be made; `bank` may be chosen later."""

    code: str
    name: str
    bank: ItemBank | None = None


def slug_of(title: str) -> str:
    """The contest's address from its title, at most 50 characters, whole words."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(title)).split()
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > 50:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "cuoc-thi"


def _free_code(wanted: str) -> str:
    taken = set(Contest.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    code, suffix = wanted, 2
    while code in taken:
        code, suffix = f"{wanted}-{suffix}", suffix + 1
    return code


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
) -> Contest:
    """A contest in draft with the groups and rules of `document` (a preset's, as a rule).

    `banks` are the groups' banks in the document's order; a missing one is chosen later.
    """
    contest = Contest.objects.create(
        code=_free_code(slug_of(title)),
        title=nfc(title),
        summary=summary.strip(),
        unit=unit,
        body_name=nfc(body_name),
        hotline=hotline.strip(),
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
    contest.refresh_from_db()
    record_act(actor=user, act="create_contest", subject=contest, unit_id=unit.pk)
    return contest


@transaction.atomic
def set_groups(*, contest: Contest, plans: Sequence[GroupPlan], user: User) -> None:
    """Make the contest's groups exactly these, and give the rules a matching version.

    Raises RoundFrozen once a round is frozen: its papers were drawn for the groups of then.
    A group new to the rules starts with the paper of the first group.
    """
    if contest.rounds.exclude(state=RoundState.DRAFT).exists():
        raise RoundFrozen
    document = rules_of(contest=contest)
    if document is None:
        return
    contest.groups.exclude(code__in=[plan.code for plan in plans]).delete()
    for order, plan in enumerate(plans):
        AudienceGroup.objects.update_or_create(
            contest=contest,
            code=plan.code,
            defaults={"name": nfc(plan.name), "bank": plan.bank, "order": order},
        )
    first = document.groups[0]
    groups = [
        (document.group(plan.code) or first).model_copy(
            update={"code": plan.code, "name": nfc(plan.name)}
        )
        for plan in plans
    ]
    if groups != list(document.groups):
        set_rules(contest=contest, data=document.model_copy(update={"groups": groups}), user=user)
        contest.refresh_from_db()


@transaction.atomic
def choose_preset(*, contest: Contest, code: str, user: User) -> None:
    """Take a preset's rules for the contest's own groups, keeping their papers where they fit."""
    preset = PRESETS[code].document
    held = rules_of(contest=contest)
    groups = list(held.groups) if held else list(preset.groups)
    if all(group.paper.item_count == 0 for group in groups):
        paper = preset.groups[0].paper
        groups = [group.model_copy(update={"paper": paper}) for group in groups]
    known = {group.code for group in groups}
    prizes = [tier for tier in preset.result.prizes if tier.group is None or tier.group in known]
    result = preset.result.model_copy(update={"prizes": prizes})
    set_rules(
        contest=contest,
        data=preset.model_copy(update={"groups": groups, "result": result}),
        user=user,
    )


@transaction.atomic
def publish_contest(*, contest: Contest, user: User) -> None:
    """Show the contest and its rules to everyone."""
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
    """One more round. Raises Faults when its window is impossible."""
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


@transaction.atomic
def move_round(*, round: Round, opens_at: datetime, closes_at: datetime, user: User) -> None:
    """Change a round's window before it is frozen. Raises RoundFrozen, Faults."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.state != RoundState.DRAFT:
        raise RoundFrozen
    _check_times(round.contest, opens_at, closes_at)
    round.opens_at, round.closes_at = opens_at, closes_at
    round.save(update_fields=["opens_at", "closes_at"])
    record_act(actor=user, act="move_round", subject=round, unit_id=round.contest.unit_id)
