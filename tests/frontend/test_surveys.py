"""The survey at the desk, and its pages in the workplace."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import AuditEntry
from quiz.engine.small_groups import LEAST
from tests.attacks.test_survey_anonymity import TOKEN
from tests.people import make_person, make_unit
from tests.training.surveys import SCALES, answer_many, make_survey
from training.domain.survey_pressure import SurveyPressure
from training.domain.surveys import current_version, document_of
from training.models import Survey, SurveyPot

pytestmark = pytest.mark.django_db
PERIOD = "?tu=2026-01&den=2026-12"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontend.pages.public.surveys.pressure", SurveyPressure())


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_visitor_answers_by_a_plain_form(client: Client):
    survey, _organiser = make_survey()
    desk = make_unit("xa", name="UBND xã Hòa Thịnh", parent=survey.unit)
    address = reverse("survey", args=[survey.code]) + "?don-vi=xa"
    page = client.get(address).content.decode()
    assert "UBND xã Hòa Thịnh" in page
    token = TOKEN.search(page)[1]
    some = {"token": token, "version": "1", "p0": "0", "remark": "Nhanh"}
    again = client.post(address, some)
    assert again.status_code == 422
    assert again.content.decode().count("Chọn một mức hài lòng.") == SCALES - 1
    assert "Nhanh" in again.content.decode()
    whole = some | {f"p{n}": "1" for n in range(SCALES)}
    for _time in range(2):
        thanked = client.post(address, whole, follow=True)
        assert "Cảm ơn bạn đã góp ý" in thanked.content.decode()
    pot = SurveyPot.objects.get()
    assert (pot.unit, pot.answers, pot.remarks) == (desk, 1, ["Nhanh"])


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"token": "gia.mao"}, 409, "survey_form_old"),
        ({"version": "9"}, 409, "survey_form_old"),
        ({"p0": "9"}, 422, ""),
        ({"p0": "²"}, 422, ""),
    ],
)
def test_what_does_not_fit_is_refused(client: Client, changed, status: int, code: str):
    survey, _organiser = make_survey()
    address = reverse("survey", args=[survey.code])
    token = TOKEN.search(client.get(address).content.decode())[1]
    whole = {"token": token, "version": "1"} | {f"p{n}": "1" for n in range(SCALES)}
    answered = client.post(address, whole | changed, headers={"accept": "application/json"})
    assert answered.status_code == status
    assert SurveyPot.objects.count() == 0
    assert not code or answered.json()["code"] == code


def test_an_organiser_sets_a_survey_up_and_words_it_anew():
    unit = make_unit("tinh")
    client = signed_in(make_person("to.chuc", Role.ORGANISER, unit=unit))
    client.post(reverse("w-survey-new"), {"title": "Một cửa quý I", "unit": "tinh"})
    survey = Survey.objects.get()
    edit = reverse("w-survey-edit", args=[survey.pk])
    assert "Thái độ phục vụ" in client.get(edit).content.decode()
    rows = {"p-TOTAL_FORMS": "3", "p-INITIAL_FORMS": "0", "intro": "Mời góp ý"}
    for place, (kind, text, options) in enumerate(
        [
            ("choice", "Bạn là", "Người dân\nDoanh nghiệp"),
            ("scale", "Nhìn chung", ""),
            ("scale", "", ""),
        ]
    ):
        row = {"place": str(9 - place), "kind": kind, "text": text, "options": options}
        rows |= {f"p-{place}-{name}": value for name, value in row.items()}
    assert client.post(edit, rows).status_code == 302
    document = document_of(current_version(survey=survey))
    assert [prompt.text for prompt in document.prompts] == ["Nhìn chung", "Bạn là"]
    assert (document.intro, document.remark) == ("Mời góp ý", False)
    rows["p-1-text"] = ""
    refused = client.post(edit, rows)
    assert (refused.status_code, survey.versions.count()) == (422, 2)
    assert "Phiếu khảo sát chưa dùng được." in refused.content.decode()


def test_figures_stand_beside_their_chart_and_leave_as_a_workbook():
    survey, organiser = make_survey()
    answer_many(survey, remark="=1+1")
    client = signed_in(organiser)
    page = client.get(reverse("w-survey", args=[survey.pk]) + PERIOD).content.decode()
    assert "10 (100,00 %)" in page
    chart = client.get(reverse("w-survey-chart", args=[survey.pk]) + PERIOD)
    assert chart["Content-Type"] == "image/svg+xml"
    assert "Rất hài lòng" in chart.content.decode()
    answered = client.get(reverse("w-survey-workbook", args=[survey.pk]) + PERIOD)
    book = load_workbook(io.BytesIO(answered.content))
    assert book.sheetnames == ["Tổng hợp", "Theo đơn vị", "Theo tháng", "Ý kiến"]
    rows = [[cell.value for cell in row] for row in book["Tổng hợp"].rows]
    assert ["Sự rõ ràng của hướng dẫn, biểu mẫu", "Rất hài lòng", LEAST, "100,00 %"] in rows
    assert [cell.value for cell in list(book["Ý kiến"].rows)[-1]] == [LEAST, "=1+1"]
    assert AuditEntry.objects.filter(act="export_survey").count() == 1


def test_a_desks_poster_leads_to_its_form():
    survey, organiser = make_survey()
    make_unit("xa", parent=survey.unit)
    client = signed_in(organiser)
    address = reverse("w-survey-poster", args=[survey.pk])
    for query in ("", "?don-vi=xa", "?don-vi=xa&kho=a5"):
        answered = client.get(address + query)
        assert answered.content.startswith(b"%PDF")
    assert client.get(address + "?don-vi=khong-co").status_code == 404


def test_a_program_reads_what_the_page_shows():
    survey, organiser = make_survey()
    answer_many(survey, level=1)
    asked = "?first=2026-03-01&last=2026-03-31"
    answered = signed_in(organiser).get(
        reverse("api-work-survey-figures", args=[survey.pk]) + asked
    )
    found = answered.json()
    assert (found["answers"], found["satisfied"], found["marks"]) == (10, 60, 60)
    assert found["prompts"][0]["options"][1] == {"label": "Hài lòng", "answers": 10}
    other = signed_in(make_person("la", Role.UNIT_LEAD, unit=make_unit("khac")))
    assert other.get(reverse("api-work-survey-figures", args=[survey.pk])).status_code == 404
    named = reverse("api-work-survey-figures", args=[survey.pk]) + "?unit=khac"
    assert signed_in(organiser).get(named).status_code == 404
