"""The rule document: the one door through which the platform reads, checks and keeps rules."""

from quiz.rules.checks import advise_rules, check_feasible, check_rules, check_window
from quiz.rules.parsing import dump_rules, entry_part, parse_rules, result_part, to_canonical
from quiz.rules.schema import (
    BlueprintRow,
    Criterion,
    EntryRules,
    GroupRules,
    IdentityField,
    PaperRules,
    PredictionRules,
    PrizeTier,
    ResultRules,
    RuleDocument,
)

__all__ = [
    "BlueprintRow",
    "Criterion",
    "EntryRules",
    "GroupRules",
    "IdentityField",
    "PaperRules",
    "PredictionRules",
    "PrizeTier",
    "ResultRules",
    "RuleDocument",
    "advise_rules",
    "check_feasible",
    "check_rules",
    "check_window",
    "dump_rules",
    "entry_part",
    "parse_rules",
    "result_part",
    "to_canonical",
]
