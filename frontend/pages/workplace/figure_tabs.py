"""The pages of figures beside each other: of the contest's rounds, and of one round."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from quiz.enums import RoundState
from quiz.models import Contest, Round
from quiz.permissions import may_review_hints


def round_tabs(contest: Contest) -> list[tuple[str, str, str]]:
    """(address, words, key): the whole contest ("all") and each round that was frozen."""
    whole = (reverse("w-figures", kwargs={"pk": contest.pk}), _("Cả cuộc thi"), "all")
    rounds = contest.rounds.exclude(state=RoundState.DRAFT).order_by("number")
    return [
        whole,
        *(
            (
                reverse("w-round-figures", kwargs={"pk": contest.pk, "round_pk": round.pk}),
                round.name,
                str(round.pk),
            )
            for round in rounds
        ),
    ]


def figure_tabs(contest: Contest, round: Round, user: User) -> list[tuple[str, str, str]]:
    """(address, words, route) of the pages of figures of `round`."""
    rows = [("w-round-figures", _("Tham gia")), ("w-item-analysis", _("Câu hỏi"))]
    if may_review_hints(user, contest):
        rows.append(("w-hints", _("Dấu hiệu cần xem")))
    return [
        (reverse(route, kwargs={"pk": contest.pk, "round_pk": round.pk}), words, route)
        for route, words in rows
    ]
