"""The cookies of an entrant's browser: they open pages (GET), they never act.

Each is HttpOnly and limited to the path of the pages it opens. Writes carry the token in the form
or a header instead, so another site can make the browser send a cookie and nothing happens.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from frontend.pages.entry.hot import url_of

ENTRANT = "nguoi_du_thi"
ATTEMPT = "bai_thi"
CODE = "ma_du_thi"
ASKING = "xin_ma"
KEPT_SECONDS = 60 * 24 * 3600
CODE_SECONDS = 15 * 60
ASKING_SECONDS = 10 * 60


def _contest_path(contest_code: str) -> str:
    return url_of("contest", code=contest_code)


def _set(response: HttpResponse, name: str, value: str, path: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def remember_entrant(response: HttpResponse, contest_code: str, token: str) -> None:
    _set(response, ENTRANT, token, _contest_path(contest_code), KEPT_SECONDS)


def remember_code(response: HttpResponse, contest_code: str, code: str) -> None:
    """Keep the new mã dự thi just long enough to be shown and written down."""
    _set(response, CODE, code, url_of("ready", code=contest_code), CODE_SECONDS)


def remember_attempt(response: HttpResponse, token: str) -> None:
    _set(response, ATTEMPT, token, url_of("attempt"), KEPT_SECONDS)


def entrant_token(request: HttpRequest) -> str:
    return request.COOKIES.get(ENTRANT, "")


def attempt_token(request: HttpRequest) -> str:
    return request.COOKIES.get(ATTEMPT, "")


def shown_code(request: HttpRequest) -> str:
    return request.COOKIES.get(CODE, "")


def forget_code(response: HttpResponse, contest_code: str) -> None:
    response.delete_cookie(CODE, path=url_of("ready", code=contest_code), samesite="Lax")


def remember_asking(response: HttpResponse, contest_code: str, secret: str) -> None:
    """Bind a one-time code to this browser: elsewhere it opens nothing."""
    _set(response, ASKING, secret, url_of("return", code=contest_code), ASKING_SECONDS)


def secret_of_asking(request: HttpRequest) -> str:
    return request.COOKIES.get(ASKING, "")


def forget_asking(response: HttpResponse, contest_code: str) -> None:
    response.delete_cookie(ASKING, path=url_of("return", code=contest_code), samesite="Lax")


def forget_person(response: HttpResponse, contest_code: str) -> None:
    """“Người khác thi trên máy này”."""
    forget_code(response, contest_code)
    forget_asking(response, contest_code)
    response.delete_cookie(ENTRANT, path=_contest_path(contest_code), samesite="Lax")
    response.delete_cookie(ATTEMPT, path=url_of("attempt"), samesite="Lax")
