"""Addresses that leave the page: on posters, in letters, read out by a loudspeaker."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest

from accounts.domain.installation import public_origin


def absolute_url(request: HttpRequest, path: str) -> str:
    """`path` at the installation's public address; before anybody said it, at this request's."""
    origin = public_origin()
    return f"{origin}{path}" if origin else request.build_absolute_uri(path)


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
