"""A receipt checked by whoever holds it: the browser does it, the server where it can't."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_permissions_policy.decorators import permissions_policy_override

from accounts.errors import DomainError
from quiz.domain.receipt_checks import MOST_BYTES, UNKNOWN, CheckedReceipt, check_receipt
from quiz.errors import ReceiptUnreadable

# The one page that asks for the camera.
CAMERA = {"camera": "self", "geolocation": [], "microphone": [], "payment": []}


# Nothing is stored and no session known, so a foreign page gains nothing by posting the form.
@csrf_exempt
@permissions_policy_override(CAMERA)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_check(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "lookup",
        "proof_url": reverse("api-receipt-proof"),
        "signature_url": reverse("api-receipt-signature"),
        "steps": _steps(None),
    }
    status = 200
    if request.method == "POST":
        try:
            checked = check_receipt(text=_posted(request))
            context |= {"checked": checked, "steps": _steps(checked)}
        except DomainError as refusal:
            context |= {"refusal": refusal}
            status = refusal.status
    response = render(request, "frontend/public/receipt_check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _posted(request: HttpRequest) -> str:
    """The file if there is one, else what was pasted. Raises ReceiptUnreadable."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("receipt", "")[:MOST_BYTES]
    if file.size > MOST_BYTES:
        raise ReceiptUnreadable
    try:
        return file.read().decode()
    except UnicodeDecodeError:
        raise ReceiptUnreadable from None


def _steps(checked: CheckedReceipt | None) -> list[dict[str, str]]:
    """Each step with its words for ok, wrong and unknown; `state` is "" before a check."""
    rows = [
        (
            "opening",
            _("Lá băm đúng là của các câu trả lời ghi trong biên nhận."),
            _("Các câu trả lời trong biên nhận không khớp lá băm: biên nhận đã bị sửa."),
            _("Mã QR không có các câu trả lời; muốn so từng câu, dùng tệp biên nhận."),
        ),
        (
            "code",
            _("Mã biên nhận đúng."),
            _("Mã biên nhận không khớp nội dung: biên nhận đã bị sửa."),
            _("Mã biên nhận chỉ tính lại được từ tệp biên nhận."),
        ),
        (
            "signature",
            _("Chữ ký số của vòng thi đúng."),
            _("Chữ ký không phải của vòng thi này."),
            _("Chưa kiểm được chữ ký: cần tệp biên nhận của một vòng thi có trên hệ thống này."),
        ),
        (
            "inclusion",
            _("Bài thi có trong gốc băm đã công bố."),
            _("Bài thi không có trong gốc băm đã công bố. Giữ biên nhận và báo Ban Tổ chức."),
            _("Chưa có gốc băm công bố chứa bài này: kết quả chưa công bố, hoặc lá băm ghi sai."),
        ),
    ]
    return [
        {
            "name": name,
            "ok": ok,
            "wrong": wrong,
            "unknown": unknown,
            "state": checked.steps.get(name, UNKNOWN) if checked else "",
        }
        for name, ok, wrong, unknown in rows
    ]
