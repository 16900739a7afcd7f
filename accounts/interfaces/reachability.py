"""Whether the public address leads to this very installation, asked from this machine."""

from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.crypto import keyed_digest
from accounts.errors import DomainError

SECONDS, TRIES = 0.8, 8
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
    """Whether `origin` answers at `path` (TOKEN filled in) as this installation does.

    Asked several times: each connection goes to any of the web processes, also to the one that is
    busy asking, which then can't answer. Takes TRIES * SECONDS at the longest.
    """
    for _try in range(TRIES):
        token = get_random_string(TOKEN_LENGTH)
        try:
            said = _ask(origin + path.replace("TOKEN", token))
        except TimeoutError:
            continue
        except (OSError, ValueError) as failure:
            if isinstance(getattr(failure, "reason", None), TimeoutError):
                continue
            return False
        return constant_time_compare(said, answer_probe(token))
    return False


def _ask(address: str) -> str:
    opener = build_opener(ProxyHandler({}), _StayHere())
    with opener.open(Request(address), timeout=SECONDS) as response:  # noqa: S310  (read_origin)
        return str(response.read(200).decode("ascii", "replace")).strip()
