"""Numbers that come in forms."""

from django.http import HttpRequest


def posted_number(request: HttpRequest, name: str) -> int | None:
    """A row's number as posted; None for anything no row can have."""
    posted = request.POST.get(name, "")
    return int(posted) if posted.isdecimal() and posted.isascii() and len(posted) < 19 else None
