"""Whom this browser is for, by its cookie."""

from contextlib import suppress

from django.http import HttpRequest

from frontend.pages.entry.cookies import entrant_token
from quiz.domain.tokens import open_any_entrant_token
from quiz.errors import UnknownToken
from quiz.models import Entrant


def remembered_entrant(request: HttpRequest, contest_id: int) -> Entrant | None:
    """The entrant of this contest that the browser holds a token of, if it does."""
    with suppress(UnknownToken):
        token = open_any_entrant_token(entrant_token(request))
        return Entrant.objects.filter(pk=token.entrant_id, contest=contest_id).first()
    return None
