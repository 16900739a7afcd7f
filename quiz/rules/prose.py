"""The printed regulations (“thể lệ”), written wholly from the rule document.

Nothing is typed by hand: what the grader and the ranking do is what is printed. Articles that the
rules leave empty (no prediction, no prizes) are left out or say so.
"""

from django.utils.translation import gettext as _

from quiz.rules.prose_attempt import write_attempts, write_marking, write_prediction
from quiz.rules.prose_entry import (
    write_audience,
    write_paper,
    write_registration,
    write_schedule,
)
from quiz.rules.prose_prizes import write_prizes
from quiz.rules.prose_result import (
    write_complaints,
    write_data_protection,
    write_execution,
    write_publication,
    write_ranking,
)
from quiz.rules.prose_units import write_unit_prizes
from quiz.rules.schema import RuleDocument
from quiz.rules.sections import Clause, ProseContext, Section, Table, number_clauses
from quiz.rules.summary import prediction_question, summary_lines

__all__ = [
    "Clause",
    "ProseContext",
    "Section",
    "Table",
    "describe_rules",
    "prediction_question",
    "summary_lines",
]

_ARTICLES = (
    write_schedule,
    write_audience,
    write_registration,
    write_paper,
    write_attempts,
    write_marking,
    write_prediction,
    write_ranking,
    write_prizes,
    write_unit_prizes,
    write_publication,
    write_complaints,
    write_data_protection,
    write_execution,
)


def describe_rules(document: RuleDocument, context: ProseContext) -> list[Section]:
    """The articles (“Điều 1. …”) in the current language."""
    sections: list[Section] = []
    for write in _ARTICLES:
        title, clauses = write(document, context)
        if clauses:
            numbers = {"number": len(sections) + 1, "title": title}
            heading = _("Điều %(number)s. %(title)s") % numbers
            sections.append(number_clauses(heading, clauses))
    return sections
