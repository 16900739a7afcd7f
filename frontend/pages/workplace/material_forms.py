"""The form of a material."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import OrgUnit
from frontend.pages.workplace.document_forms import day_field
from frontend.pages.workplace.file_choices import chosen_subtitles, subtitle_fields
from frontend.pages.workplace.library_access import run_units
from frontend.pages.workplace.unit_forms import UnitField
from training.domain.material_citations import citation_lines
from training.domain.materials import MaterialDraft
from training.enums import FileKind, FileState, LibraryAudience, MaterialKind
from training.models import Material, TrainingFile

LONGEST_TEXT = 60_000
# The field by which a new file comes with the form.
UPLOAD = "new_file"


class FileChoice(forms.ModelChoiceField):
    def label_from_instance(self, file: TrainingFile) -> str:
        return f"{file.name} ({file.get_kind_display() or file.get_state_display()})"


class MaterialForm(forms.Form):
    """Everything a person writes of a material."""

    unit = UnitField(label=_("Đơn vị phát hành"))
    kind = forms.ChoiceField(label=_("Loại tài liệu"), choices=MaterialKind.choices)
    title = forms.CharField(label=_("Tên tài liệu"), max_length=250)
    summary = forms.CharField(
        label=_("Tóm tắt"),
        max_length=500,
        required=False,
        help_text=_("Một hai câu, hiện trong danh sách và kết quả tìm kiếm."),
    )
    subject = forms.CharField(
        label=_("Chủ đề"),
        max_length=100,
        required=False,
        help_text=_("Ví dụ: Dịch vụ công trực tuyến. Viết giống nhau để gom vào một chủ đề."),
    )
    audience = forms.ChoiceField(label=_("Đối tượng"), choices=LibraryAudience.choices)
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Dòng trống để tách đoạn; ## trước tiêu đề; - trước mỗi gạch đầu dòng."),
    )
    file = FileChoice(
        label=_("Tệp kèm theo"),
        queryset=TrainingFile.objects.none(),
        required=False,
        empty_label=_("Không có tệp"),
    )
    alt = forms.CharField(
        label=_("Mô tả bằng lời"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Bắt buộc với hình: hình nói gì, cho người không nhìn thấy. Với infographic, ghi lại "
            "các ý và số liệu chính."
        ),
    )
    link = forms.CharField(
        label=_("Liên kết"),
        max_length=500,
        required=False,
        help_text=_("Trang gốc của văn bản, video hoặc bài viết, bắt đầu bằng https://."),
    )
    about = UnitField(label=_("Đơn vị điển hình"), required=False)
    valid_from = day_field(_("Có hiệu lực từ"), _("Ví dụ: 05/09/2026"))
    valid_to = day_field(_("Hết hiệu lực từ"), _("Để trống khi chưa biết."))
    citations = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi văn bản một dòng, ví dụ: Nghị định 118/2025/NĐ-CP, khoản 1 Điều 1."),
    )

    def __init__(self, request: HttpRequest, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        units = run_units(request)
        self.fields["unit"].units = units
        self.fields["about"].units = OrgUnit.objects.order_by("sort_name", "code")
        usable = (FileState.CHECKING, FileState.READY)
        files = TrainingFile.objects.filter(state__in=usable, unit__in=units)
        self.fields["file"].queryset = files.exclude(kind__in=[FileKind.SUBTITLES, FileKind.SCORM])
        words = files.filter(kind=FileKind.SUBTITLES, state=FileState.READY).order_by("name", "pk")
        self.fields |= subtitle_fields(words)

    @classmethod
    def of(cls, request: HttpRequest, material: Material) -> "MaterialForm":
        names = set(cls.base_fields) - {"unit", "about", "citations", "alt"}
        known = {name: getattr(material, name) for name in names}
        known |= {"citations": citation_lines(material)}
        known |= {"alt": material.file.alt if material.file else ""}
        for each in material.subtitles.select_related("file"):
            known[f"subtitles_{each.language}"] = each.file.public_id
        return cls(request, initial=known)

    def subtitles(self) -> list[forms.BoundField]:
        """The fields for what is said in a video."""
        return [bound for bound in self if bound.name.startswith("subtitles_")]

    def as_draft(self, file: TrainingFile | None) -> MaterialDraft:
        """`file`: the new one, in place of the one chosen."""
        values = {name: self.cleaned_data[name] for name in self.base_fields if name != "unit"}
        values["file"] = file or values["file"]
        return MaterialDraft(**values, subtitles=chosen_subtitles(self.cleaned_data))
