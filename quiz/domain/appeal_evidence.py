"""What a reviewer sees beside an appeal: the attempts, what happened to them, the file brought."""

from dataclasses import dataclass

from accounts.models import User
from quiz.domain.answer_letters import seen_paper
from quiz.domain.appeal_reading import with_paper
from quiz.domain.attempt_logs import AttemptLog, attempt_log, log_notes
from quiz.domain.emergency_files import Evidence, compare_evidence
from quiz.domain.key_openings import banks_of_round
from quiz.domain.own_papers import OVER, OwnPaper, own_paper, paper_for_review
from quiz.models import Appeal, Attempt, ItemBank, Round
from quiz.permissions import may_see_keys


@dataclass(frozen=True)
class Difference:
    """One slot in which the emergency file says something else; letters as seen."""

    number: int
    stored: str
    told: str


@dataclass(frozen=True)
class ReviewedAttempt:
    """`meant`: the attempt that the appellant spoke of. `evidence` only beside that one."""

    paper: OwnPaper
    log: AttemptLog
    notes: list[str]
    meant: bool
    evidence: Evidence | None
    differences: list[Difference]

    @property
    def attempt(self) -> Attempt:
        return self.paper.attempt


def reviewed_attempts(*, appeal: Appeal, keys: bool) -> list[ReviewedAttempt]:
    """The person's attempts of the round, by ordinal; [] where nobody is known.

    `keys`: the reviewer asked for them and it was recorded; without it as far as they are public.
    """
    if appeal.entrant_id is None:
        return []
    mine = Attempt.objects.filter(round=appeal.round, entrant=appeal.entrant_id)
    rows = with_paper(mine).order_by("ordinal")
    return [_reviewed(appeal, attempt, keys=keys) for attempt in rows]


def _reviewed(appeal: Appeal, attempt: Attempt, *, keys: bool) -> ReviewedAttempt:
    public = own_paper(attempt=attempt)
    log = attempt_log(attempt=attempt)
    meant = appeal.attempt_id == attempt.pk
    evidence = None
    if meant and appeal.evidence:
        evidence = compare_evidence(attempt=attempt, kept=appeal.evidence)
    return ReviewedAttempt(
        paper=paper_for_review(attempt=attempt, keys=keys or public.keys),
        log=log,
        notes=log_notes(log),
        meant=meant,
        evidence=evidence,
        differences=_differences(attempt, evidence),
    )


def _differences(attempt: Attempt, evidence: Evidence | None) -> list[Difference]:
    paper = seen_paper(attempt)
    return [
        Difference(number, paper.letters(number - 1, stored), paper.letters(number - 1, told))
        for number, stored, told in (evidence.differing if evidence else ())
    ]


def may_open_keys(*, round: Round, user: User) -> bool:
    """Whether the person may see keys of all the round's banks, and it is over: while it is open
    nobody is shown them here.
    """
    banks = ItemBank.objects.filter(pk__in=banks_of_round(round=round))
    return round.state in OVER and all(may_see_keys(user, bank) for bank in banks)
