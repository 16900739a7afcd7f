"""The next contest from the last one: what was decided is kept, what happened is not."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from quiz.domain.contests import add_round, create_contest
from quiz.domain.rule_sets import rules_of
from quiz.models import Contest, MayNotWin
from quiz.permissions import require_may_run
from quiz.rules.document import RuleDocument


def suggested_title(contest: Contest) -> str:
    return _("%(title)s (bản sao)") % {"title": contest.title[:230]}


@transaction.atomic
def copy_contest(
    *,
    contest: Contest,
    user: User,
    title: str = "",
    first_day: date | None = None,
    with_may_not_win: bool = False,
) -> Contest:
    """A new draft with the same description, groups, banks, roster and rules.

    The rules lose their decision: the new contest has its own. With a `first_day` the rounds come
    along, moved by whole days so that the first opens on it; their hours stay. The list of people
    who may not win comes only when asked for. Raises NotAllowed, Faults.
    """
    require_may_run(user, contest)
    document = (rules_of(contest=contest) or RuleDocument()).model_copy(
        update={"decision_number": "", "decision_date": None}
    )
    banks = {group.code: group.bank for group in contest.groups.select_related("bank")}
    copy = create_contest(
        unit=contest.unit,
        title=title or suggested_title(contest),
        body_name=contest.body_name,
        user=user,
        document=document,
        banks=[banks.get(group.code) for group in document.groups],
        summary=contest.summary,
        hotline=contest.hotline,
    )
    copy.roster, copy.consent_text = contest.roster, contest.consent_text
    copy.save(update_fields=["roster", "consent_text"])
    if first_day is not None:
        _copy_rounds(contest, copy, first_day, user)
    if with_may_not_win:
        _copy_may_not_win(contest, copy)
    return copy


def _copy_rounds(contest: Contest, copy: Contest, first_day: date, user: User) -> None:
    rounds = list(contest.rounds.order_by("opens_at"))
    if not rounds:
        return
    shift = timedelta(days=(first_day - timezone.localdate(rounds[0].opens_at)).days)
    for round in sorted(rounds, key=lambda each: each.number):
        add_round(
            contest=copy,
            opens_at=round.opens_at + shift,
            closes_at=round.closes_at + shift,
            user=user,
            name=round.name,
        )


def _copy_may_not_win(contest: Contest, copy: Contest) -> None:
    rows = list(contest.may_not_win.all())
    for row in rows:
        row.pk, row.contest, row._state.adding = None, copy, True  # noqa: SLF001
    MayNotWin.objects.bulk_create(rows)
