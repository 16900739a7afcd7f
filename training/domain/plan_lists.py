"""A plan's tasks out of a workbook: all rows or none, each fault with its place."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.unit_search import UnitFinder
from accounts.errors import Faults
from accounts.models import User
from training.domain.listed_rows import ListedRow, Reading
from training.domain.plan_due import Due, read_due
from training.domain.plan_reading import target_of
from training.domain.plan_targets import Target, read_target
from training.domain.plan_tasks import (
    LONGEST,
    MOST_POSITION,
    TaskInput,
    next_position,
    units_for_tasks,
)
from training.domain.plans import require_may_run_plan
from training.models import CommunicationPlan, PlanTask

LONGEST_DUE = 60


@transaction.atomic
def load_tasks(*, plan: CommunicationPlan, rows: Iterable[ListedRow], user: User) -> int:
    """Store tasks by their number; an empty cell leaves what was said of the same task, and a row
    without a number comes last. How many rows; tasks that the workbook leaves out stay.

    Raises NotAllowed, Faults with the place of each; then nothing is stored.
    """
    require_may_run_plan(user, plan)
    CommunicationPlan.objects.select_for_update().get(pk=plan.pk)
    held = {task.position: task for task in plan.tasks.select_for_update()}
    reading, found = Reading(), list[TaskInput]()
    finder, taken = UnitFinder(units_for_tasks(plan)), set[int]()
    for row in rows:
        given = _task(reading, row, finder, plan.year, held)
        _check_number(reading, row, given, held, taken)
        if given is not None:
            found.append(given)
    reading.finish()
    following = max(next_position(plan), max(taken, default=0) + 1)
    for given in found:
        position = given.position or following
        following += given.position is None
        task = held.get(position) or PlanTask(plan=plan, position=position)
        for name, value in given.values().items():
            setattr(task, name, value)
        task.save()
    record_act(
        actor=user, act="load_plan_tasks", subject=plan, unit_id=plan.unit_id, count=len(found)
    )
    return len(found)


def _check_number(
    reading: Reading,
    row: ListedRow,
    given: TaskInput | None,
    held: dict[int, PlanTask],
    taken: set[int],
) -> None:
    """One row a task, and nothing new about a confirmed one."""
    number = given.position if given else None
    if number is None:
        return
    if number in taken:
        message = _("Số thứ tự này đã có ở một dòng trên.")
        reading.fail(row, "row_twice", message, _("Mỗi nhiệm vụ một số thứ tự."))
    taken.add(number)
    before = held.get(number)
    if before and given and before.done_on is not None and _changed(before, given):
        message = _("Nhiệm vụ này đã được xác nhận hoàn thành nên không sửa được.")
        reading.fail(row, "task_done", message, _("Bỏ dòng này, hoặc mở lại nhiệm vụ trước."))


def _changed(task: PlanTask, given: TaskInput) -> bool:
    try:
        return any(getattr(task, name) != value for name, value in given.values().items())
    except Faults:
        return True


def _task(
    reading: Reading, row: ListedRow, finder: UnitFinder, year: int, held: Mapping[int, PlanTask]
) -> TaskInput | None:
    """None for a row with a fault."""
    before = len(reading.faults)
    content = reading.required(row, "content", _("nội dung nhiệm vụ"), LONGEST["content"])
    hint = _("Ghi mã hoặc tên của đơn vị lập kế hoạch hoặc một đơn vị bên dưới.")
    unit = reading.unit(row, finder, _("đơn vị chủ trì"), hint)
    due = _due(reading, row, year)
    target, position = _target(reading, row), _position(reading, row)
    texts = {name: row.text(name) for name in ("partners", "expected")}
    if known := held.get(position or 0):
        texts = {name: text or getattr(known, name) for name, text in texts.items()}
        target = target if target.kind else target_of(known)
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            message, hint = _("Dài quá %d ký tự.") % LONGEST[name], _("Rút gọn nội dung.")
            reading.fail(row, f"{name}_too_long", message, hint)
    if len(reading.faults) > before or unit is None or due is None:
        return None
    return TaskInput(content=content, unit=unit, due=due, target=target, position=position, **texts)


def _due(reading: Reading, row: ListedRow, year: int) -> Due | None:
    told = reading.required(row, "due", _("thời hạn"), LONGEST_DUE)
    if not told:
        return None
    try:
        return read_due(told, year)
    except ValueError as wrong:
        hint = _("Ghi Quý II, Tháng 9, 30/06/2026 hoặc Cả năm.")
        reading.fail(row, "due_wrong", str(wrong), hint)
        return None


def _target(reading: Reading, row: ListedRow) -> Target:
    try:
        return read_target(row.text("target"))
    except ValueError as wrong:
        hint = _("Ví dụ: 3 lớp tập huấn. Không đo được thì để trống.")
        reading.fail(row, "target_wrong", str(wrong), hint)
        return Target()


def _position(reading: Reading, row: ListedRow) -> int | None:
    told = row.text("position")
    if not told:
        return None
    if not (told.isascii() and told.isdigit() and 0 < int(told[:5]) <= MOST_POSITION):
        message = _("Số thứ tự chưa đúng.")
        reading.fail(row, "position_wrong", message, _("Ghi số từ 1 đến 9999, hoặc để trống."))
        return None
    return int(told)
