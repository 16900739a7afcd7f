"""A plan as it stands on a day: each task with its evidence, what is reached, its state."""

from collections.abc import Iterable
from dataclasses import dataclass

from training.domain.plan_due import say_due
from training.domain.plan_targets import Target
from training.domain.plan_things import ThingCounts
from training.engine.plan_progress import Progress, Proof, Sight, judge
from training.enums import FileState, TaskState
from training.models import PlanEvidence, PlanTask
from training.queries.communication_plan import PlanTaskQuerySet


@dataclass(frozen=True)
class TaskLine:
    """A task and how far it is; `evidence` is all there is, `progress` what counts on the day."""

    task: PlanTask
    evidence: list[PlanEvidence]
    progress: Progress

    @property
    def state(self) -> TaskState:
        return TaskState(self.progress.state)

    @property
    def due(self) -> str:
        return say_due(self.task.due_on, self.task.due_span)

    @property
    def target(self) -> Target:
        return target_of(self.task)


def target_of(task: PlanTask) -> Target:
    return Target(task.target_kind, task.target_number)


def amount_of(evidence: PlanEvidence, target_kind: str, counts: ThingCounts) -> int:
    """What a piece of evidence counts towards a target: as typed, else as the thing itself."""
    if not target_kind:
        return 0
    if evidence.amount is not None:
        return evidence.amount
    if not evidence.thing_kind or evidence.thing_id is None:
        return 0
    return counts.of(kind=evidence.thing_kind, pk=evidence.thing_id, target=target_kind)


def standing_evidence(task: PlanTask) -> list[PlanEvidence]:
    """What shows something: not a file alone that was found unfit after it had been sent."""
    return [
        each
        for each in task.evidence.all()
        if each.note
        or each.link
        or each.thing_kind
        or (each.file is not None and each.file.state != FileState.REFUSED)
    ]


def reached_by(task: PlanTask) -> int:
    """What all evidence of a task proves of its target now."""
    counts = ThingCounts()
    return sum(amount_of(each, task.target_kind, counts) for each in standing_evidence(task))


def read_tasks(*, tasks: PlanTaskQuerySet, sight: Sight) -> list[TaskLine]:
    """In the order of the plan."""
    rows = tasks.select_related("unit", "plan", "confirmed_by")
    shown = rows.prefetch_related("evidence__file", "evidence__added_by")
    ordered, counts = shown.order_by("plan", "position"), ThingCounts()
    return [read_task(task=task, sight=sight, counts=counts) for task in ordered]


def read_task(*, task: PlanTask, sight: Sight, counts: ThingCounts) -> TaskLine:
    kind = task.target_kind
    proofs = [
        Proof(each.happened_on, amount_of(each, kind, counts)) for each in standing_evidence(task)
    ]
    progress = judge(due_on=task.due_on, done_on=task.done_on, proofs=proofs, sight=sight)
    return TaskLine(task, list(task.evidence.all()), progress)


def count_states(lines: Iterable[TaskLine]) -> dict[TaskState, int]:
    """Every state, with how many tasks are in it."""
    counts = dict.fromkeys(TaskState, 0)
    for line in lines:
        counts[line.state] += 1
    return counts
