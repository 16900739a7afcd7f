"""The pages of figures of one round, beside each other."""

from django.urls import reverse
from django.utils.translation import gettext as _

from quiz.models import Contest, Round


def figure_tabs(contest: Contest, round: Round) -> list[tuple[str, str, str]]:
    """(address, words, route) of the pages of figures of `round`."""
    rows = [("w-item-analysis", _("Câu hỏi"))]
    return [
        (reverse(route, kwargs={"pk": contest.pk, "round_pk": round.pk}), words, route)
        for route, words in rows
    ]
