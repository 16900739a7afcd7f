"""The report of a plan: its numbers are those of the database, read back from the Word paper."""

import pytest
from django.db import transaction
from django.db.models import Sum

from quiz.models import Attempt
from tests.training.enrolment_world import make_province
from tests.training.plan_papers import line, numbers, paper_of, report_of
from tests.training.plan_world import make_plan, make_task
from tests.training.report_world import CLAUSE, make_quarter
from training.engine.plan_periods import ReportPeriod
from training.interfaces.word.plan_words import change, percent, say_period
from training.models import (
    Article,
    Attendance,
    Bulletin,
    ClassSession,
    Credit,
    Enrolment,
    Faq,
    Inquiry,
    Material,
    PlanTask,
    QuizTry,
    SurveyFigures,
    TrainingClass,
    VisitDay,
)


def recount():
    """The numbers of the quarter straight from the tables, none of them by the report's code."""
    taken, came = Attempt.objects.filter(voided_at=None), Attendance.objects.all()
    enrolled = Enrolment.objects.all()
    in_quarter = Material.objects.filter(published_at__date__range=("2026-07-01", "2026-09-30"))
    stayed = sum((each.out_at - each.in_at).total_seconds() for each in came.exclude(out_at=None))
    elsewhere = Credit.objects.filter(taken_on__gte="2026-07-01").aggregate(s=Sum("minutes"))["s"]
    return {
        "contests": [1, 1, taken.count(), taken.values("entrant").distinct().count()],
        "classes": [
            TrainingClass.objects.count(),
            ClassSession.objects.count(),
            came.values("person").distinct().count(),
            came.count(),
        ],
        "enrolments": enrolled.count(),
        "completed": enrolled.filter(completed_at__isnull=False).count(),
        "late": enrolled.filter(completed_at=None, due_on__lt="2026-09-30").count(),
        "hours": (int(stayed) // 60 + elsewhere) // 60,
        "materials": [in_quarter.count(), in_quarter.filter(kind="leaflet").count()],
        "bulletins": [Bulletin.objects.count(), Article.objects.count()],
        "faqs": Faq.objects.count(),
        "asked": Inquiry.objects.count(),
        "answered": Inquiry.objects.filter(state="published").count(),
        "visits": VisitDay.objects.filter(day__gte="2026-07-01").aggregate(s=Sum("visits"))["s"],
        "surveyed": SurveyFigures.objects.aggregate(sum=Sum("answers"))["sum"],
        "tries": QuizTry.objects.count(),
        "tasks": PlanTask.objects.count(),
        "confirmed": PlanTask.objects.filter(done_on__isnull=False).count(),
    }


@pytest.fixture(scope="module")
def quarter(django_db_setup, django_db_blocker):
    """The paper of the full quarter and what the database holds, made once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        world, plan = make_quarter()
        text, tables = paper_of(report_of(plan, world.organiser))
        told = {"text": text, "tables": tables, "counted": recount()}
        transaction.set_rollback(True)
    return told


def test_the_head_says_who_reports_what_to_whom_and_from_where_the_figures_are(quarter):
    text, (head, *_tables) = quarter["text"], quarter["tables"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head[0][1]
    assert "Số: ……" in head[0][0]
    assert "ngày …… tháng …… năm ……" in head[0][1]
    assert text.split("\n")[1:3] == [
        "BÁO CÁO",
        "Kết quả quý III năm 2026 thực hiện Kế hoạch truyền thông cải cách hành chính năm 2026",
    ]
    assert "Kính gửi:\n- Ủy ban nhân dân tỉnh;\n- Sở Nội vụ." in text
    assert "Thực hiện Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2026 ban hành" in text
    assert "(từ ngày 01/07/2026 đến ngày 30/09/2026)" in text
    assert "Số liệu do hệ thống tổng hợp tự động" in text
    assert "tại thời điểm 09:00 23/11/2026." in text
    signature = quarter["tables"][-1][0]
    assert signature[0].startswith("Nơi nhận:")
    assert signature[1].split("\n")[:2] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert signature[1].endswith("Trần Thị Mẫu")


def test_contests_are_counted_as_the_database_has_them(quarter):
    counted = quarter["counted"]["contests"]
    assert counted == [1, 1, 4, 3]
    assert numbers(line(quarter["text"], "Trong kỳ có")) == counted
    table = quarter["tables"][1]
    assert table[1] == ["Cuộc thi hè", "Vòng 1", "4", "3", "37,5 % biên chế (3/8)"]
    assert [int(cell) for cell in table[2][1:4]] == counted[1:]


def test_training_is_counted_as_the_database_has_it(quarter):
    text, counted = quarter["text"], quarter["counted"]
    assert numbers(line(text, "1. Lớp trực tiếp"))[1:] == counted["classes"]
    taken, done, late = (counted[name] for name in ("enrolments", "completed", "late"))
    assert (taken, done, late) == (12, 6, 1)
    # Of as many people, half of them; nobody is exempt.
    assert numbers(line(text, "2. Khoá học"))[1:] == [taken, taken, done, 50, 0, late]
    assert ["Tiếp công dân", "12", "6", "1", "50 %"] in quarter["tables"][2]
    assert numbers(line(text, "3. Giờ học"))[1:] == [counted["hours"], 0]


def test_the_library_is_counted_as_the_database_has_it(quarter):
    text, counted = quarter["text"], quarter["counted"]
    assert numbers(line(text, "1. Đăng mới"))[1:] == [*counted["materials"], 1]
    assert line(text, "2. Phát hành").endswith("tin bài: “Bản tin số 3” (2 bài).")
    assert numbers(line(text, "2. Phát hành"))[1:3] == counted["bulletins"]
    asked, answered = counted["asked"], counted["answered"]
    # One of the two answers in time; the third question waits too long.
    assert numbers(line(text, "3. Mục hỏi đáp"))[1:] == [
        *(counted["faqs"], asked, answered, 10),
        *(1, asked - answered, 1),
    ]


def test_reach_is_counted_as_the_database_has_it(quarter):
    counted = quarter["counted"]
    assert [row[:2] for row in quarter["tables"][3][1:]] == [
        ["07/2026", "40"],
        ["08/2026", "60"],
        ["Cộng", str(counted["visits"])],
    ]
    told = line(quarter["text"], "2. Khảo sát")
    assert f"{counted['surveyed']} phiếu; 100 % ý kiến" in told


def test_the_weakest_clauses_are_told(quarter):
    (row,) = quarter["tables"][4][1:]
    # Of twelve who answered the first ten are told of.
    assert quarter["counted"]["tries"] == 12
    assert row == [f"{CLAUSE}, Nghị định 118/2025/NĐ-CP", "10", "10", "50 %"]


def test_tasks_are_told_with_their_state_and_why_they_are_late(quarter):
    rows = [[row[0], *row[3:]] for row in quarter["tables"][5][1:]]
    assert rows == [
        ["1", "Quý III/2026", "4/3 lượt dự thi", "Xong"],
        ["2", "Tháng 9/2026", "–", "Quá hạn"],
        ["5", "Quý III/2026", "2/2 tin bài", "Xong"],
    ]
    told = numbers(line(quarter["text"], "Kế hoạch có"))
    counted = quarter["counted"]
    assert told == [counted["tasks"], len(rows), counted["confirmed"], 0, 0, 1]
    assert line(quarter["text"], "- Nhiệm vụ 2") == (
        "- Nhiệm vụ 2 (Xã An, hạn Tháng 9/2026): Chờ kinh phí."
    )


@pytest.mark.django_db
def test_late_tasks_without_a_reason_are_named_by_unit():
    world = make_province()
    plan = make_plan(world.top, world.organiser)
    for unit in (world.commune, world.sibling, world.commune):
        make_task(plan, unit)
    text, _tables = paper_of(report_of(plan, world.organiser))
    assert line(text, "- Chưa nêu lý do") == (
        "- Chưa nêu lý do: Xã An (nhiệm vụ 1, 3); Xã Bình (nhiệm vụ 2)."
    )


def test_it_is_set_against_the_quarter_before_and_says_what_comes(quarter):
    changes = {row[0]: row[1:] for row in quarter["tables"][6][1:]}
    assert changes["Lượt thi"] == ["0", "4", "tăng 4"]
    assert changes["Tài liệu đăng mới"] == ["1", "3", "tăng 2 (200 %)"]
    assert changes["Lượt truy cập"] == ["7", "100", "tăng 93 (1.328,6 %)"]
    assert changes["Ý kiến hài lòng"] == ["–", "100 %", ""]
    following = quarter["tables"][7]
    assert [row[0] for row in following[1:]] == ["3", "4"]
    assert "VIII. Nhiệm vụ quý IV năm 2026" in quarter["text"]
    assert "Tiếp tục hoàn thành 1 nhiệm vụ quá hạn nêu tại mục VI." in quarter["text"]


@pytest.mark.django_db
def test_an_empty_quarter_says_so_of_every_part():
    world = make_province()
    plan = make_plan(world.top, world.organiser, number="")
    text, tables = paper_of(report_of(plan, world.organiser))
    for sentence in (
        "Thực hiện Kế hoạch truyền thông cải cách hành chính năm 2026, Tỉnh báo cáo kết quả",
        "Trong kỳ không có vòng thi nào kết thúc để tổng hợp số liệu.",
        "1. Lớp trực tiếp: trong kỳ không có lớp nào được tổ chức.",
        "2. Khoá học trực tuyến: trong kỳ không có lượt ghi danh nào.",
        "3. Giờ học ghi nhận: 0 giờ; cấp 0 giấy xác nhận hoàn thành.",
        "1. Trong kỳ không có tài liệu mới trong thư viện.",
        "2. Trong kỳ không có số bản tin nào được phát hành.",
        "Trong kỳ không có câu hỏi nào của người dân gửi đến.",
        "1. Trong kỳ không có số liệu lượt truy cập.",
        "2. Khảo sát hài lòng: trong kỳ không có nơi nào đủ số phiếu tối thiểu để tổng hợp.",
        "Trong kỳ không có điều khoản nào được từ 10 người trả lời để tổng hợp.",
        "Kế hoạch không có nhiệm vụ nào.",
        "Kế hoạch không có nhiệm vụ nào đến hạn trong quý IV năm 2026.",
    ):
        assert sentence in text
    # The head, the comparison, the signature.
    assert len(tables) == 3
    assert {row[3] for row in tables[1][1:-1]} == {"không đổi"}


def test_words_of_periods_shares_and_changes():
    assert say_period(ReportPeriod("h1", 2026)) == "6 tháng đầu năm 2026"
    assert say_period(ReportPeriod("year", 2026)) == "năm 2026"
    told = [percent(2, 3), percent(1, 8), percent(0, 0), change(3, 4), change(5, 0), change(2, 2)]
    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in told] == [
        *("66,7 %", "12,5 %", "–", "giảm 1 (25 %)", "tăng 5", "không đổi")
    ]
