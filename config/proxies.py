"""What a proxy says of the client is believed of our own proxies (TRUSTED_PROXIES), of no one else.

Settled once per request, before either chain: afterwards REMOTE_ADDR is the client's address for
everybody (rate limits, sign-in, sessions), and headers that anyone could have written are gone.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings

FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"


def settle_client(environ: dict[str, Any]) -> None:
    """Put the client's own address into `environ`; drop what a stranger claims about it."""
    said = environ.pop(FORWARDED_FOR, "")
    if not is_trusted(environ.get("REMOTE_ADDR", "")):
        environ.pop(FORWARDED_PROTO, None)
    elif said:
        environ["REMOTE_ADDR"] = _nearest_stranger(said, environ["REMOTE_ADDR"])


def _nearest_stranger(said: str, peer: str) -> str:
    """Each proxy adds whom it heard from at the end: the last that is no proxy of ours."""
    nearest = peer
    for text in reversed(said.split(",")):
        address = _read(text.strip())
        if address is None:
            return nearest
        nearest = str(address)
        if not is_trusted(nearest):
            return nearest
    return nearest


@lru_cache(maxsize=1024)
def is_trusted(text: str) -> bool:
    """Whether `text` is the address of one of our proxies."""
    address = _read(text)
    return address is not None and any(
        address in ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES
    )


def is_network(text: str) -> bool:
    """Whether `text` is an address or a network, as TRUSTED_PROXIES wants them."""
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
