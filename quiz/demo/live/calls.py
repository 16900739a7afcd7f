"""HTTP as the demo's people use it: entrants over kept connections, officials with a session."""

import http.client
import http.cookiejar
import json
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

_local = threading.local()
TIMEOUT = 30


class Refused(Exception):
    """The server said no; `status` and `code` say why."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{status} {answer.get('code')}: {answer.get('message')}")
        self.status, self.code, self.answer = status, str(answer.get("code")), answer


def call(port: int, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
    """POST JSON on this thread's own connection. Raises Refused; asks again after a 503."""
    data = json.dumps(body).encode()
    sent = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    for _try in range(5):
        status, answer = _exchange(port, path, data, sent)
        if status != 503:
            break
        time.sleep(1)
    if status >= 400:
        raise Refused(status, answer)
    return answer


def _exchange(
    port: int, path: str, data: bytes, headers: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    """One request; a connection the server closed meanwhile is opened again, once."""
    for fresh in (False, True):
        connection = _connection(port, fresh=fresh)
        try:
            connection.request("POST", path, data, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        except (http.client.HTTPException, ConnectionError):
            if fresh:
                raise
    raise AssertionError


def _connection(port: int, *, fresh: bool) -> http.client.HTTPConnection:
    kept = getattr(_local, "connection", None)
    if kept is None or fresh or kept.port != port:
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        _local.connection = kept
    return kept


class Official:
    """Someone signed in by a one-time link."""

    def __init__(self, port: int, link: str) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.get(link)

    def get(self, path: str) -> bytes:
        with self._opener.open(self.origin + path, timeout=TIMEOUT) as response:
            return bytes(response.read())

    def form(self, path: str, *, token: str, **fields: str) -> bytes:
        """Send a page's form."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            self.origin + path, data, {"Referer": self.origin + path}
        )
        with self._opener.open(request, timeout=TIMEOUT) as response:
            return bytes(response.read())

    def act(self, path: str, **fields: str) -> bytes:
        """Send a form of the page at `path` without its last step, wherever it stands."""
        page = self.get(path.rsplit("/", 2)[0] + "/").decode()
        return self.form(path, token=_form_token(page), **fields)

    def api(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """GET, or POST with a body, on /api/v1/. Raises Refused."""
        headers = {"Accept": "application/json", "Referer": self.origin + "/"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self._csrf_cookie()}
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            f"{self.origin}/api/v1/{path}", data, headers
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                return dict(json.loads(response.read()))
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.loads(error.read() or b"{}")) from None

    def job(self, path: str) -> dict[str, Any]:
        """Start long work and wait for its end. Raises Refused with the job's own reason."""
        started = self.api(path, {})
        while True:
            job = self.api(f"jobs/{started['id']}/")
            if job["state"] == "done":
                return job
            if job["state"] == "failed":
                raise Refused(409, {"code": job["error_code"], "message": job["error"]})
            time.sleep(0.3)

    def _csrf_cookie(self) -> str:
        return next(str(c.value) for c in self.cookies if c.name == "csrftoken")


def _form_token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no form")
    return found[1]
