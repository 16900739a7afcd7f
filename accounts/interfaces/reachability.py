"""Whether the public address leads to this very installation, asked from this machine."""

from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.crypto import keyed_digest
from accounts.errors import DomainError

SECONDS = 4
TOKEN_LENGTH = 24


class BadAddress(DomainError):
    code = "bad_address"
    status = 422
    message = _("Địa chỉ công khai không hợp lệ.")
    hint = _("Viết dạng https://ten-mien hoặc http://may-chu:cong, không có phần nào phía sau.")


class _StayHere(HTTPRedirectHandler):
    """A redirect is no answer of ours: it may lead anywhere."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def read_origin(text: str) -> str:
    """“https://thi.example.vn/” → “https://thi.example.vn”. Raises BadAddress."""
    try:
        parts = urlsplit(text.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise BadAddress from error
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or extra:
        raise BadAddress
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def answer_probe(token: str) -> str:
    """What only this installation answers to `token`: other servers lack the key."""
    return keyed_digest("address-probe", token.encode()).hex()


def reaches_us(origin: str, *, path: str) -> bool:
    """Whether `origin` + `path` % token answers as this installation does, within SECONDS."""
    token = get_random_string(TOKEN_LENGTH)
    opener = build_opener(ProxyHandler({}), _StayHere())
    try:
        request = Request(origin + path.replace("TOKEN", token))  # noqa: S310  (read_origin)
        with opener.open(request, timeout=SECONDS) as response:
            said = response.read(200).decode("ascii", "replace").strip()
    except (URLError, OSError, ValueError):
        return False
    return constant_time_compare(said, answer_probe(token))
