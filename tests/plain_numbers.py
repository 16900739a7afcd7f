"""Numbers that a program reads are never written as people write them (1.234).

Every page that any test asks for is looked through: with a dot in it, a row's number in a form
would lead to no row, and an address to another page.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_FOR_PROGRAMS = (
    r"value|id|name|for|form|href|src|action|formaction|min|max|step|maxlength|rows|width|height|colspan|rowspan|hx-[a-z]+"
    r"|aria-labelledby|aria-describedby|aria-controls|data-(?!label|text|copy)[-a-z]+"
)
_TAG = re.compile(r"<[a-z][^<>]*>")
_ATTRIBUTE = re.compile(rf'\s({_FOR_PROGRAMS})="([^"]*)"')
_WRITTEN_FOR_PEOPLE = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})+(?![\w.,])")


def written_for_people(html: str) -> list[str]:
    """Attributes of the page that hold a number with thousand separators."""
    return [
        f'{name}="{value}"'
        for tag in _TAG.findall(html)
        for name, value in _ATTRIBUTE.findall(tag)
        if _WRITTEN_FOR_PEOPLE.search(value)
    ]


def look_through(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """A middleware for the test run."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            wrong = written_for_people(response.content.decode())
            assert not wrong, f"{request.path}: {wrong}"
        return response

    return middleware
