"""The part of a lesson's form that says which items a quiz asks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quiz.domain.practice_banks import practice_versions
from quiz.models import ItemBank
from quiz.permissions import SEE_BANKS
from training.models import Lesson

MOST = 100
MOST_TOPICS = 40


class NumbersField(forms.CharField):
    """Numbers of items as people write them, by commas or spaces; cleaned to a list."""

    def clean(self, value: object) -> Any:
        words = super().clean(value).replace(",", " ").replace(";", " ").split()
        if not all(word.isascii() and word.isdecimal() and len(word) < 7 for word in words):
            raise forms.ValidationError(_("Ghi số thứ tự các câu, cách nhau bằng dấu phẩy."))
        return [int(word) for word in words]


def practice_banks(user: Any) -> Any:
    """Banks open for practice within the person's reach."""
    banks = ItemBank.objects.exclude(practice_since=None)
    seen = ItemBank.objects.within_reach_of(user, *SEE_BANKS)
    return banks.filter(pk__in=seen.values("pk"))


def add_quiz_fields(form: Any, *, user: Any) -> None:
    """The bank; once it is known, a count for each of its topics."""
    form.fields["bank"] = forms.ModelChoiceField(
        label=_("Ngân hàng câu hỏi"),
        queryset=practice_banks(user),
        empty_label=_("Chọn ngân hàng"),
        help_text=_("Chỉ có ngân hàng được đánh dấu “Dùng để ôn luyện”."),
    )
    bank = chosen_bank(form)
    if bank is not None:
        for pk, label in _topics(bank):
            form.fields[f"topic_{pk}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST
            )
    form.fields["any_topic"] = forms.IntegerField(
        label=_("Số câu thuộc chủ đề bất kỳ"), required=False, min_value=0, max_value=MOST
    )
    form.fields["fixed"] = NumbersField(
        label=_("Hoặc đề cố định gồm các câu số"),
        required=False,
        max_length=600,
        help_text=_("Ví dụ: 3, 7, 12. Có ghi thì không bốc theo chủ đề."),
    )
    form.fields["percent"] = forms.IntegerField(
        label=_("Đạt từ (%)"), min_value=1, max_value=100, initial=80
    )
    form.fields["retries"] = forms.IntegerField(
        label=_("Số lần được làm lại"),
        required=False,
        min_value=0,
        max_value=99,
        help_text=_("Để trống: làm lại tùy ý."),
    )
    form.fields["instant"] = forms.BooleanField(
        label=_("Cho biết đúng sai, giải thích và căn cứ ngay sau từng câu"),
        required=False,
        initial=True,
    )


def chosen_bank(form: Any) -> ItemBank | None:
    """The bank as posted, else as stored."""
    posted = str(form.data.get("bank") or form.initial.get("bank") or "")
    if not (posted.isascii() and posted.isdecimal() and len(posted) < 19):
        return None
    return form.fields["bank"].queryset.filter(pk=int(posted)).first()


def _topics(bank: ItemBank) -> list[tuple[int, str]]:
    """Topics that have items for practice now, with how many."""
    counts: dict[int, int] = {}
    for version in practice_versions(bank, on=timezone.localdate()):
        if version.topic_id:
            counts[version.topic_id] = counts.get(version.topic_id, 0) + 1
    topics = bank.topics.filter(pk__in=counts)[:MOST_TOPICS]
    return [(topic.pk, f"{topic.name} ({counts[topic.pk]})") for topic in topics]


def quiz_settings(form: Any) -> dict[str, Any]:
    """The settings as stored; call it of a valid form."""
    values = form.cleaned_data
    bank: ItemBank = values["bank"]
    rows = [
        {"topic": topic.name, "count": values[f"topic_{topic.pk}"]}
        for topic in bank.topics.all()
        if values.get(f"topic_{topic.pk}")
    ]
    if values["any_topic"]:
        rows.append({"topic": None, "count": values["any_topic"]})
    paper: dict[str, Any] = {"blueprint": rows}
    if values["fixed"]:
        paper = {"fixed_items": values["fixed"], "shuffle_items": False}
    return {"bank": bank.pk, "paper": paper, "instant": values["instant"]}


def quiz_values(lesson: Lesson) -> dict[str, Any]:
    """What the form shows of stored settings."""
    settings = lesson.settings
    paper = settings.get("paper", {})
    values: dict[str, Any] = {
        "bank": settings.get("bank"),
        "instant": settings.get("instant", True),
        "fixed": ", ".join(map(str, paper.get("fixed_items") or ())),
    }
    names = {row.get("topic"): row["count"] for row in paper.get("blueprint", ())}
    values["any_topic"] = names.get(None)
    bank = ItemBank.objects.filter(pk=settings.get("bank")).first()
    if bank is not None:
        for topic in bank.topics.filter(name__in=[name for name in names if name]):
            values[f"topic_{topic.pk}"] = names[topic.name]
    return values
