"""Old .xls workbooks, read by a child process that may die of them."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from accounts.interfaces.excel import legacy_child
from accounts.interfaces.excel.refusals import FarCell, PasswordProtected, WorkbookDamaged

_TYPES: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "text": str,
}


def read_legacy(data: bytes, most_cells: int) -> list[dict[str, Any]]:
    """The sheets of an .xls file: name, hidden, rows, start and merged as calamine gives them."""
    command = [sys.executable, "-I", legacy_child.__file__, str(most_cells)]
    try:
        child = subprocess.run(
            command, input=data, capture_output=True, timeout=2 * legacy_child.SECONDS, check=False
        )
    except subprocess.TimeoutExpired as endless:
        raise WorkbookDamaged from endless
    if child.returncode == legacy_child.PASSWORD:
        raise PasswordProtected
    if child.returncode == legacy_child.TOO_FAR:
        raise FarCell
    if child.returncode != 0:
        raise WorkbookDamaged
    return json.loads(child.stdout, object_hook=_untagged)


def _untagged(value: dict[str, Any]) -> Any:
    if len(value) == 1:
        ((kind, written),) = value.items()
        return _TYPES[kind](written)
    return value
