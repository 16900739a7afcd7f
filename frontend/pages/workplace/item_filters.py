"""What narrows a list of items; all by address, so that a view can be sent to others."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import sort_key
from quiz.domain.item_search import DOUBTFUL, Basis, ItemSearch
from quiz.domain.item_usage import Hardness, Used
from quiz.enums import ItemState, Level
from quiz.models import ItemBank, ItemVersion, Tag, Topic

HARDNESS = (
    ("", _("Dễ, vừa, khó")),
    (Hardness.EASY.value, _("Dễ (từ 70 % đúng)")),
    (Hardness.MEDIUM.value, _("Vừa")),
    (Hardness.HARD.value, _("Khó (dưới 30 % đúng)")),
)
USED = (
    ("", _("Đã dùng hay chưa")),
    (Used.NEVER.value, _("Chưa dùng")),
    (Used.ONCE.value, _("Đã dùng")),
    (Used.OFTEN.value, _("Có trong từ 30 % số đề")),
)
BASES = (
    ("", _("Mọi căn cứ")),
    (Basis.ENDED.value, _("Căn cứ hết hiệu lực")),
    (Basis.UNCHECKED.value, _("Chờ kiểm hiệu lực")),
)
FIGURES = (
    ("", _("Mọi câu")),
    (DOUBTFUL, _("Cần kiểm tra")),
)
_MORE = ("author", "tag", "cited", "basis", "hardness", "used", "figures")


class ItemFilter(forms.Form):
    """Words and filters over the items of some banks; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=200, label=_("Tìm trong câu hỏi"))
    topic = forms.ChoiceField(required=False, label=_("Chủ đề"))
    level = forms.ChoiceField(
        choices=[("", _("Mọi mức độ")), *Level.choices], required=False, label=_("Mức độ")
    )
    state = forms.ChoiceField(
        choices=[("", _("Mọi trạng thái")), *ItemState.choices],
        required=False,
        label=_("Trạng thái"),
    )
    author = forms.ChoiceField(required=False, label=_("Người soạn"))
    tag = forms.ChoiceField(required=False, label=_("Nhãn"))
    cited = forms.CharField(required=False, max_length=80, label=_("Văn bản được dẫn"))
    basis = forms.ChoiceField(choices=BASES, required=False, label=_("Căn cứ"))
    hardness = forms.ChoiceField(
        choices=HARDNESS, required=False, label=_("Độ khó qua các vòng đã niêm phong")
    )
    used = forms.ChoiceField(choices=USED, required=False, label=_("Lần dùng"))
    figures = forms.ChoiceField(choices=FIGURES, required=False, label=_("Phân tích sau vòng thi"))

    def __init__(self, data: QueryDict, *, banks: QuerySet[ItemBank]) -> None:
        super().__init__(data)
        topics = Topic.objects.filter(bank__in=banks).order_by("name")
        self._choose("topic", _("Mọi chủ đề"), _names(topics))
        self._choose("tag", _("Mọi nhãn"), _names(Tag.objects.filter(bank__in=banks)))
        self._choose("author", _("Mọi người soạn"), _authors(banks))
        self.is_valid()

    def _choose(self, field: str, every: object, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = [("", every), *choices]

    @property
    def wanted(self) -> ItemSearch:
        given = self.cleaned_data
        return ItemSearch(
            text=given.get("q", ""),
            topic=given.get("topic", ""),
            level=given.get("level", ""),
            state=given.get("state", ""),
            tag=given.get("tag", ""),
            cited=given.get("cited", ""),
            author=int(given["author"]) if given.get("author") else None,
            basis=given.get("basis", ""),
            hardness=given.get("hardness", ""),
            used=given.get("used", ""),
            figures=given.get("figures", ""),
        )

    @property
    def narrows_more(self) -> bool:
        """Whether one of the filters that are folded away is set."""
        return any(self.cleaned_data.get(field) for field in _MORE)


def _names(rows: QuerySet) -> list[tuple[str, str]]:
    names = rows.order_by("name").values_list("name", flat=True).distinct()
    return [(name, name) for name in names]


def _authors(banks: QuerySet[ItemBank]) -> list[tuple[str, str]]:
    wrote = ItemVersion.objects.current().filter(item__bank__in=banks).values("author")
    people = sorted(User.objects.filter(pk__in=wrote), key=lambda person: sort_key(str(person)))
    return [(str(person.pk), str(person)) for person in people]
