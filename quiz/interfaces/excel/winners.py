"""The winners annex: “DANH SÁCH cá nhân đạt giải”, as the office signs and files it."""

from collections.abc import Sequence
from itertools import groupby
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from quiz.domain.winners import WinnerRow, winner_rows
from quiz.enums import AwardKind, ReleaseState
from quiz.interfaces.excel.sheets import BOLD, CENTRE, ITALIC, SMALL, TITLE, OfficeSheet
from quiz.models import Release, Round
from quiz.rules.figures import show_duration

WIDTHS = (6, 30, 14, 36, 11, 12, 12, 18, 16, 18)


def write_winners(*, round: Round, file: IO[bytes], whole_numbers: bool) -> int:
    """Write the annex of a round; the number of winners in it.

    The papers name the newest release of the round (a draft says so); before one is submitted they
    are marked as provisional.
    """
    release = round.releases.exclude(state=ReleaseState.RETURNED).order_by("-number").first()
    winners = winner_rows(round=round, kind=AwardKind.PRIZE, whole_numbers=whole_numbers)
    reserves = winner_rows(round=round, kind=AwardKind.RESERVE, whole_numbers=whole_numbers)
    book = Workbook(write_only=True)
    _write_annex(book, round, release, winners)
    if reserves:
        _write_reserves(book, round, reserves)
    _write_contacts(book, round, winners)
    _write_receipt_sheet(book, round, winners)
    book.save(file)
    return len(winners)


def _write_annex(
    book: Workbook, round: Round, release: Release | None, winners: Sequence[WinnerRow]
) -> None:
    sheet = OfficeSheet(book, _("Danh sách đạt giải"), WIDTHS)
    _write_head(sheet, round, release)
    sheet.header(_labels())
    number = 0
    for group, rows in groupby(winners, key=lambda winner: winner.group):
        sheet.row([group, *[""] * (len(WIDTHS) - 1)], font=BOLD)
        last = sheet.sheet.merged_cells
        last.add(f"A{sheet.rows}:J{sheet.rows}")
        for winner in rows:
            number += 1
            sheet.row([number, *_columns(winner)])
    total = sum(winner.money for winner in winners)
    sheet.row(["", _("Tổng cộng"), *[""] * 5, number, total, ""], font=BOLD)
    sheet.blank()
    sheet.line(_release_line(release), font=SMALL)
    sheet.halves("", _("TRƯỞNG BAN"), font=BOLD)
    sheet.halves("", _("(Ký, ghi rõ họ tên)"), font=ITALIC)


def _labels() -> list[str]:
    return [
        _("STT"),
        _("Họ và tên"),
        _("Ngày sinh"),
        _("Đơn vị/Địa chỉ"),
        _("Số câu đúng"),
        _("Dự đoán"),
        _("Thời gian"),
        _("Giải"),
        _("Tiền thưởng (đồng)"),
        _("Ghi chú"),
    ]


def _columns(winner: WinnerRow) -> list[object]:
    return [
        winner.name,
        winner.birth,
        winner.home,
        f"{winner.correct}/{winner.total}",
        winner.prediction if winner.prediction is not None else "",
        show_duration(winner.duration_ms),
        winner.tier,
        winner.money,
        _("Lên thay theo thể lệ") if winner.note == "moved_up" else winner.note,
    ]


def _write_head(sheet: OfficeSheet, round: Round, release: Release | None) -> None:
    contest = round.contest
    sheet.halves(contest.body_name.upper(), _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), font=BOLD)
    sheet.halves("", _("Độc lập - Tự do - Hạnh phúc"), font=BOLD)
    sheet.blank()
    sheet.line(_("DANH SÁCH"), font=TITLE)
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


def _write_reserves(book: Workbook, round: Round, reserves: Sequence[WinnerRow]) -> None:
    sheet = OfficeSheet(book, _("Dự bị"), (6, 30, 14, 36, 11, 12, 12, 24))
    sheet.line(_("DANH SÁCH DỰ BỊ"), font=TITLE)
    sheet.line(f"{round.name}, {round.contest.title}", font=BOLD)
    sheet.blank()
    labels = _labels()
    sheet.header([*labels[:7], _("Đối tượng")])
    for number, reserve in enumerate(reserves, start=1):
        sheet.row([number, *_columns(reserve)[:6], reserve.group])


def _write_contacts(book: Workbook, round: Round, winners: Sequence[WinnerRow]) -> None:
    """Who to call for the handing over; numbers are texts, masked without the export right."""
    sheet = OfficeSheet(book, _("Liên hệ"), (6, 30, 36, 18, 24, 20), landscape=False)
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
    for number, winner in enumerate(winners, start=1):
        sheet.row([number, winner.name, winner.home, winner.phone, winner.national_id, winner.tier])


def _write_receipt_sheet(book: Workbook, round: Round, winners: Sequence[WinnerRow]) -> None:
    sheet = OfficeSheet(book, _("Ký nhận"), (6, 30, 36, 20, 18, 24))
    sheet.line(_("DANH SÁCH KÝ NHẬN GIẢI THƯỞNG"), font=TITLE)
    sheet.line(f"{round.name}, {round.contest.title}", font=BOLD)
    sheet.line(timezone.localdate().strftime(_("Ngày lập: %d/%m/%Y")), font=ITALIC, align=CENTRE)
    sheet.blank()
    sheet.header(
        [
            _("STT"),
            _("Họ và tên"),
            _("Đơn vị/Địa chỉ"),
            _("Giải"),
            _("Tiền thưởng (đồng)"),
            _("Ký nhận"),
        ]
    )
    for number, winner in enumerate(winners, start=1):
        sheet.row([number, winner.name, winner.home, winner.tier, winner.money, ""])
    total = sum(winner.money for winner in winners)
    sheet.row(["", _("Tổng cộng"), "", len(winners), total, ""], font=BOLD)
