"""Where a quiz lesson takes its items from, as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.errors import Fault
from quiz.models import ItemBank
from quiz.rules.document import PaperRules

MOST_ITEMS = 100


class QuizSettings(BaseModel):
    """`paper` as contests have it: topics and levels with counts, or numbers of fixed items.

    `instant`: whether an answer is right, why and by which basis is told after each one; otherwise
    when all are given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bank: int = Field(ge=1)
    paper: PaperRules
    instant: bool = True


def read_settings(settings: Mapping[str, Any]) -> QuizSettings:
    """The stored settings; they were checked when they were written."""
    return QuizSettings.model_validate(settings)


def quiz_settings_faults(settings: Mapping[str, Any]) -> Iterator[Fault]:
    """What of the settings can't be stored; whether there are items enough is asked at opening."""
    try:
        given = QuizSettings.model_validate(settings)
    except ValidationError:
        message = _("Chưa rõ lấy câu nào cho bài kiểm tra.")
        yield Fault("", "quiz_settings", message, _("Chọn ngân hàng và số câu theo chủ đề."))
        return
    if not ItemBank.objects.filter(pk=given.bank).exclude(practice_since=None).exists():
        message = _("Ngân hàng này chưa được phép dùng để ôn luyện.")
        hint = _("Mở trang ngân hàng và chọn “Dùng để ôn luyện”, hoặc chọn ngân hàng khác.")
        yield Fault("", "quiz_bank", message, hint)
    if not 1 <= given.paper.item_count <= MOST_ITEMS:
        message = _("Bài kiểm tra cần từ 1 đến %d câu.") % MOST_ITEMS
        yield Fault("", "quiz_settings", message, _("Sửa số câu."))
    fixed = given.paper.fixed_items or []
    if len(set(fixed)) != len(fixed):
        yield Fault("", "quiz_settings", _("Một câu được ghi hai lần."), _("Bỏ câu trùng."))
