"""The linter: what contradicts itself in rules that work, what invites disputes, what is missing.

One function per finding; `CHECKS` are all there are, in the order in which people read them.
What can't work at all is `check_rules`' to refuse. Nothing here stops an organiser.
"""

from collections.abc import Callable, Iterator

from accounts.errors import Fault
from quiz.rules.linter import attempts, chain, entry, prediction, prizes, units
from quiz.rules.linter.around import AROUND_CHECKS, Around
from quiz.rules.linter.base import Fix, RuleFinding, Severity
from quiz.rules.schema import RuleDocument

CHECKS: tuple[Callable[[RuleDocument], Iterator[RuleFinding]], ...] = (
    prediction.count_breaks_ties,
    prediction.scores_reveal_prediction,
    prediction.prediction_unused,
    prediction.actual_value_late,
    prediction.entries_can_be_made,
    prediction.percent_coarse,
    prediction.true_value_moves,
    entry.identity_key_weak,
    entry.household_phone,
    entry.one_person_per_phone,
    entry.reentry_weak,
    entry.birth_date_coarse,
    entry.national_id_needless,
    attempts.attempts_unlimited,
    attempts.score_teaches_answers,
    attempts.later_attempts_useless,
    attempts.complete_and_partial,
    attempts.time_short,
    attempts.ends_long_after_close,
    chain.score_after_all_correct,
    chain.attempts_always_one,
    chain.duration_without_limit,
    chain.prediction_after_moment,
    chain.duration_too_fine,
    chain.precision_coarse,
    chain.much_left_to_last_resort,
    entry.minors_unknown,
    entry.guardian_consent_late,
    prizes.budget_differs,
    prizes.prize_order,
    prizes.side_prize_minor,
    prizes.no_reserves,
    prizes.many_prizes_one_person,
    prizes.complaints_over_weekend,
    prizes.key_never_shown,
    prizes.group_without_prizes,
    units.board_points_heavy,
    units.unit_ties_unsaid,
    entry.phone_unlimited,
    entry.winners_unreachable,
    prizes.decision_number_missing,
)

__all__ = [
    "AROUND_CHECKS",
    "CHECKS",
    "Around",
    "Fix",
    "RuleFinding",
    "Severity",
    "advise_rules",
    "lint_rules",
]


def lint_rules(document: RuleDocument, around: Around | None = None) -> list[RuleFinding]:
    """Every finding, in the order of `CHECKS`; [] when nothing comes to mind.

    With `around`, also what the rules look like beside the contest and its banks.
    """
    found = [finding for check in CHECKS for finding in check(document)]
    if around is not None:
        found += [finding for check in AROUND_CHECKS for finding in check(document, around)]
    return found


def advise_rules(document: RuleDocument) -> list[Fault]:
    """Contradictions and risks alone, for pages that only remind; gaps are for the editor."""
    findings = lint_rules(document)
    return [finding.as_fault() for finding in findings if finding.severity != Severity.GAP]
