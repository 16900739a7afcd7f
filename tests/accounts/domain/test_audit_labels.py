"""Every act of the diary is put into words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.domain.audit import record_act
from accounts.domain.audit_labels import act_sentence, known_acts, subject_texts
from accounts.models import AuditEntry
from tests.people import make_person, make_unit

ROOT = Path(__file__).parents[3]
APPS = ("accounts", "quiz", "training", "frontend")


def _words(node: ast.expr) -> Iterator[str]:
    """The acts an expression can be; "…" stands for what a pattern fills in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )


def _acts_of(tree: ast.Module) -> Iterator[str]:
    """What is given as `act` to any function of a module that writes the diary."""
    takers: dict[str, int] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = [argument.arg for argument in function.args.args]
            if "act" in names:
                takers[function.name] = names.index("act")
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        for keyword in call.keywords:
            if keyword.arg == "act":
                yield from _words(keyword.value)
        place = takers.get(getattr(call.func, "id", ""))
        if place is not None and len(call.args) > place:
            yield from _words(call.args[place])


def written_acts() -> dict[str, str]:
    """{act or pattern: file} of everything that `record_act` is given."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            source = path.read_text()
            if "record_act" in source:
                found |= dict.fromkeys(_acts_of(ast.parse(source)), path.name)
    return found


def test_every_act_has_a_sentence():
    known, written = known_acts(), written_acts()
    silent = [
        f"{act} ({file})"
        for act, file in written.items()
        if act not in known and not any(_fits(act, name) for name in known)
    ]
    assert silent == []
    assert "create_unit" in written
    assert "submit_release" in written
    assert "duplicate_…" in written


def _fits(pattern: str, name: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace("…", ".+"), name) is not None


@pytest.mark.django_db
def test_a_sentence_names_details_and_does_without_what_is_missing():
    unit = make_unit()
    record_act(actor=None, act="set_headcount", subject=unit, count=12)
    record_act(actor=None, act="set_headcount", subject=unit)
    record_act(actor=None, act="khong_ai_biet", subject=unit)
    record_act(actor=None, act="grant_role", subject=unit, role="auditor")
    told = [act_sentence(entry) for entry in AuditEntry.objects.order_by("pk")[1:]]
    assert told == [
        "Ghi biên chế: 12 người",
        "Ghi biên chế: … người",
        "khong_ai_biet",
        "Giao vai trò Người kiểm tra",
    ]


@pytest.mark.django_db
def test_subjects_are_called_by_name_where_that_tells_no_more_than_the_reader_may_see():
    unit = make_unit("hoa-thinh", name="Xã Hòa Thịnh")
    person = make_person("an", unit=unit)
    rows = [
        AuditEntry(pk=1, subject_kind="accounts.orgunit", subject_id=unit.pk),
        AuditEntry(pk=2, subject_kind="accounts.user", subject_id=person.pk),
        AuditEntry(pk=3, subject_kind="accounts.user", subject_id=0),
        AuditEntry(pk=4, subject_kind="quiz.entrant", subject_id=7),
        AuditEntry(pk=5, subject_kind="quiz.gone", subject_id=8),
    ]
    assert subject_texts(rows) == {
        1: "Xã Hòa Thịnh",
        2: "An",
        3: "người dùng số 0",
        4: "người dự thi số 7",
        5: "quiz.gone số 8",
    }
