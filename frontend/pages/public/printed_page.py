"""Whoever holds a page printed from a release scans its QR code and reads here what it is worth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quiz.domain.printed_pages import ScannedPage, read_page
from quiz.rules.figures import show_money, show_number


@require_safe
def printed_page(
    request: HttpRequest, code: str, round_number: int, number: int, mark: str
) -> HttpResponse:
    """Which release the page is of and whether that is still in force; 404 for a foreign mark."""
    page = read_page(contest_code=code, round_number=round_number, number=number, mark=mark)
    context = {"page": page, "rows": _rows(page) if page else [], "section": "contests"}
    status = 200 if page else 404
    return render(request, "frontend/public/printed_page.html", context, status=status)


def _rows(page: ScannedPage) -> list[tuple[str, str]]:
    """What to compare with the paper in hand."""
    mark, release = page.mark, page.release
    at = {"page": mark.page, "pages": mark.pages}
    rows = [
        (_("Cuộc thi"), release.contest.title),
        (_("Vòng thi"), release.round.name),
        (_("Giấy"), page.paper),
        (_("Trang"), _("%(page)s trên %(pages)s") % at),
    ]
    if mark.rows:
        rows.append((_("Số dòng trên trang"), show_number(mark.rows)))
    if mark.money:
        rows.append((_("Tổng tiền trên trang"), show_money(mark.money)))
    rows.append((_("Mã nội dung trang"), mark.code))
    return rows
