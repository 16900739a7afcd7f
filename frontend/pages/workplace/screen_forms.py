"""Forms about screens and what they show."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrgUnit, User
from accounts.queries.org_unit import units_above
from frontend.pages.workplace.unit_forms import UnitField
from quiz.models import Contest
from training.enums import FileKind, FileState, SlideKind
from training.models import Playlist, Slide, Survey, TrainingFile
from training.permissions import RUN_TRAINING, SEE_TRAINING

SHOWN_KINDS = (FileKind.VIDEO, FileKind.IMAGE, FileKind.PDF)
WEEKDAYS = (
    (1, _("Thứ Hai")),
    (2, _("Thứ Ba")),
    (3, _("Thứ Tư")),
    (4, _("Thứ Năm")),
    (5, _("Thứ Sáu")),
    (6, _("Thứ Bảy")),
    (7, _("Chủ Nhật")),
)
NEEDED = {
    SlideKind.TEXT: ("text", _("Ghi nội dung của trang chữ.")),
    SlideKind.FILE: ("file", _("Chọn tệp để phát.")),
    SlideKind.CONTEST: ("contest", _("Chọn cuộc thi.")),
    SlideKind.SURVEY: ("survey", _("Chọn khảo sát.")),
}
OWN = {
    SlideKind.TEXT: {"text"},
    SlideKind.FILE: {"file", "subtitles"},
    SlideKind.CONTEST: {"contest"},
    SlideKind.SURVEY: {"survey"},
}


class PlaylistForm(forms.Form):
    name = forms.CharField(label=_("Tên danh sách phát"), max_length=200)
    unit = UnitField(label=_("Đơn vị"))


class ScreenForm(forms.Form):
    name = forms.CharField(
        label=_("Tên màn hình"),
        max_length=200,
        help_text=_("Ví dụ: TV quầy số 1"),
    )
    playlist = forms.ModelChoiceField(
        label=_("Danh sách phát"), queryset=Playlist.objects.none(), empty_label=None
    )


class NewScreenForm(ScreenForm):
    unit = UnitField(label=_("Đơn vị"))


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=widget)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


class SlideForm(forms.ModelForm):
    """What a slide shows and when; what its kind does not show is emptied."""

    kind = forms.ChoiceField(label=_("Loại"), choices=SlideKind.choices)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Những ngày trong tuần"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn ngày nào: phát mọi ngày."),
    )
    starts, ends = _time(_("Từ giờ")), _time(_("Đến giờ"))
    valid_from, valid_to = _day(_("Từ ngày")), _day(_("Đến hết ngày"))
    seconds = forms.IntegerField(
        label=_("Hiện bao nhiêu giây"),
        required=False,
        min_value=3,
        max_value=7200,
        help_text=_("Để trống: 15 giây; video thì phát tới hết."),
    )

    class Meta:
        model = Slide
        fields = (
            *("kind", "title", "text", "file", "subtitles", "contest", "survey", "seconds"),
            *("weekdays", "starts", "ends", "valid_from", "valid_to"),
        )
        labels = {
            "title": _("Tiêu đề"),
            "text": _("Nội dung"),
            "file": _("Tệp"),
            "subtitles": _("Phụ đề của video"),
            "contest": _("Cuộc thi"),
            "survey": _("Khảo sát"),
        }
        help_texts = {
            "text": _("Cho trang chữ. Viết được **đậm**, danh sách, tiêu đề (Markdown)."),
            "file": _("Video, hình hoặc PDF (mỗi trang là một hình)."),
            "subtitles": _("Màn hình phát không tiếng, nên video có lời cần phụ đề."),
            "contest": _("Mã QR tự ẩn khi vòng thi đóng."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = _near(user)
        files = TrainingFile.objects.filter(near, state=FileState.READY).order_by("name")
        self.fields["file"].queryset = files.filter(kind__in=SHOWN_KINDS)
        self.fields["subtitles"].queryset = files.filter(kind=FileKind.SUBTITLES)
        self.fields["contest"].queryset = Contest.objects.public().filter(near)
        surveys = Survey.objects.asked_within_reach_of(user, *SEE_TRAINING)
        self.fields["survey"].queryset = surveys
        for name in ("file", "subtitles", "contest", "survey"):
            self.fields[name].empty_label = _("Không có")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in NEEDED:
            name, sentence = NEEDED[SlideKind(kind)]
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
            for other in ("text", "file", "subtitles", "contest", "survey"):
                if other not in OWN[SlideKind(kind)]:
                    given[other] = "" if other == "text" else None
        for first, last in (("starts", "ends"), ("valid_from", "valid_to")):
            before, after = given.get(first), given.get(last)
            wrong = before and after and (before > after or (first == "starts" and before == after))
            if wrong:
                self.add_error(last, _("Ghi sau lúc bắt đầu."))
        return given


def _near(user: User) -> Q:
    """Of units in reach and of those above: a commune shows what its province has made."""
    held = list(user.memberships.filter(role__in=RUN_TRAINING).values_list("unit_id", flat=True))
    reach = OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    return Q(unit__in=reach) | Q(unit_id__in=units_above(held))
