"""Forms about banks."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField
from quiz.enums import Level
from quiz.models import ItemVersion

ENDED, UNCHECKED = "ended", "unchecked"
BASES = [
    ("", _("Mọi căn cứ")),
    (ENDED, _("Căn cứ hết hiệu lực")),
    (UNCHECKED, _("Chờ kiểm hiệu lực")),
]


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

    tag = forms.ModelChoiceField(queryset=None, required=False)
    basis = forms.ChoiceField(choices=BASES, required=False)

    def __init__(self, data: QueryDict, *, topics: QuerySet, tags: QuerySet) -> None:
        super().__init__(data)
        self.fields["topic"].queryset = topics
        self.fields["tag"].queryset = tags
        self.fields["tag"].label = _("Nhãn")
        self.fields["basis"].label = _("Căn cứ")
        self.fields["q"].label = _("Tìm trong câu hỏi")
        self.fields["topic"].label = _("Chủ đề")
        self.fields["level"].label = _("Mức độ")

    @property
    def topic_choices(self) -> list[tuple[str, str]]:
        return self._choices("topic", _("Mọi chủ đề"))

    @property
    def tag_choices(self) -> list[tuple[str, str]]:
        return self._choices("tag", _("Mọi nhãn"))

    def _choices(self, field: str, everything: str) -> list[tuple[str, str]]:
        rows = self.fields[field].queryset.values_list("pk", "name")
        return [("", everything), *((str(pk), name) for pk, name in rows)]

    @property
    def basis_choices(self) -> list[tuple[str, str]]:
        return self.fields["basis"].choices

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
        if tag := wanted.get("tag"):
            versions = versions.filter(item__tags=tag)
        if wanted.get("basis") == ENDED:
            versions = versions.out_of_force(timezone.localdate())
        elif wanted.get("basis") == UNCHECKED:
            versions = versions.unchecked()
        return versions.matching(wanted.get("q", ""))
