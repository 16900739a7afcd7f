"""Every component on one page, in the states it has: routes for tests only."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

STEPS = [
    {"title": "Đặt tên cuộc thi", "state": "done", "missing": [], "url": "/", "action": "Sửa"},
    {
        "title": "Soạn câu hỏi",
        "state": "current",
        "missing": ["Còn thiếu 3 câu mức “Vận dụng”.", "2 câu chờ duyệt."],
        "url": "/",
        "action": "Tới ngân hàng",
    },
    {"title": "Chốt đề", "state": "blocked", "missing": [], "url": "/", "action": "Chốt đề"},
    {"title": "Mở vòng", "state": "todo", "missing": [], "url": "/", "action": "Mở"},
]
UNITS = [
    {"code": "22045", "name": "Xã Hòa Thịnh", "place": "Tỉnh Đắk Lắk"},
    {"code": "22046", "name": "Xã Hòa Xuân", "place": "Tỉnh Đắk Lắk"},
]
PAGE = """{% extends base %}{% load i18n ui %}
{% block title %}Các thành phần{% endblock %}
{% block content %}
{% page_header title="Các thành phần" eyebrow="Thiết kế" lead="Mọi trạng thái trên một trang" %}
{% button opens="hop-thoai" %}Mở hộp thoại{% endbutton %}{% endpage_header %}
{% breadcrumbs "/" "Trang chủ" "" "Thành phần" %}
{% tabs tabs label="Các phần" current="a" %}
{% stepper steps="Đăng ký|Làm bài|Biên nhận" current=2 %}
{% for kind in kinds %}{% button kind=kind icon="check" %}{{ kind }}{% endbutton %}{% endfor %}
{% button disabled=True %}Chưa bấm được{% endbutton %}
{% copy_button text="ABCD-EFGH" %}
{% for tone in tones %}{% badge tone tone=tone icon="info" %}{% endfor %}
{% for tone in notices %}{% notice tone=tone title="Tiêu đề" code="ma_loi" %}<p>Nội dung</p>
{% endnotice %}{% endfor %}
{% card title="Thẻ" icon="trophy" %}<p>Nội dung có <a href="/">liên kết</a>.</p>
{% facts facts %}{% endcard %}
{% card tone="quiet" title="Thẻ trầm" level=3 %}{% checklist steps %}{% endcard %}
{% card tone="accent" title="Thẻ nổi" %}
{% stat label="Câu đã duyệt" value="38" hint="trên 45 câu" %}
{% progress label="Nhập câu hỏi" value=12 total=40 note="Dòng 12" %}
{% progress label="Đang chạy" %}{% endcard %}
{% empty_state title="Chưa có gì" %}<p>Bắt đầu bằng một câu hỏi.</p>{% endempty_state %}
{% plain_table headers=headers rows=rows caption="Bảng" numeric=numeric total=total %}
{% pagination page %}
<p>{% countdown until=soon label="Còn" %} {% countdown until=soon style="clock" %}</p>
<form class="form" method="post" action="/">
{% field form.name %}{% field form.kind %}{% field form.agree %}
{% input_field name="a" label="Có lỗi" help="Gợi ý" error="Chưa đúng." required=True %}
{% input_field name="b" label="Ngày sinh" kind="date" placeholder="ngày/tháng/năm" %}
{% input_field name="c" label="Ghi chú" kind="textarea" %}
{% input_field name="d" label="Thời gian" kind="number" suffix="phút" %}
{% choice_field name="e" label="Một" choices=choices required=True %}
{% choice_field name="f" label="Nhiều" choices=choices kind="checkbox" %}
{% choice_field name="g" label="Danh sách" choices=choices kind="select" %}
{% checkbox name="h" label="Tôi đồng ý" error="Cần đồng ý." %}
{% file_input name="i" label="Tệp câu hỏi" accept=".xlsx" %}
{% unit_picker name="unit" label="Đơn vị" url="/don-vi-thu.json" required=True %}
</form>
{% dialog anchor="hop-thoai" title="Nộp bài?" %}<p>Nộp rồi thì không sửa được nữa.</p>
<p><a href="#noi-dung" data-closes="hop-thoai">Làm tiếp</a></p>{% enddialog %}
{% endblock %}"""


class SampleForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên căn cước")
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "Loại A"), ("b", "Loại B")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Nhận tin", required=False)


def gallery(request: HttpRequest, base: str) -> HttpResponse:
    context = {
        "base": f"frontend/{base}.html",
        "tabs": [("/", "Một", "a"), ("/?b", "Hai", "b")],
        "kinds": ["primary", "accent", "secondary", "quiet", "danger"],
        "tones": ["neutral", "info", "success", "warning", "danger", "accent"],
        "notices": ["info", "success", "warning", "error"],
        "facts": [("Số câu", "20", "hash"), ("Thời gian", "15 phút", "clock")],
        "steps": STEPS,
        "headers": ["Đơn vị", "Số người"],
        "rows": [["Xã Hòa Thịnh", "47"], ["Sở Tư pháp", "1.250"]],
        "numeric": [1],
        "total": ["Cộng", "1.297"],
        "page": Paginator(range(200), 10).page(5),
        "soon": timezone.now() + timedelta(hours=2, minutes=5),
        "choices": [("1", "Người dân", "từ 14 tuổi"), ("2", "Cán bộ, công chức")],
        "form": SampleForm({"name": ""}),
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def units(request: HttpRequest) -> JsonResponse:
    words = request.GET["q"]
    return JsonResponse({"units": UNITS if words.startswith("hoa") else []})


urlpatterns = [
    path("thanh-phan/<slug:base>/", gallery),
    path("don-vi-thu.json", units),
    path("", include("config.urls")),
]
