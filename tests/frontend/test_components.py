"""Components say what they mean, and refuse what they do not know."""

from datetime import timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone

from frontend.components.data import show_clock, show_left

BLOCKS = {
    "button": "",
    "card": "",
    "notice": "",
    "dialog": 'anchor="a" title="b"',
    "empty_state": 'title="b"',
    "page_header": 'title="b"',
    "table": 'caption="b"',
}
TAGS = {
    "badge": '"b"',
    "copy_button": 'text="b"',
    "plain_table": 'headers=x rows=x caption="b"',
    "facts": "x",
    "stat": 'label="a" value=1',
    "progress": 'label="a" value=1',
    "checklist": "x",
    "stepper": 'steps="a|b" current=1',
    "countdown": "until=now",
    "field": "bound",
    "input_field": 'name="a" label="b"',
    "choice_field": 'name="a" label="b" choices=x',
    "checkbox": 'name="a" label="b"',
    "file_input": 'name="a" label="b"',
    "unit_picker": 'name="a" label="b" url="/u"',
    "tabs": 'x label="b"',
    "pagination": "page",
    "icon": '"check"',
}


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên căn cước", required=True)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý", required=False)


def draw(source: str, **values: object) -> str:
    context = {"x": [], "now": timezone.now(), "request": RequestFactory().get("/?q=a&page=1")}
    context |= {"bound": Sample()["name"], "page": Paginator(range(50), 10).page(2)}
    return Template("{% load ui %}" + source).render(Context(context | values))


def tag(name: str, attributes: str) -> str:
    if name in BLOCKS:
        return f"{{% {name} {attributes} %}}chữ{{% end{name} %}}"
    return f"{{% {name} {attributes} %}}"


@pytest.mark.parametrize(("name", "needed"), (BLOCKS | TAGS).items())
def test_component_draws_with_what_it_needs(name: str, needed: str) -> None:
    assert draw(tag(name, needed)).strip() != ""


@pytest.mark.parametrize(("name", "needed"), (BLOCKS | TAGS).items())
def test_component_refuses_a_mistyped_attribute(name: str, needed: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        draw(tag(name, f'{needed} tilte="b"'))


@pytest.mark.parametrize(
    "source",
    [
        '{% button kind="prmary" %}a{% endbutton %}',
        '{% button size="huge" %}a{% endbutton %}',
        '{% card tone="loud" %}a{% endcard %}',
        "{% card level=1 %}a{% endcard %}",
        '{% notice tone="danger" %}a{% endnotice %}',
        '{% badge "a" tone="red" %}',
        '{% icon "no-such-icon" %}',
        '{% input_field name="a" label="b" kind="colour" %}',
        '{% choice_field name="a" label="b" choices=x kind="list" %}',
        '{% countdown until=now style="roman" %}',
    ],
)
def test_component_refuses_an_unknown_value(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_what_people_typed_is_escaped() -> None:
    evil = '<script>"&'
    drawn = [
        draw("{% badge text %}", text=evil),
        draw('{% input_field name="a" label=text value=text help=text error=text %}', text=evil),
        draw('{% choice_field name="a" label="b" choices=rows %}', rows=[(evil, evil, evil)]),
        draw("{% notice title=text code=text %}{{ text }}{% endnotice %}", text=evil),
        draw("{% button href=text %}{{ text }}{% endbutton %}", text=evil),
        draw("{% plain_table headers=h rows=r caption=text %}", h=[evil], r=[[evil]], text=evil),
        draw("{% copy_button text=text label=text %}", text=evil),
    ]
    assert [piece.count("<script>") for piece in drawn] == [0] * len(drawn)


def test_error_and_help_are_tied_to_their_input() -> None:
    html = draw('{% input_field name="phone" label="Số" help="10 số" error="Thiếu" %}')
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_phone_helptext"' in html
    assert 'id="id_phone_error"' in html


def test_field_of_a_django_form_shows_its_errors() -> None:
    form = Sample({"kind": "z"})
    html = draw("{% field name %}{% field kind %}", name=form["name"], kind=form["kind"])
    assert html.count("field--wrong") == 2
    assert 'aria-invalid="true"' in html
    assert html.count("<legend") == 1


def test_button_that_opens_a_dialog_is_a_link_to_it() -> None:
    html = draw('{% button opens="nop" %}Nộp{% endbutton %}')
    assert 'href="#nop"' in html
    assert 'data-opens="nop"' in html


def test_header_keeps_its_actions_as_markup() -> None:
    html = draw(
        '{% page_header title="T" %}\n{% button href="/" %}Đi{% endbutton %}\n{% endpage_header %}'
    )
    assert '<a class="button' in html
    assert "page-header__actions" not in draw('{% page_header title="T" %}\n{% endpage_header %}')


def test_blocked_step_has_no_way_in() -> None:
    steps = [
        {"title": "Một", "state": "current", "url": "/1", "action": "Làm", "missing": ["Thiếu A."]},
        {"title": "Hai", "state": "blocked", "url": "/2", "action": "Làm", "missing": []},
    ]
    html = draw("{% checklist steps %}", steps=steps)
    assert html.count('href="/1"') == 2
    assert html.count('href="/2"') == 0
    assert "Thiếu A." in html


def test_pagination_keeps_the_rest_of_the_query() -> None:
    html = draw("{% pagination page %}")
    assert 'href="?q=a&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html


def test_progress_is_a_number_for_machines_in_every_language() -> None:
    html = draw('{% progress label="Nhập" value=1500 total=5000 %}')
    assert 'max="5000" value="1500"' in html
    assert "30%" in html


def test_progress_without_total_only_goes_on() -> None:
    assert "value=" not in draw('{% progress label="Đang chạy" %}')


@pytest.mark.parametrize(
    ("left", "words", "clock"),
    [
        (timedelta(days=3, hours=4, minutes=5), "3 ngày 4 giờ", "76:05:00"),
        (timedelta(hours=2, minutes=5), "2 giờ 5 phút", "2:05:00"),
        (timedelta(minutes=12, seconds=34), "12 phút", "12:34"),
        (timedelta(seconds=45), "45 giây", "00:45"),
        (timedelta(0), "0 giây", "00:00"),
    ],
)
def test_time_left_is_told_in_two_units(left: timedelta, words: str, clock: str) -> None:
    assert show_left(left) == words
    assert show_clock(left) == clock


def test_countdown_never_goes_below_nothing() -> None:
    past = timezone.now() - timedelta(hours=1)
    assert 'data-seconds="0"' in draw("{% countdown until=past %}", past=past)


def test_a_limit_of_thousands_is_written_for_the_browser() -> None:
    assert 'maxlength="2000"' in draw('{% input_field name="a" label="b" maxlength=2000 %}')
