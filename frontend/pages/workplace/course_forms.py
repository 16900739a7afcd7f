"""Forms about a course and its modules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField, lines_of
from training.domain.courses import LONGEST_SUMMARY, MOST_RENEW_MONTHS, CourseInput
from training.models import Course

COURSE_FIELDS = {
    "course_title": "title",
    "course_summary": "summary",
    "course_groups": "groups",
    "course_days": "valid_to",
    "course_renewal": "renew_months",
}
DAY_HELP = _("Ví dụ: 01/03/2027. Để trống nếu không giới hạn.")


class CourseForm(forms.Form):
    title = forms.CharField(label=_("Tên khoá học"), max_length=200)
    summary = forms.CharField(
        label=_("Giới thiệu"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Học xong thì biết làm gì; viết được theo Markdown."),
    )
    groups = forms.CharField(
        label=_("Dành cho"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một đối tượng. Người của đơn vị và các đơn vị bên dưới học được."),
    )
    valid_from = forms.DateField(label=_("Mở từ ngày"), required=False, help_text=DAY_HELP)
    valid_to = forms.DateField(label=_("Đóng từ ngày"), required=False, help_text=DAY_HELP)
    renew_months = forms.IntegerField(
        label=_("Học lại sau (tháng)"),
        min_value=0,
        max_value=MOST_RENEW_MONTHS,
        initial=0,
        help_text=_("0: học một lần. 12: mỗi năm học lại."),
    )
    is_open = forms.BooleanField(label=_("Cho tự ghi danh"), required=False, initial=True)
    in_order = forms.BooleanField(
        label=_("Học lần lượt: bài sau chờ các bài bắt buộc đứng trước"),
        required=False,
        initial=True,
    )
    gives_certificate = forms.BooleanField(
        label=_("Cấp giấy xác nhận khi hoàn thành"), required=False, initial=True
    )

    def given(self) -> CourseInput:
        """What the domain takes; call it of a valid form."""
        values: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if name != "unit"
        }
        return CourseInput(**values | {"groups": tuple(lines_of(values["groups"]))})


class NewCourseForm(CourseForm):
    unit = UnitField(label=_("Đơn vị tổ chức"))


def form_of(course: Course) -> CourseForm:
    """The form as the stored course fills it."""
    names = ("title", "summary", "valid_from", "valid_to", "renew_months")
    values = {name: getattr(course, name) for name in names}
    values |= {name: getattr(course, name) for name in ("is_open", "in_order")}
    values |= {"gives_certificate": course.gives_certificate, "groups": "\n".join(course.groups)}
    return CourseForm(initial=values)
