"""The pages of figures of one round, beside each other."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from quiz.models import Contest, Round
from quiz.permissions import may_review_hints


def figure_tabs(contest: Contest, round: Round, user: User) -> list[tuple[str, str, str]]:
    """(address, words, route) of the pages of figures of `round`."""
    rows = [("w-item-analysis", _("Câu hỏi"))]
    if may_review_hints(user, contest):
        rows.append(("w-hints", _("Dấu hiệu cần xem")))
    return [
        (reverse(route, kwargs={"pk": contest.pk, "round_pk": round.pk}), words, route)
        for route, words in rows
    ]
