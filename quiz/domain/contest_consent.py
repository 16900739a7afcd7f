"""Which consent text the people who enter a contest agree to."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.audit import record_act
from accounts.enums import ConsentPurpose
from accounts.errors import DomainError
from accounts.models import ConsentText, User
from quiz.enums import RoundState
from quiz.models import Contest
from quiz.permissions import require_may_run


class ConsentFixed(DomainError):
    """Someone may just be reading the text that would be exchanged under them."""

    code = "consent_fixed"
    status = 409
    message = _("Đang có vòng thi đã chốt nên chưa đổi được nội dung đồng ý.")
    hint = _("Đổi sau khi đóng vòng, trước khi chốt vòng sau.")


def consent_texts_to_choose() -> QuerySet[ConsentText]:
    """Every version for entering, the newest first."""
    return ConsentText.objects.filter(purpose=ConsentPurpose.ENTER_CONTEST).order_by("-version")


def consent_is_fixed(*, contest: Contest) -> bool:
    """Whether a round is frozen and not closed: people may be agreeing right now."""
    return contest.rounds.filter(state=RoundState.FROZEN).exists()


@transaction.atomic
def choose_consent_text(*, contest: Contest, text: ConsentText, user: User) -> None:
    """From the next round on, people agree to `text`; who agreed before keeps what they read.

    Raises NotAllowed, ConsentFixed while a round is frozen.
    """
    require_may_run(user, contest)
    held = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    if consent_is_fixed(contest=held):
        raise ConsentFixed
    held.consent_text = text
    held.save(update_fields=["consent_text"])
    contest.consent_text = text
    record_act(
        actor=user,
        act="choose_consent_text",
        subject=contest,
        unit_id=contest.unit_id,
        text=text.pk,
        version=text.version,
    )
