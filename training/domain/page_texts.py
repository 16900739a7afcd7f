"""Words of a page that a body may put its own in place of: how to send “phản ánh, kiến nghị”."""

from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import tidy_text
from training.domain.inquiries import receiving_unit
from training.models import PageText
from training.permissions import may_run_training_at

FEEDBACK = "phan-anh-kien-nghi"
LONGEST = 20_000

# The words the product brings along, a file a page.
_BROUGHT = Path(__file__).parents[1] / "page_texts"


@cache
def _brought(code: str, language: str = "vi") -> str:
    name = f"{code}.{language}.md" if language != "vi" else f"{code}.md"
    return (_BROUGHT / name).read_text("utf-8").strip()


def read_page_text(code: str) -> str:
    """What the body wrote, else the words the product brings along in the reader's language."""
    own = PageText.objects.filter(code=code).values_list("text", flat=True).first()
    return own if own is not None else _brought(code, get_language() or "vi")


def has_own_text(code: str) -> bool:
    return PageText.objects.filter(code=code).exists()


@transaction.atomic
def save_page_text(*, code: str, text: str, user: User) -> None:
    """Put the body's own words in place; the product's words or none bring those back.

    Raises NotAllowed, Faults.
    """
    if not may_run_training_at(user, receiving_unit()):
        raise NotAllowed
    tidy = tidy_text(text)
    if len(tidy) > LONGEST:
        message = _("Dài quá %d ký tự.") % LONGEST
        raise Faults([Fault(_("Nội dung"), "text_too_long", message, _("Rút gọn nội dung."))])
    held = PageText.objects.filter(code=code).first()
    if not tidy or tidy == _brought(code):
        if held is not None:
            record_act(actor=user, act="reset_page_text", subject=held)
            held.delete()
        return
    written = held or PageText(code=code)
    written.text, written.written_by = tidy, user
    written.save()
    record_act(actor=user, act="save_page_text", subject=written)
