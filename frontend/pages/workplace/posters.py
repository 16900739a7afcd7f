"""The poster with the contest's QR code, and the files of a release."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import OrgUnit
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.contest_access import contest_view
from quiz.domain.releases import current_release
from quiz.errors import UnitNotFound
from quiz.interfaces.pdf.poster import Poster, write_poster
from quiz.models import Contest, Round
from quiz.permissions import SEE_CONTEST


@require_GET
@contest_view(*SEE_CONTEST)
def poster(request: HttpRequest, contest: Contest) -> HttpResponse:
    """One page, A4 or `kho=a5`; with `don-vi` (a code or a name) the unit is chosen for who scans.

    Raises UnitNotFound.
    """
    asked = request.GET.get("don-vi", "").strip()
    path, unit = reverse("contest", args=[contest.code]), ""
    if asked:
        found = _unit(asked)
        path = f"{reverse('register', args=[contest.code])}?don-vi={found.code}"
        unit = found.name
    size = "a5" if request.GET.get("kho") == "a5" else "a4"
    content = write_poster(Poster(contest, absolute_url(request, path), unit), size=size)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="to-treo-{contest.code}.pdf"'
    return response


def _unit(asked: str) -> OrgUnit:
    """By its code, else the only unit of that name."""
    by_code = OrgUnit.objects.filter(code=asked).first()
    if by_code is not None:
        return by_code
    found = list(OrgUnit.objects.matching(asked)[:2])
    if len(found) != 1:
        raise UnitNotFound(
            _("Có nhiều đơn vị mang tên này.") if found else None,
            _("Ghi thêm tên tỉnh, hoặc mã đơn vị.") if found else None,
        )
    return found[0]


@require_GET
@contest_view(*SEE_CONTEST)
def bundle(request: HttpRequest, contest: Contest, round: Round) -> FileResponse:
    """The bundle that proves the published release."""
    release = current_release(round=round)
    if release is None or not release.bundle:
        raise Http404
    name = f"goi-kiem-chung-{contest.code}-{round.number}.zip"
    return FileResponse(release.bundle.open("rb"), as_attachment=True, filename=name)
