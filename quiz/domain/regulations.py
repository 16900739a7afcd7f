"""The printed regulations (“thể lệ”) of a contest, from its rules and rounds."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from accounts.domain.installation import parent_body_of, read_installation
from accounts.domain.text_changes import Passage, text_changes
from quiz.models import Contest, Round, RuleSet
from quiz.rules.document import RuleDocument, parse_rules
from quiz.rules.prose import Clause, ProseContext, Section, describe_rules


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


class ClauseChange(NamedTuple):
    """What a change of rules does to one line of an article; `label` is the article's heading."""

    label: str
    passages: list[Passage]


def regulation_changes(
    *, contest: Contest, before: RuleDocument, after: RuleDocument
) -> list[ClauseChange]:
    """How the printed regulations would change, line by line; the numbers of clauses count."""
    old = _lines(contest, before)
    new = _lines(contest, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        ClauseChange(came[0] or went[0], text_changes(before=went[1], after=came[1]))
        for what, old_from, old_to, new_from, new_to in matcher.get_opcodes()
        if what != "equal"
        for went, came in zip_longest(
            old[old_from:old_to], new[new_from:new_to], fillvalue=("", "")
        )
    ]


def _lines(contest: Contest, document: RuleDocument) -> list[tuple[str, str]]:
    """(heading of the article, one line of it)."""
    sections = describe_rules(document, _heading(contest, document, None))
    return [
        (section.heading, line)
        for section in sections
        for clause in section.clauses
        for line in _clause_lines(clause)
    ]


def _clause_lines(clause: Clause) -> Iterator[str]:
    yield clause.text
    yield from clause.bullets
    if clause.table:
        foot = (clause.table.total,) if clause.table.total else ()
        for row in (*clause.table.rows, *foot):
            yield " · ".join(filter(None, row))


def _heading(contest: Contest, document: RuleDocument, held: RuleSet | None) -> ProseContext:
    rounds = contest.rounds.order_by("number")
    return ProseContext(
        contest_title=contest.title,
        body_name=contest.body_name,
        rounds=[(round.name, round.opens_at, round.closes_at) for round in rounds],
        hotline=contest.hotline,
        parent_body=parent_body_of(unit=contest.unit),
        place=read_installation().place,
        group_names={group.code: group.name for group in contest.groups.all()},
        decision_number=(held and held.decision_number) or document.decision_number,
        decision_date=(held and held.decision_date) or document.decision_date,
    )
