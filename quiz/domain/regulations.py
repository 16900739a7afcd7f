"""The printed regulations (“thể lệ”) of a contest, from its rules and rounds."""

from accounts.domain.installation import parent_body_of, read_installation
from quiz.models import Contest, Round, RuleSet
from quiz.rules.document import RuleDocument, parse_rules
from quiz.rules.prose import ProseContext, Section, describe_rules


def print_regulations(
    *, contest: Contest, round: Round | None = None
) -> tuple[list[Section], ProseContext] | None:
    """The articles and the heading they are printed under; None before there are rules.

    A frozen `round` is described by the version of the rules it was frozen with.
    """
    held = (round.rules if round else None) or contest.rules
    if held is None:
        return None
    document = parse_rules(held.document)
    heading = _heading(contest, document, held)
    return describe_rules(document, heading), heading


def _heading(contest: Contest, document: RuleDocument, held: RuleSet) -> ProseContext:
    rounds = contest.rounds.order_by("number")
    return ProseContext(
        contest_title=contest.title,
        body_name=contest.body_name,
        rounds=[(round.name, round.opens_at, round.closes_at) for round in rounds],
        hotline=contest.hotline,
        parent_body=parent_body_of(unit=contest.unit),
        place=read_installation().place,
        group_names={group.code: group.name for group in contest.groups.all()},
        decision_number=held.decision_number or document.decision_number,
        decision_date=held.decision_date or document.decision_date,
    )
