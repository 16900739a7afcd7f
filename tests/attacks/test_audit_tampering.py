"""Somebody who owns the database changes the diary, and `verify_audit` says where."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.domain.audit import FIRST_HASH, chain_audit, line_hash, read_lines, record_act
from accounts.domain.audit_anchors import anchor_audit, anchor_path
from accounts.models import AuditEntry
from tests.database_owner import as_owner
from tests.people import make_unit

pytestmark = pytest.mark.django_db
TABLE = "accounts_auditentry"


@pytest.fixture(autouse=True)
def diary(settings, tmp_path):
    """Nine entries: anchored after the fifth and after the eighth, the ninth only chained."""
    settings.AUDIT_ANCHOR_DIR = tmp_path / "anchors"
    unit = make_unit()
    for number in range(2, 10):
        record_act(actor=None, act="thu", subject=unit, unit_id=unit.pk, so=number)
        if number in (5, 8):
            anchor_audit(now=timezone.now())
    chain_audit()


def verify(**options) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def broken(code: int = 1, **options) -> str:
    with pytest.raises(CommandError) as refused:
        verify(**options)
    assert refused.value.returncode == code
    return str(refused.value)


def chain_anew(execute) -> None:
    """As the platform does, over whatever entries there are now."""
    before = FIRST_HASH
    lines = list(read_lines(AuditEntry.objects.exclude(sequence=None).order_by("sequence")))
    execute(f"UPDATE {TABLE} SET sequence = NULL, hash = NULL")
    for number, line in enumerate(lines, start=1):
        before = line_hash(line, before)
        execute(
            f"UPDATE {TABLE} SET sequence = %s, hash = %s WHERE id = %s", number, before, line.id
        )


def test_an_untouched_diary_is_whole():
    assert verify() == "Nhật ký nguyên vẹn: 9 dòng, khớp 2 mốc neo.\n"


def test_an_edited_entry_is_found():
    with as_owner() as execute:
        execute(f"""UPDATE {TABLE} SET details = '{{"so": 77}}' WHERE sequence = 3""")
    assert broken().startswith("Dòng số 3 (mục ")


@pytest.mark.parametrize("column", ["at = at - interval '1 hour'", "actor_id = 1", "act = 'khac'"])
def test_every_column_of_an_entry_is_held(column):
    with as_owner() as execute:
        execute(f"UPDATE {TABLE} SET {column} WHERE sequence = 4")
    assert broken().startswith("Dòng số 4 (mục ")


def test_a_deleted_entry_is_found():
    with as_owner() as execute:
        execute(f"DELETE FROM {TABLE} WHERE sequence = 6")
    assert broken().startswith("Thiếu dòng số 6, ngay sau mục ")


def test_closing_the_gap_of_a_deleted_entry_hides_nothing():
    with as_owner() as execute:
        execute(f"DELETE FROM {TABLE} WHERE sequence = 2")
        execute(f"UPDATE {TABLE} SET sequence = -sequence WHERE sequence > 2")
        execute(f"UPDATE {TABLE} SET sequence = -sequence - 1 WHERE sequence < 0")
    assert broken().startswith("Dòng số 2 (mục ")


def test_exchanged_entries_are_found():
    with as_owner() as execute:
        execute(f"UPDATE {TABLE} SET sequence = 100 WHERE sequence = 3")
        execute(f"UPDATE {TABLE} SET sequence = 3 WHERE sequence = 4")
        execute(f"UPDATE {TABLE} SET sequence = 4 WHERE sequence = 100")
    assert broken().startswith("Dòng số 3 (mục ")


def test_a_tail_cut_off_is_found_by_the_anchor():
    with as_owner() as execute:
        execute(f"DELETE FROM {TABLE} WHERE sequence > 6")
    sentence = broken()
    assert sentence.startswith("Nhật ký bị cắt đuôi: chỉ còn 6 dòng, mốc neo lúc ")
    assert sentence.endswith("đã ghi đến dòng 8.")


def test_an_edit_with_everything_chained_anew_is_found_by_the_anchor():
    with as_owner() as execute:
        execute(f"UPDATE {TABLE} SET act = 'khac' WHERE sequence = 7")
        chain_anew(execute)
    sentence = broken()
    assert sentence.startswith("Chuỗi đã bị nối lại: trong các dòng từ 6 đến 8 ")


def test_a_tail_taken_off_and_chained_again_by_the_platform_is_found():
    """Unchained first, then edited: the worker itself would give it new links."""
    with as_owner() as execute:
        execute(f"UPDATE {TABLE} SET sequence = NULL, hash = NULL WHERE sequence > 3")
        execute(f"UPDATE {TABLE} SET act = 'khac' WHERE sequence IS NULL")
    assert chain_audit() == 6
    assert broken().startswith("Chuỗi đã bị nối lại: trong các dòng từ 1 đến 5 ")


def test_what_no_anchor_has_seen_can_be_chained_anew_unnoticed():
    """The bound of the promise: an hour, or a release, between two anchors."""
    with as_owner() as execute:
        execute(f"UPDATE {TABLE} SET act = 'khac' WHERE sequence = 9")
        chain_anew(execute)
    assert verify() == "Nhật ký nguyên vẹn: 9 dòng, khớp 2 mốc neo.\n"


def test_an_anchor_rewritten_without_the_key_is_found():
    path = anchor_path()
    path.write_text(path.read_text().replace('"sequence":8', '"sequence":7'))
    assert broken() == "Mốc neo dòng 2 đã bị sửa."


def test_an_anchor_taken_out_is_found():
    path = anchor_path()
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    assert broken() == "Tệp mốc neo đã bị cắt phần đầu."


def test_a_witness_holds_what_was_taken_out_of_the_file(tmp_path):
    letter = tmp_path / "thu.txt"
    letter.write_text(anchor_path().read_text().splitlines(keepends=True)[1])
    with as_owner() as execute:
        execute(f"DELETE FROM {TABLE} WHERE sequence > 6")
    anchor_path().unlink()
    assert verify().startswith("Chưa có mốc neo")
    assert broken(anchors=letter).startswith("Nhật ký bị cắt đuôi: chỉ còn 6 dòng")


@pytest.mark.parametrize("text", [None, "không phải mốc neo\n", '{"sequence": 3}\n'])
def test_anchors_that_can_not_be_read_are_an_error_of_their_own(text, tmp_path):
    path = tmp_path / "moc.txt"
    if text is not None:
        path.write_text(text)
    assert broken(code=2, anchors=path).startswith("Không đọc được tệp mốc neo")
