"""`manage.py export_items`: what it writes, what it prints, how it exits."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from quiz.interfaces.formats.gift_read import read_gift
from quiz.models import KeyOpening
from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> BankWorld:
    made = make_bank_world()
    made.add(1, 2)
    return made


def run(world: BankWorld, file: Path, *options: str) -> tuple[int, str]:
    """(exit code, what was printed)."""
    out = StringIO()
    asked = (str(file), "--bank", world.bank.code, *options)
    try:
        call_command("export_items", *asked, stdout=out)
    except CommandError as refused:
        return refused.returncode, str(refused)
    return 0, out.getvalue()


def test_the_file_holds_the_items(world, tmp_path):
    file = tmp_path / "ra.txt"
    assert run(world, file, "--format", "gift") == (0, "Đã xuất 2 trên 2 câu.\n")
    with file.open("rb") as opened:
        assert len(read_gift(opened, name="ra.txt").items) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["ra.txt"]
    assert AuditEntry.objects.get(act="export_items").details == {"rows": 2, "format": "gift"}


def test_json_tells_what_was_not_carried(world, tmp_path):
    code, said = run(world, tmp_path / "ra.txt", "--format", "aiken", "--json")
    told = json.loads(said)
    assert (code, told["rows"], told["written"]) == (0, 2, 2)
    assert [fault["code"] for fault in told["told"]] == ["not_carried", "not_carried"]


def test_who_is_named_has_seen_the_keys(world, tmp_path):
    assert run(world, tmp_path / "a", "--format", "qti", "--user", world.rosa.username)[0] == 0
    assert KeyOpening.objects.filter(user=world.rosa).exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--topic", "Lạ"), "Ngân hàng không có chủ đề “Lạ”."),
        (("--approved",), "Không có câu hỏi nào để xuất."),
        (("--user", "ai-do"), "Không có cán bộ mang mã “ai-do”."),
    ],
)
def test_what_cannot_be_done_leaves_no_file(world, tmp_path, options, sentence):
    code, said = run(world, tmp_path / "ra.txt", "--format", "gift", *options)
    assert code == 2
    assert said.startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_who_may_not_see_keys_is_given_none(world, tmp_path):
    code, said = run(world, tmp_path / "a", "--format", "gift", "--user", world.adam.username)
    assert (code, said) == (2, "Cán bộ này không được xem đáp án của ngân hàng.")


def test_a_folder_that_is_not_there_is_told(world, tmp_path):
    assert run(world, tmp_path / "nope" / "ra.txt", "--format", "gift")[0] == 2
