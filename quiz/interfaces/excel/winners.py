"""The winners annex: “DANH SÁCH cá nhân đạt giải”, as the office signs and files it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.crypto import open_text
from quiz.domain.finality import describe_finality, finality_of, payment_warning
from quiz.domain.paper_kinds import WINNERS
from quiz.domain.paper_layouts import laid, read_layout, usual_layout
from quiz.domain.printed_pages import mark_page
from quiz.domain.result_papers import released_winners
from quiz.domain.winners import WinnerRow, mask_number, show_whole, winner_rows
from quiz.enums import AwardKind, PrintedPaper, ReleaseState
from quiz.interfaces.excel.laid_out import LaidTable, Values
from quiz.interfaces.excel.page_codes import PageCode
from quiz.interfaces.excel.sheets import BOLD, ITALIC, LEFT, TITLE, OfficeSheet
from quiz.models import Release, Round
from quiz.rules.figures import show_duration, show_money, show_number


@dataclass(frozen=True)
class Printed:
    """What the sheets say of the release they are printed from, None before one is submitted."""

    release: Release | None
    origin: str

    def mark(
        self, sheet: OfficeSheet, paper: PrintedPaper, content: list[list[str]], money: int = 0
    ) -> None:
        """Release and page on every printed page: a QR code at its top, words at its foot.

        Call it before the head of the table is written.
        """
        foot = _foot(self.release)
        if self.release is not None and self.origin:
            rows = len(content)
            mark = mark_page(
                release=self.release, paper=paper, content=content, rows=rows, money=money
            )
            told = {
                "number": self.release.number,
                "code": mark.code,
                "rows": show_number(rows),
                "money": show_money(money),
            }
            words = _("Bản công bố số %(number)s · mã trang %(code)s · %(rows)s dòng") % told
            if money:
                words += f" · {show_money(money)}"
            words += " · " + _("quét mã để kiểm tra")
            sheet.page_code = PageCode(self.origin + mark.path, words)
            foot += " · " + _("mã trang %(code)s") % told
        sheet.sheet.oddFooter.left.text, sheet.sheet.oddFooter.left.size = foot, 8


def write_winners(*, round: Round, file: IO[bytes], whole_numbers: bool, origin: str = "") -> int:
    """Write the annex of a round; the number of winners in it.

    The papers name the newest release of the round (a draft says so) and have its QR code, which
    leads to `origin`; before one is submitted they are marked as provisional.
    """
    release = round.releases.exclude(state=ReleaseState.RETURNED).order_by("-number").first()
    winners = _winners(round, release, whole_numbers=whole_numbers)
    reserves = winner_rows(round=round, kind=AwardKind.RESERVE, whole_numbers=whole_numbers)
    book, printed = Workbook(write_only=True), Printed(release, origin)
    _write_annex(book, round, printed, winners)
    if reserves:
        _write_reserves(book, round, printed, reserves)
    _write_contacts(book, round, printed, winners)
    _write_receipt_sheet(book, round, printed, winners)
    book.save(file)
    return len(winners)


def _winners(round: Round, release: Release | None, *, whole_numbers: bool) -> list[WinnerRow]:
    """Those of the release, names in full; before one is submitted, those proposed."""
    if release is None:
        return winner_rows(round=round, kind=AwardKind.PRIZE, whole_numbers=whole_numbers)
    shown = show_whole if whole_numbers else mask_number
    return [
        replace(
            row,
            name=person.full_name,
            phone=shown(open_text(person.phone)),
            national_id=shown(open_text(person.national_id)),
        )
        for row, person in released_winners(release=release)
    ]


def _write_annex(
    book: Workbook, round: Round, printed: Printed, winners: Sequence[WinnerRow]
) -> None:
    layout = read_layout(unit=round.contest.unit, kind="winners")
    table = LaidTable(book, layout, WINNER_VALUES, name=_("Danh sách đạt giải"))
    printed.mark(table.sheet, PrintedPaper.ANNEX, table.told(winners), _money(winners))
    _write_head(table.sheet, layout.title, round, printed.release)
    table.headings()
    for group, rows in groupby(winners, key=lambda winner: winner.group):
        table.band(group)
        table.write(rows)
    table.total(tier=table.written)
    status = describe_finality(finality_of(round=round, now=timezone.now()))
    part = " ·" if printed.release else ""
    table.sign(f"{_release_line(printed.release)}{part} {status}")


def _money(winners: Sequence[WinnerRow]) -> int:
    return sum(winner.money for winner in winners)


def winner_note(winner: WinnerRow) -> str:
    return _("Lên thay theo thể lệ") if winner.note == "moved_up" else winner.note


WINNER_VALUES: Values[WinnerRow] = {
    "name": lambda winner: winner.name,
    "birth": lambda winner: winner.birth,
    "home": lambda winner: winner.home,
    "correct": lambda winner: f"{winner.correct}/{winner.total}",
    "prediction": lambda winner: winner.prediction,
    "duration": lambda winner: show_duration(winner.duration_ms),
    "tier": lambda winner: winner.tier,
    "money": lambda winner: winner.money,
    "note": winner_note,
    "group": lambda winner: winner.group,
    "signed": lambda _winner: "",
}
RESERVE_COLUMNS = ("number", "name", "birth", "home", "correct", "prediction", "duration", "group")


def _write_head(sheet: OfficeSheet, title: str, round: Round, release: Release | None) -> None:
    contest = round.contest
    sheet.halves(contest.body_name.upper(), _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), font=BOLD)
    sheet.halves("", _("Độc lập - Tự do - Hạnh phúc"), font=BOLD)
    sheet.blank()
    sheet.line(title, font=TITLE)
    about = _("cá nhân đạt giải %(round)s, %(contest)s")
    sheet.line(about % {"round": round.name, "contest": contest.title}, font=BOLD)
    sheet.line(_decision_line(release), font=ITALIC)
    sheet.blank()


def _decision_line(release: Release | None) -> str:
    if release is None or not release.decision_number or release.decision_date is None:
        return _("(Dự thảo kèm theo Quyết định số ......../QĐ-BTC ngày ....../....../........)")
    return _("(Kèm theo Quyết định số %(number)s ngày %(day)s)") % {
        "number": release.decision_number,
        "day": release.decision_date.strftime("%d/%m/%Y"),
    }


def _release_line(release: Release | None) -> str:
    if release is None:
        return _("Bản tạm tính, chưa niêm phong.")
    root = release.document["root"]
    return _("Bản công bố số %(number)s · mã băm %(digest)s · gốc cây băm %(root)s") % {
        "number": release.number,
        "digest": release.digest,
        "root": root,
    }


def _foot(release: Release | None) -> str:
    if release is None:
        return _release_line(None)
    words = {"number": release.number, "digest": release.digest}
    return _("Bản công bố số %(number)s · mã băm %(digest)s") % words


def _write_reserves(
    book: Workbook, round: Round, printed: Printed, reserves: Sequence[WinnerRow]
) -> None:
    known = {column.code: column for column in WINNERS.columns}
    usual = usual_layout("winners")
    columns = tuple(laid(known[code]) for code in RESERVE_COLUMNS)
    layout = replace(usual, title=_("DANH SÁCH DỰ BỊ"), columns=columns)
    table = LaidTable(book, layout, WINNER_VALUES, name=_("Dự bị"))
    printed.mark(table.sheet, PrintedPaper.RESERVES, table.told(reserves))
    table.head(f"{round.name}, {round.contest.title}")
    table.write(reserves)


def _write_contacts(
    book: Workbook, round: Round, printed: Printed, winners: Sequence[WinnerRow]
) -> None:
    """Who to call for the handing over; numbers are texts, masked without the export right."""
    sheet = OfficeSheet(book, _("Liên hệ"), (6, 30, 36, 18, 24, 20), landscape=False)
    rows = [
        [number, winner.name, winner.home, winner.phone, winner.national_id, winner.tier]
        for number, winner in enumerate(winners, start=1)
    ]
    printed.mark(sheet, PrintedPaper.CONTACTS, [[str(value) for value in row] for row in rows])
    sheet.line(_("LIÊN HỆ NGƯỜI ĐẠT GIẢI"), font=TITLE)
    sheet.line(_("Lưu hành nội bộ, không công bố"), font=ITALIC)
    sheet.blank()
    sheet.header(
        [
            _("STT"),
            _("Họ và tên"),
            _("Đơn vị/Địa chỉ"),
            _("Số điện thoại"),
            _("Số định danh cá nhân"),
            _("Giải"),
        ]
    )
    for row in rows:
        sheet.row(row)


def _write_receipt_sheet(
    book: Workbook, round: Round, printed: Printed, winners: Sequence[WinnerRow]
) -> None:
    layout = read_layout(unit=round.contest.unit, kind="receipt")
    table = LaidTable(book, layout, WINNER_VALUES, name=_("Ký nhận"))
    printed.mark(table.sheet, PrintedPaper.SIGNING_SHEET, table.told(winners), _money(winners))
    made = timezone.localdate().strftime(_("Ngày lập: %d/%m/%Y"))
    table.head(f"{round.name}, {round.contest.title}", made)
    table.write(winners)
    table.total(tier=len(winners))
    if warning := payment_warning(round=round, now=timezone.now()):
        table.sheet.blank()
        table.sheet.line(warning, font=BOLD, align=LEFT)
    table.sign()
