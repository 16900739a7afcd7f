"""Does the diary still say what it said? Read once from the first line to the last.

The chain alone shows an edit, a removal, an exchange of lines. Against somebody who owns the
database, and can chain everything anew or cut the end off, it is held against the anchors.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from accounts.domain.audit import FIRST_HASH, Line, line_hash, read_lines
from accounts.domain.audit_anchors import Anchor, line_digest
from accounts.models import AuditEntry

HOLES_TOLD = 5

# Numbers between the first entry and the last the database has handed out that no entry carries.
_HOLES = """
SELECT id + 1, following - 1 FROM (
    SELECT id, lead(id) OVER (ORDER BY id) AS following FROM accounts_auditentry
) AS entry WHERE following > id + 1 ORDER BY id LIMIT %s
"""
_NUMBERS = """
SELECT count(*), min(id), max(id), count(*) FILTER (WHERE sequence IS NULL)
FROM accounts_auditentry
"""


@dataclass(frozen=True)
class Break:
    """The first place that does not hold, in words; `code`: changed, missing, cut, rechained,
    anchors.
    """

    code: str
    sentence: str


@dataclass
class DiaryCheck:
    """What was found. `holes` are entry numbers never or no longer used: a transaction that was
    undone leaves one, and so does an entry removed in the half minute before it was chained.
    """

    lines: int = 0
    anchors: int = 0
    unchained: int = 0
    holes: int = 0
    first_holes: list[tuple[int, int]] = field(default_factory=list)
    broken: Break | None = None


def check_diary(
    *,
    anchors: list[Anchor],
    whole_file: bool,
    progress: Callable[[int], None] = lambda done: None,
) -> DiaryCheck:
    """Read the diary against its anchors; memory does not grow with its length.

    `whole_file`: the anchors are the installation's own file, whose lines name one another; a
    witness's copy may hold any of them.
    """
    found = DiaryCheck(anchors=len(anchors))
    found.broken = _check_anchors(anchors, whole_file)
    if found.broken is None:
        found.broken = _check_lines(found, anchors, progress)
    _count_numbers(found)
    return found


def _check_anchors(anchors: list[Anchor], whole_file: bool) -> Break | None:
    """A line whose key is gone is held by the line after it, which names its digest."""
    previous: Anchor | None = None
    for number, anchor in enumerate(anchors, start=1):
        known = anchor.is_ours()
        named = previous is None or anchor.before == line_digest(previous.line)
        if known is False or (whole_file and not named):
            return Break("anchors", _("Mốc neo dòng %(n)s đã bị sửa.") % {"n": number})
        if whole_file and previous is None and anchor.before:
            return Break("anchors", _("Tệp mốc neo đã bị cắt phần đầu."))
        if whole_file and previous is not None and anchor.sequence < previous.sequence:
            return Break(
                "anchors", _("Mốc neo dòng %(n)s lùi lại so với dòng trước.") % {"n": number}
            )
        if anchor is anchors[-1] and known is None:
            return Break("anchors", _("Mốc neo cuối cùng không do hệ thống này lập ra."))
        previous = anchor
    return None


def _check_lines(
    found: DiaryCheck, anchors: list[Anchor], progress: Callable[[int], None]
) -> Break | None:
    wanted = sorted(anchors, key=lambda anchor: anchor.sequence)
    waiting = iter(wanted)
    anchor = next(waiting, None)
    held = 0
    before, last = FIRST_HASH, None
    for line in _linked():
        if line.sequence != found.lines + 1:
            return _missing(found.lines + 1, last)
        before = line_hash(line, before)
        if bytes(line.hash or b"") != before:
            return _changed(line)
        found.lines, last = found.lines + 1, line
        while anchor is not None and anchor.sequence <= found.lines:
            if anchor.sequence == found.lines and anchor.hash != before.hex():
                return _rechained(anchor, held)
            held = anchor.sequence
            anchor = next(waiting, None)
        if found.lines % 10_000 == 0:
            progress(found.lines)
    return _cut(found.lines, wanted[-1]) if anchor is not None else None


def _linked() -> Iterator[Line]:
    return read_lines(AuditEntry.objects.exclude(sequence=None).order_by("sequence"))


def _missing(number: int, last: Line | None) -> Break:
    if last is None:
        return Break("missing", _("Thiếu dòng số %(n)s, ở đầu nhật ký.") % {"n": number})
    told = {"n": number, "id": last.id, "at": last.at.isoformat(timespec="seconds")}
    return Break("missing", _("Thiếu dòng số %(n)s, ngay sau mục %(id)s ghi lúc %(at)s.") % told)


def _changed(line: Line) -> Break:
    told = {"n": line.sequence, "id": line.id, "at": line.at.isoformat(timespec="seconds")}
    return Break(
        "changed",
        _(
            "Dòng số %(n)s (mục %(id)s, ghi lúc %(at)s) không còn như khi được ghi: đã bị sửa "
            "hoặc đổi chỗ."
        )
        % told,
    )


def _rechained(anchor: Anchor, held: int) -> Break:
    told = {"first": held + 1, "last": anchor.sequence, "at": anchor.at}
    return Break(
        "rechained",
        _(
            "Chuỗi đã bị nối lại: trong các dòng từ %(first)s đến %(last)s có dòng khác với lúc "
            "lập mốc neo %(at)s."
        )
        % told,
    )


def _cut(lines: int, anchor: Anchor) -> Break:
    told = {"lines": lines, "sequence": anchor.sequence, "at": anchor.at}
    return Break(
        "cut",
        _(
            "Nhật ký bị cắt đuôi: chỉ còn %(lines)s dòng, mốc neo lúc %(at)s đã ghi đến dòng "
            "%(sequence)s."
        )
        % told,
    )


def _count_numbers(found: DiaryCheck) -> None:
    """Entries not chained yet, and numbers that no entry carries."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        entries, first, last, found.unchained = cursor.fetchone()
        if not entries:
            return
        cursor.execute("SELECT last_value FROM accounts_auditentry_id_seq")
        handed_out = max(cursor.fetchone()[0], last)
        found.holes = handed_out - first + 1 - entries
        if found.holes:
            cursor.execute(_HOLES, [HOLES_TOLD])
            found.first_holes = list(cursor.fetchall())
        if handed_out > last and len(found.first_holes) < HOLES_TOLD:
            found.first_holes.append((last + 1, handed_out))
