"""Addresses that leave the page: on posters, in letters, read out by a loudspeaker."""

from django.http import HttpRequest

from accounts.domain.installation import public_origin


def absolute_url(request: HttpRequest, path: str) -> str:
    """`path` at the installation's public address; before anybody said it, at this request's."""
    origin = public_origin()
    return f"{origin}{path}" if origin else request.build_absolute_uri(path)
