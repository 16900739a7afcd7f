"""A contest's rules: each change is a new version, and impossible rules are never stored."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.models import Contest, Round, RuleSet
from quiz.rules.document import RuleDocument, check_rules, dump_rules, parse_rules


def rules_of(*, contest: Contest) -> RuleDocument | None:
    """The contest's rules in force for rounds not frozen yet."""
    return parse_rules(contest.rules.document) if contest.rules else None


def rules_of_round(*, round: Round) -> RuleDocument | None:
    """The rules the round was frozen with, else the contest's."""
    held = round.rules or round.contest.rules
    return parse_rules(held.document) if held else None


def _group_faults(contest: Contest, document: RuleDocument) -> list[Fault]:
    """The document's groups have to be the contest's, by code."""
    stored = {group.code for group in contest.groups.all()}
    named = {group.code for group in document.groups}
    if stored == named:
        return []
    return [
        Fault(
            _("Đối tượng dự thi"),
            "groups_differ",
            _("các đối tượng trong thể lệ khác các đối tượng của cuộc thi."),
            _("Khai báo đúng các đối tượng của cuộc thi trong thể lệ."),
        )
    ]


@transaction.atomic
def set_rules(*, contest: Contest, data: Any, user: User) -> RuleSet:
    """Store a new version of the rules and put it in force.

    Raises Faults when a value is wrong or the rules are impossible. Rounds already frozen keep
    the version they were frozen with.
    """
    document = data if isinstance(data, RuleDocument) else parse_rules(data)
    if faults := [*check_rules(document), *_group_faults(contest, document)]:
        raise Faults(faults)
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    last = contest.rule_sets.aggregate(last=Max("version"))["last"] or 0
    rules = RuleSet.objects.create(
        contest=contest,
        version=last + 1,
        document=dump_rules(document),
        decision_number=document.decision_number,
        decision_date=document.decision_date,
        created_by=user,
    )
    contest.rules = rules
    contest.save(update_fields=["rules"])
    record_act(
        actor=user, act="set_rules", subject=rules, unit_id=contest.unit_id, version=rules.version
    )
    return rules
