"""What a TV at a desk asks for: its player, its playlist, what keeps it going offline."""

import hashlib
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.domain.throttling import take_turn
from accounts.errors import DomainError
from accounts.models import OrgUnit
from frontend.pages.addresses import absolute_url
from quiz.domain.clock import read_now
from quiz.models import Contest
from training.domain.files import open_path
from training.domain.playing import Links, screen_document
from training.domain.screens import find_screen, note_report, pair_screen
from training.enums import FileKind
from training.interfaces.pdf_pages import page_picture
from training.models import Survey, TrainingFile

WORKER = Path(__file__).parents[2] / "static" / "frontend" / "kiosk" / "worker.js"
SHELL = ("frontend/kiosk.css", "frontend/kiosk/player.js", "frontend/kiosk/keeping.js")
PAIR_TRIES, PAIR_SECONDS = 30, 600
A_DAY = 86_400


# No cookie is set: what a code opens is what anybody in the hall sees.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """A code typed at the TV leads to its address."""
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            key = client_address(request)
            take_turn(purpose="screen", key=key, limit=PAIR_TRIES, seconds=PAIR_SECONDS)
            screen = pair_screen(code=request.POST.get("code", "")[:20], now=read_now())
            return redirect("screen", key=screen.key)
        except DomainError as error:
            refusal = error
    context = {"refusal": refusal, "uncounted": True}
    status = refusal.status if refusal else 200
    return render(request, "frontend/kiosk/pair.html", context, status=status)


@require_safe
def player(request: HttpRequest, key: str) -> HttpResponse:
    """The page that plays. Raises ScreenNotFound."""
    screen = find_screen(key=key)
    context = {"screen": screen, "build": _build()}
    return _fresh(render(request, "frontend/kiosk/player.html", context))


def _build() -> str:
    """Differs when the player's own files do: then a TV loads the page anew."""
    names = [staticfiles_storage.url(name) for name in SHELL]
    return hashlib.sha256("".join([*names, WORKER.read_text()]).encode()).hexdigest()[:12]


def _fresh(response: HttpResponse) -> HttpResponse:
    """Never kept by the browser itself: the worker keeps what has to be kept."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def worker(request: HttpRequest, key: str) -> HttpResponse:
    """The service worker, whose scope is this screen's address alone. Raises ScreenNotFound."""
    find_screen(key=key)
    return _fresh(HttpResponse(WORKER.read_bytes(), content_type="text/javascript"))


@require_safe
def playlist(request: HttpRequest, key: str) -> JsonResponse:
    """What the screen shows from now on. Raises ScreenNotFound: then the TV stops."""
    screen = find_screen(key=key)

    def contest(contest: Contest, unit: OrgUnit) -> str:
        path = reverse("register", args=[contest.code])
        return absolute_url(request, f"{path}?don-vi={unit.code}")

    def survey(survey: Survey, unit: OrgUnit) -> str:
        path = reverse("survey", args=[survey.code])
        return absolute_url(request, f"{path}?don-vi={unit.code}")

    def page(file: TrainingFile, number: int) -> str:
        return reverse("screen-page", args=[key, file.public_id, number])

    links = Links(contest=contest, survey=survey, page=page)
    document = screen_document(screen=screen, links=links, now=read_now())
    return _fresh(JsonResponse({**document, "build": _build()}))


@csrf_exempt
@require_POST
def report(request: HttpRequest, key: str) -> HttpResponse:
    """What the screen says of itself, each minute. Raises ScreenNotFound."""
    taken = note_report(screen=find_screen(key=key), body=request.body, now=read_now())
    return _fresh(HttpResponse(status=204 if taken else 400))


@require_safe
def page(request: HttpRequest, key: str, public_id: UUID, number: int) -> HttpResponse:
    """A page of a PDF that the screen shows, as a picture. Raises ScreenNotFound, Http404."""
    screen = find_screen(key=key)
    shown = TrainingFile.objects.filter(kind=FileKind.PDF, public_id=public_id)
    file = shown.filter(pk__in=screen.playlist.slides.values("file")).first()
    if file is None:
        raise Http404(_("Không có trang này."))
    try:
        content = page_picture(open_path(file=file), number)
    except IndexError:
        raise Http404(_("Không có trang này.")) from None
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = f"private, max-age={A_DAY}"
    return response
