"""The audience groups of a contest, and the bank each draws its papers from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import User
from accounts.text import free_code, nfc, slug_of
from quiz.domain.rule_sets import rules_of, set_rules
from quiz.enums import RoundState
from quiz.errors import RoundFrozen
from quiz.models import AudienceGroup, Contest, ItemBank
from quiz.permissions import require_may_run
from quiz.rules.document import RuleDocument

CODE_LENGTH = 40


@dataclass(frozen=True)
class GroupPlan:
    """A group to be made or kept; `bank` may be chosen later."""

    code: str
    name: str
    bank: ItemBank | None = None


def free_group_code(name: str, taken: Sequence[str]) -> str:
    """A code for a new group of this name that none of `taken` has."""
    return free_code(slug_of(name, length=CODE_LENGTH - 4, default="doi-tuong"), taken)


def groups_are_fixed(*, contest: Contest) -> bool:
    """Whether a round's papers were drawn for the groups as they are."""
    return contest.rounds.exclude(state=RoundState.DRAFT).exists()


@transaction.atomic
def set_groups(*, contest: Contest, plans: Sequence[GroupPlan], user: User) -> None:
    """Make the contest's groups exactly these, and give the rules a matching version.

    Once a round is frozen only banks may change (for the rounds to come); anything else raises
    RoundFrozen. A group new to the rules starts with the paper of the first group; prizes of a
    group that goes away go with it. Raises NotAllowed, Faults when the rules then make no sense.
    """
    require_may_run(user, contest)
    held = {group.code: group.name for group in contest.groups.all()}
    wanted = {plan.code: nfc(plan.name) for plan in plans}
    if held != wanted and groups_are_fixed(contest=contest):
        raise RoundFrozen
    contest.groups.exclude(code__in=wanted).delete()
    for order, plan in enumerate(plans):
        AudienceGroup.objects.update_or_create(
            contest=contest,
            code=plan.code,
            defaults={"name": nfc(plan.name), "bank": plan.bank, "order": order},
        )
    document = rules_of(contest=contest)
    if document is not None:
        matching = _with_groups(document, wanted)
        if matching != document:
            set_rules(contest=contest, data=matching, user=user)
    record_act(actor=user, act="set_groups", subject=contest, unit_id=contest.unit_id)


def _with_groups(document: RuleDocument, wanted: dict[str, str]) -> RuleDocument:
    """The same rules for the groups `wanted` (code: name)."""
    first = document.groups[0]
    groups = [
        (document.group(code) or first).model_copy(update={"code": code, "name": name})
        for code, name in wanted.items()
    ]
    prizes = [tier for tier in document.result.prizes if tier.group is None or tier.group in wanted]
    result = document.result.model_copy(update={"prizes": prizes})
    return document.model_copy(update={"groups": groups, "result": result})
