"""Parts VI to VIII of a plan's report: the tasks, the period before, what comes next."""

from collections import defaultdict

from docx.document import Document as DocxDocument

from quiz.interfaces.word.decree30 import write_article, write_paragraph, write_table
from quiz.interfaces.word.results.common import keep_together
from quiz.rules.figures import show_number
from training.domain.plan_figures import Figures
from training.domain.plan_reading import TaskLine
from training.domain.plan_reports import PlanReport
from training.enums import TaskState
from training.interfaces.word.plan_words import change, hours, percent, say_period


def write_tasks(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "VI. Kết quả thực hiện nhiệm vụ của kế hoạch")
    if not report.tasks:
        write_paragraph(document, "Kế hoạch không có nhiệm vụ nào.")
        return
    if not report.lines:
        write_paragraph(
            document,
            f"Kế hoạch có {show_number(report.tasks)} nhiệm vụ; không có nhiệm vụ nào đến hạn "
            "hoặc đang làm trong kỳ.",
        )
        return
    states = report.states
    late_done = f" ({show_number(report.done_late)} sau hạn)" if report.done_late else ""
    write_paragraph(
        document,
        f"Kế hoạch có {show_number(report.tasks)} nhiệm vụ. {show_number(len(report.lines))} "
        "nhiệm vụ đã đến hạn hoặc đang làm: "
        f"{show_number(states[TaskState.DONE])} đã hoàn thành{late_done}, "
        f"{show_number(states[TaskState.DOING])} đang làm, "
        f"{show_number(states[TaskState.WAITING])} chưa làm, "
        f"{show_number(states[TaskState.LATE])} quá hạn.",
    ).paragraph_format.keep_with_next = True
    rows = [
        [
            str(line.task.position),
            line.task.content,
            line.task.unit.name,
            line.due,
            _result(line),
            _state(line),
        ]
        for line in report.lines
    ]
    write_table(
        document,
        ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả", "Trạng thái"),
        rows,
        numeric=(0,),
        widths_mm=(14, 45, 29, 27, 26, 24),
    )
    _write_late(document, report)


def _result(line: TaskLine) -> str:
    target = line.target
    if target.number:
        return f"{show_number(line.progress.reached)}/{target}"
    return line.task.expected if line.state == TaskState.DONE else "–"


def _state(line: TaskLine) -> str:
    return f"{line.state.label} sau hạn" if line.progress.done_late else str(line.state.label)


def _write_late(document: DocxDocument, report: PlanReport) -> None:
    if not report.late:
        write_paragraph(document, "Không có nhiệm vụ quá hạn.")
        return
    line = write_paragraph(document, "Nhiệm vụ quá hạn và lý do:")
    line.paragraph_format.keep_with_next = True
    silent: dict[str, list[str]] = defaultdict(list)
    for late in report.late:
        task, reason = late.task, late.task.late_reason.rstrip(".")
        if reason:
            write_paragraph(
                document,
                f"- Nhiệm vụ {task.position} ({task.unit.name}, hạn {late.due}): {reason}.",
            )
        else:
            silent[task.unit.name].append(str(task.position))
    if silent:
        named = "; ".join(f"{unit} (nhiệm vụ {', '.join(tasks)})" for unit, tasks in silent.items())
        write_paragraph(document, f"- Chưa nêu lý do: {named}.")


def write_comparison(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "VII. So với kỳ trước")
    before = say_period(report.period.before())
    line = write_paragraph(document, f"So với {before}:")
    line.paragraph_format.keep_with_next = True
    rows = [
        [name, show_number(old), show_number(new), change(new, old)]
        for (name, new), (_same, old) in zip(
            main_figures(report.figures), main_figures(report.before), strict=True
        )
    ]
    rows.append(["Ý kiến hài lòng", _level(report.before), _level(report.figures), ""])
    table = write_table(
        document,
        ("Nội dung", "Kỳ trước", "Kỳ này", "Tăng, giảm"),
        rows,
        numeric=(1, 2),
        widths_mm=(65, 27, 27, 46),
    )
    keep_together(table.rows[:-1])


def main_figures(figures: Figures) -> list[tuple[str, int]]:
    """What two periods are compared by, in order."""
    training = figures.training
    return [
        ("Vòng thi đã kết thúc", figures.contests.rounds),
        ("Lượt thi", figures.contests.entries),
        ("Người thi", figures.contests.persons),
        ("Lớp tập huấn trực tiếp", figures.classes.classes),
        ("Người dự lớp trực tiếp", figures.classes.people),
        ("Lượt ghi danh khoá học", training.whole.enrolments),
        ("Lượt hoàn thành khoá học", training.whole.done),
        ("Giấy xác nhận hoàn thành", training.certificates),
        ("Giờ học ghi nhận", hours(figures.study_minutes)),
        ("Tài liệu đăng mới", sum(count for _kind, count in figures.materials)),
        ("Số bản tin phát hành", len(figures.bulletins)),
        ("Câu hỏi của người dân", figures.inquiries.received),
        ("Câu hỏi đã trả lời", figures.inquiries.answered),
        ("Lượt truy cập", sum(visits for _month, visits, _views in figures.visits)),
        ("Phiếu khảo sát hài lòng", sum(survey.answers for survey in figures.surveys)),
    ]


def _level(figures: Figures) -> str:
    good = sum(survey.satisfied for survey in figures.surveys)
    return percent(good, sum(survey.marks for survey in figures.surveys))


def write_following(document: DocxDocument, report: PlanReport) -> None:
    following = report.period.next_quarter()
    quarter = say_period(following)
    write_article(document, f"VIII. Nhiệm vụ {quarter}")
    late = len(report.late)
    if late:
        write_paragraph(
            document, f"Tiếp tục hoàn thành {show_number(late)} nhiệm vụ quá hạn nêu tại mục VI."
        )
    if not report.following:
        of_year = "" if following.year == report.plan.year else f" năm {following.year}"
        write_paragraph(
            document, f"Kế hoạch{of_year} không có nhiệm vụ nào đến hạn trong {quarter}."
        )
        return
    line = write_paragraph(
        document, f"Thực hiện {show_number(len(report.following))} nhiệm vụ đến hạn:"
    )
    line.paragraph_format.keep_with_next = True
    rows = [
        [
            str(each.task.position),
            each.task.content,
            each.task.unit.name,
            each.due,
            str(each.target) or each.task.expected or "–",
        ]
        for each in report.following
    ]
    write_table(
        document,
        ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả dự kiến"),
        rows,
        numeric=(0,),
        widths_mm=(14, 57, 32, 27, 35),
    )


TASK_PARTS = (write_tasks, write_comparison, write_following)
