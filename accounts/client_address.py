"""Who is at the other end: the one place that says from which address a request came."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the person's machine, or "" where there is none.

    The house has already looked behind its own proxies (TRUSTED_PROXIES) before the request got
    here, so what a client writes into X-Forwarded-For counts for nothing. Many people may share
    one address: an office, a school, a whole commune's mobile network.
    """
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same from the WSGI environment."""
    return str(environ.get("REMOTE_ADDR", ""))
