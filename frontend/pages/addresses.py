"""Addresses that leave the page: on posters, in letters, read out by a loudspeaker."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest

from accounts.domain.installation import public_origin


def absolute_url(request: HttpRequest, path: str) -> str:
    """`path` (from the root) at `origin_for` the request."""
    return f"{origin_for(request)}{path}"


def origin_for(request: HttpRequest) -> str:
    """The public address; before anybody said it, where this request came to."""
    return public_origin() or request.build_absolute_uri("/").rstrip("/")


def opens_only_here(address: str) -> bool:
    """Whether nobody but this machine can open the address."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def opens_only_nearby(address: str) -> bool:
    """Whether nobody outside one network can open the address."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host
