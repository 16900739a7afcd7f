"""Forms about banks and items."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField
from quiz.domain.items import key_places
from quiz.domain.legal_documents import citation_text
from quiz.drafts import MAX_OPTIONS, ItemDraft, option_letter
from quiz.enums import ItemKind, Level
from quiz.models import ItemVersion

FIRST_OPTIONS = 4
TRUE_FALSE = (_("Đúng"), _("Sai"))
LEVELS = [("", _("Chưa xếp")), *Level.choices]
# Of which field of the form a fault of the domain speaks.
ITEM_FIELDS = {
    "no_stem": "stem",
    "few_options": "options",
    "many_options": "options",
    "true_false_options": "options",
    "empty_option": "options",
    "twin_options": "options",
    "no_key": "options",
    "key_outside": "options",
    "several_keys": "options",
    "citation_too_long": "citation",
}


def _posted_key(data: QueryDict) -> frozenset[int]:
    """The places ticked; what no row of the form could send is no tick."""
    places = {str(place): place for place in range(MAX_OPTIONS)}
    return frozenset(places[text] for text in data.getlist("key") if text in places)


class BankForm(forms.Form):
    name = forms.CharField(
        label=_("Tên ngân hàng"), max_length=200, help_text=_("Ví dụ: Cải cách hành chính 2026")
    )
    unit = UnitField(label=_("Đơn vị giữ ngân hàng"))


class ItemFilter(forms.Form):
    """What narrows the list of items; all by address, so that a view can be sent to others."""

    q = forms.CharField(required=False, max_length=200)
    topic = forms.ModelChoiceField(queryset=None, required=False)
    level = forms.ChoiceField(choices=[("", _("Mọi mức độ")), *Level.choices], required=False)

    def __init__(self, data: QueryDict, *, topics: QuerySet) -> None:
        super().__init__(data)
        self.fields["topic"].queryset = topics
        self.fields["q"].label = _("Tìm trong câu hỏi")
        self.fields["topic"].label = _("Chủ đề")
        self.fields["level"].label = _("Mức độ")

    @property
    def topic_choices(self) -> list[tuple[str, str]]:
        topics = self.fields["topic"].queryset.values_list("pk", "name")
        return [("", _("Mọi chủ đề")), *((str(pk), name) for pk, name in topics)]

    @property
    def level_choices(self) -> list[tuple[str, str]]:
        return self.fields["level"].choices

    def narrow(self, versions: QuerySet[ItemVersion]) -> QuerySet[ItemVersion]:
        """Those of `versions` that are asked for; a filter that makes no sense is left out."""
        self.is_valid()
        wanted = self.cleaned_data
        if topic := wanted.get("topic"):
            versions = versions.filter(topic=topic)
        if level := wanted.get("level"):
            versions = versions.filter(level=level)
        return versions.matching(wanted.get("q", ""))


class ItemForm(forms.Form):
    """One item as it is typed. The options are rows of their own: `option` and `key` repeat."""

    kind = forms.ChoiceField(
        label=_("Loại câu"),
        choices=ItemKind.choices,
        initial=ItemKind.SINGLE,
        widget=forms.RadioSelect,
    )
    stem = forms.CharField(
        label=_("Câu dẫn"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Chưa có câu dẫn. Nhập nội dung câu hỏi.")},
    )
    options = forms.Field(label=_("Phương án và đáp án"), required=False)
    fixed_order = forms.BooleanField(
        label=_("Giữ nguyên thứ tự phương án khi ra đề"),
        required=False,
        help_text=_("Cần khi có phương án như “Cả A, B, C đều đúng”."),
    )
    topic = forms.CharField(
        label=_("Chủ đề"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
        help_text=_("Chọn chủ đề đã có hoặc gõ chủ đề mới."),
    )
    level = forms.ChoiceField(label=_("Mức độ"), choices=LEVELS, required=False)
    citation = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi văn bản một dòng, ví dụ: Nghị định 118/2025/NĐ-CP, khoản 2 Điều 1"),
    )
    rationale = forms.CharField(
        label=_("Giải thích"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    checked_on = forms.DateField(
        label=_("Ngày kiểm tra hiệu lực"), required=False, help_text=_("Ví dụ: 05/09/2026")
    )
    checked_by = forms.CharField(label=_("Người kiểm tra"), max_length=150, required=False)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        options: list[str] | None = None,
        key: frozenset[int] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._options = options or []
        self._key = key
        if data is not None:
            self._options = data.getlist("option")[:MAX_OPTIONS]
            self._key = _posted_key(data)
        self.more_rows = 0

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of options: at least four, and one more when asked for."""
        count = max(FIRST_OPTIONS, len(self._options) + self.more_rows)
        texts = [*self._options, *[""] * count][: min(count, MAX_OPTIONS)]
        return [
            {
                "place": place,
                "letter": option_letter(place),
                "text": text,
                "right": place in self._key,
            }
            for place, text in enumerate(texts)
        ]

    @property
    def has_room(self) -> bool:
        return len(self.rows) < MAX_OPTIONS

    def as_draft(self) -> ItemDraft:
        """What was typed; empty rows at the end are no options. For a form that is valid."""
        values = self.cleaned_data
        options = [text.strip() for text in self._options]
        while options and not options[-1]:
            options.pop()
        if values["kind"] == ItemKind.TRUE_FALSE and not options:
            options = [str(word) for word in TRUE_FALSE]
        return ItemDraft(
            kind=values["kind"],
            stem=values["stem"],
            options=tuple(options),
            key=self._key,
            fixed_order=values["fixed_order"],
            topic=values["topic"],
            level=values["level"],
            rationale=values["rationale"],
            citation=values["citation"],
            checked_on=values["checked_on"],
            checked_by=values["checked_by"],
        )


def form_of(version: ItemVersion) -> ItemForm:
    """The form filled with a stored version, to write the next one from it."""
    initial = {
        name: getattr(version, name)
        for name in (
            "kind",
            "stem",
            "fixed_order",
            "level",
            "rationale",
            "checked_on",
            "checked_by",
        )
    }
    initial |= {
        "topic": version.topic.name if version.topic else "",
        "citation": citation_text(version),
        "base": version.number,
    }
    places = key_places(version.key_mask)
    return ItemForm(initial=initial, options=version.options, key=places)


def form_again(data: QueryDict) -> ItemForm:
    """The form as it was posted, with one more row and nothing judged yet."""
    initial = {name: data.get(name) for name in ItemForm.base_fields}
    form = ItemForm(initial=initial, options=data.getlist("option"), key=_posted_key(data))
    form.more_rows = 1
    return form
