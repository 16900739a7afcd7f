"""A contest's rules: each change is a new version, and impossible rules are never stored."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.models import Contest, Round, RuleSet
from quiz.permissions import require_may_run
from quiz.rules.document import (
    BlueprintRow,
    GroupRules,
    PaperRules,
    RuleDocument,
    check_rules,
    dump_rules,
    parse_rules,
)
from quiz.rules.presets import PRESETS


def rules_of(*, contest: Contest) -> RuleDocument | None:
    """The contest's rules in force for rounds not frozen yet."""
    return parse_rules(contest.rules.document) if contest.rules else None


def rules_of_round(*, round: Round) -> RuleDocument | None:
    """The rules the round was frozen with, else the contest's."""
    held = round.rules or round.contest.rules
    return parse_rules(held.document) if held else None


def preset_rules(
    *,
    code: str,
    minutes: int | None = None,
    items: int | None = None,
    attempts: int | None = None,
) -> RuleDocument:
    """A preset's rules with the three figures that every contest sets for itself.

    What is None stays as in the preset; `items` is the length of every group's paper, drawn from
    the whole bank.
    """
    document = PRESETS[code].document
    entry = {}
    if minutes is not None:
        entry["time_limit_seconds"] = minutes * 60
    if attempts is not None:
        entry["attempts_per_round"] = attempts
    groups = document.groups
    if items is not None:
        paper = PaperRules(blueprint=[BlueprintRow(count=items)])
        groups = [group.model_copy(update={"paper": paper}) for group in groups]
    return document.model_copy(
        update={"entry": document.entry.model_copy(update=entry), "groups": groups}
    )


def preset_for_groups(*, contest: Contest, code: str) -> RuleDocument:
    """A preset's rules for the contest's own groups, which keep their papers."""
    preset = PRESETS[code].document
    held = rules_of(contest=contest)
    if held is None:
        paper = preset.groups[0].paper
        groups = [
            GroupRules(code=group.code, name=group.name, paper=paper)
            for group in contest.groups.all()
        ]
    else:
        groups = list(held.groups)
    known = {group.code for group in groups}
    prizes = [tier for tier in preset.result.prizes if tier.group is None or tier.group in known]
    result = preset.result.model_copy(update={"prizes": prizes})
    numbers = (
        {"decision_number": held.decision_number, "decision_date": held.decision_date}
        if held
        else {}
    )
    return preset.model_copy(update={"groups": groups, "result": result, **numbers})


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
    """Store a new version of the rules and put it in force, on `contest` too.

    Raises NotAllowed, Faults when a value is wrong or the rules are impossible. Rounds already
    frozen keep the version they were frozen with. Whether the banks hold enough items is asked
    when a round is frozen: rules may be written before the items.
    """
    require_may_run(user, contest)
    document = data if isinstance(data, RuleDocument) else parse_rules(data)
    if faults := [*check_rules(document), *_group_faults(contest, document)]:
        raise Faults(faults)
    # Two people saving at once get two versions, one after the other.
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    last = locked.rule_sets.aggregate(last=Max("version"))["last"] or 0
    rules = RuleSet.objects.create(
        contest=locked,
        version=last + 1,
        document=dump_rules(document),
        decision_number=document.decision_number,
        decision_date=document.decision_date,
        created_by=user,
    )
    locked.rules = rules
    locked.save(update_fields=["rules"])
    contest.rules = rules
    record_act(
        actor=user, act="set_rules", subject=rules, unit_id=contest.unit_id, version=rules.version
    )
    return rules
