"""Questions asked again and again: written by the units, judged by whoever reads them."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.domain.audit import record_act
from accounts.domain.throttling import take_turn
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.rich_text import to_words
from accounts.text import nfc, tidy_text
from training.domain.search_index import SearchText, drop_thing, index_thing
from training.models import Faq
from training.permissions import may_run_training_at

KIND = "faq"
USEFUL, UNCLEAR = "useful", "unclear"
VERDICTS = (USEFUL, UNCLEAR)
# Turns and seconds of one address: a hall full of people reads on.
BY_ADDRESS = (120, 600)


@transaction.atomic
def save_faq(
    *,
    unit: OrgUnit,
    question: str,
    answer: str,
    subject: str = "",
    position: int = 1,
    is_shown: bool = True,
    user: User,
    faq: Faq | None = None,
) -> Faq:
    """Write a new one, or `faq` anew. Raises NotAllowed, Faults."""
    for belongs in {unit, faq.unit if faq else unit}:
        if not may_run_training_at(user, belongs):
            raise NotAllowed
    written = faq or Faq()
    written.unit, written.question = unit, nfc(question)
    written.answer, written.subject = tidy_text(answer), nfc(subject)
    written.position, written.is_shown = position, is_shown
    faults = [
        Fault(place, "faq_empty", _("Chưa có nội dung."), _("Ghi đủ câu hỏi và trả lời."))
        for place, text in (
            (pgettext("của người dân", "Câu hỏi"), written.question),
            (_("Trả lời"), written.answer),
        )
        if not text
    ]
    if faults:
        raise Faults(faults)
    written.save()
    record_act(actor=user, act="save_faq", subject=written, unit_id=unit.pk)
    if is_shown:
        index_thing(kind=KIND, text=search_text_of(written))
    else:
        drop_thing(kind=KIND, subject_id=written.pk)
    return written


@transaction.atomic
def delete_faq(*, faq: Faq, user: User) -> None:
    """Raises NotAllowed."""
    if not may_run_training_at(user, faq.unit):
        raise NotAllowed
    record_act(actor=user, act="delete_faq", subject=faq, unit_id=faq.unit_id)
    drop_thing(kind=KIND, subject_id=faq.pk)
    faq.delete()


def judge_faq(*, faq: Faq, verdict: str, before: str, address: str) -> None:
    """Count what a reader says; `before` is what the same browser said, which is taken back.

    Only the two sums are kept. Raises TooManyRequests.
    """
    if verdict == before:
        return
    limit, seconds = BY_ADDRESS
    take_turn(purpose="faq-verdict", key=address, limit=limit, seconds=seconds)
    counts = {verdict: F(verdict) + 1}
    row = Faq.objects.filter(pk=faq.pk)
    if before in VERDICTS:
        counts[before] = F(before) - 1
        row = row.filter(**{f"{before}__gt": 0})
    row.update(**counts)


def unclear_first(faqs: QuerySet[Faq]) -> QuerySet[Faq]:
    """For their editors: what most readers found unclear comes first."""
    return faqs.order_by("-unclear", "useful", "position", "pk")


def search_text_of(faq: Faq) -> SearchText:
    return SearchText(
        subject_id=faq.pk,
        slug=str(faq.pk),
        title=faq.question,
        texts=(faq.subject, to_words(faq.answer)),
        at=faq.changed_at,
        lead=nfc(to_words(faq.answer)),
    )
