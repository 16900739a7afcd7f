"""Parts I to V of a plan's report: what was done, in figures; each says when there is nothing."""

from docx.document import Document as DocxDocument

from quiz.interfaces.word.decree30 import write_article, write_paragraph, write_table
from quiz.rules.figures import show_number
from training.domain.plan_figures import InquiryFigures
from training.domain.plan_reports import PlanReport
from training.domain.weak_clauses import FEWEST
from training.interfaces.word.plan_words import hours, percent

CLAUSES = 10


def write_contests(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "I. Cuộc thi tìm hiểu")
    contests = report.figures.contests
    if not contests.lines:
        write_paragraph(document, "Trong kỳ không có vòng thi nào kết thúc để tổng hợp số liệu.")
    else:
        told = (
            f"Trong kỳ có {show_number(contests.rounds)} vòng thi của "
            f"{show_number(len(contests.lines))} cuộc thi kết thúc, với "
            f"{show_number(contests.entries)} lượt thi của {show_number(contests.persons)} người:"
        )
        write_paragraph(document, told).paragraph_format.keep_with_next = True
        rows = [
            [
                line.title,
                ", ".join(line.rounds),
                show_number(line.entries),
                show_number(line.persons),
                _share(line.part, line.whole, by_list=line.by_list),
            ]
            for line in contests.lines
        ]
        total = [
            "Cộng",
            show_number(contests.rounds),
            show_number(contests.entries),
            show_number(contests.persons),
            "",
        ]
        write_table(
            document,
            ("Cuộc thi", "Vòng thi", "Lượt thi", "Người thi", "Tỷ lệ tham gia"),
            rows,
            numeric=(2, 3),
            total=total,
            widths_mm=(48, 34, 21, 24, 38),
        )
        write_paragraph(document, "Người thi được đếm riêng trong từng cuộc thi.")
    if contests.left_out:
        names = "; ".join(contests.left_out)
        write_paragraph(
            document,
            f"Chưa tính các vòng đang diễn ra hoặc chưa được công bố số liệu: {names}.",
        )


def _share(part: int, whole: int, *, by_list: bool) -> str:
    if not whole:
        return "–"
    base = "danh sách bắt buộc" if by_list else "biên chế"
    return f"{percent(part, whole)} {base} ({show_number(part)}/{show_number(whole)})"


def write_training(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "II. Tập huấn, bồi dưỡng")
    classes, training = report.figures.classes, report.figures.training
    if classes.classes:
        write_paragraph(
            document,
            f"1. Lớp trực tiếp: đã tổ chức {show_number(classes.classes)} lớp với "
            f"{show_number(classes.sessions)} buổi; {show_number(classes.people)} người dự, "
            f"{show_number(classes.presences)} lượt điểm danh.",
        )
    else:
        write_paragraph(document, "1. Lớp trực tiếp: trong kỳ không có lớp nào được tổ chức.")
    whole = training.whole
    if not whole.enrolments:
        write_paragraph(document, "2. Khoá học trực tuyến: trong kỳ không có lượt ghi danh nào.")
    else:
        write_paragraph(
            document,
            f"2. Khoá học trực tuyến: {show_number(whole.enrolments)} lượt ghi danh của "
            f"{show_number(whole.persons)} người; {show_number(whole.done)} lượt hoàn thành "
            f"({percent(whole.done, whole.wanted)} số phải hoàn thành), "
            f"{show_number(whole.exempt)} lượt được miễn, {show_number(whole.late)} lượt quá hạn.",
        ).paragraph_format.keep_with_next = True
        rows = [
            [
                line.course.title,
                show_number(line.count.enrolments),
                show_number(line.count.done),
                show_number(line.count.late),
                percent(line.count.done, line.count.wanted),
            ]
            for line in training.courses
        ]
        write_table(
            document,
            ("Khoá học", "Ghi danh", "Hoàn thành", "Quá hạn", "Tỷ lệ"),
            rows,
            numeric=(1, 2, 3, 4),
            widths_mm=(70, 22, 28, 23, 22),
        )
    write_paragraph(
        document,
        f"3. Giờ học ghi nhận: {show_number(hours(report.figures.study_minutes))} giờ; cấp "
        f"{show_number(training.certificates)} giấy xác nhận hoàn thành.",
    )


def write_library(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "III. Tài liệu, hỏi đáp, bản tin")
    figures = report.figures
    if figures.materials:
        total = sum(count for _kind, count in figures.materials)
        kinds = "; ".join(
            f"{str(kind.label).lower()}: {show_number(count)}" for kind, count in figures.materials
        )
        write_paragraph(
            document, f"1. Đăng mới {show_number(total)} tài liệu trong thư viện ({kinds})."
        )
    else:
        write_paragraph(document, "1. Trong kỳ không có tài liệu mới trong thư viện.")
    if figures.bulletins:
        issues = "; ".join(
            f"“{title}” ({show_number(count)} bài)" for title, count in figures.bulletins
        )
        articles = sum(count for _title, count in figures.bulletins)
        write_paragraph(
            document,
            f"2. Phát hành {show_number(len(figures.bulletins))} số bản tin với "
            f"{show_number(articles)} tin bài: {issues}.",
        )
    else:
        write_paragraph(document, "2. Trong kỳ không có số bản tin nào được phát hành.")
    write_paragraph(
        document,
        f"3. Mục hỏi đáp hiện có {show_number(figures.faqs)} câu hỏi thường gặp. "
        f"{_inquiries(figures.inquiries, report.plan.answer_days)}",
    )


def _inquiries(told: InquiryFigures, days: int | None) -> str:
    if not (told.received or told.answered or told.waiting):
        return "Trong kỳ không có câu hỏi nào của người dân gửi đến."
    sentence = (
        f"Người dân gửi {show_number(told.received)} câu hỏi; đã trả lời "
        f"{show_number(told.answered)} câu"
    )
    if told.refused:
        sentence += f" ({show_number(told.refused)} câu trả lời riêng, nêu lý do không đăng)"
    if told.in_time is not None:
        sentence += f", đúng hạn {days} ngày {show_number(told.in_time)} câu"
    sentence += f"; còn {show_number(told.waiting)} câu chưa trả lời"
    if told.overdue:
        sentence += f", trong đó {show_number(told.overdue)} câu quá hạn"
    return f"{sentence}."


def write_reach(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "IV. Mức độ tiếp cận, hài lòng")
    figures = report.figures
    if figures.visits:
        line = write_paragraph(document, "1. Lượt truy cập trang thông tin (toàn hệ thống):")
        line.paragraph_format.keep_with_next = True
        rows = [
            [f"{month:%m/%Y}", show_number(visits), show_number(views)]
            for month, visits, views in figures.visits
        ]
        total = [
            "Cộng",
            show_number(sum(visits for _month, visits, _views in figures.visits)),
            show_number(sum(views for _month, _visits, views in figures.visits)),
        ]
        write_table(
            document,
            ("Tháng", "Lượt truy cập", "Lượt xem trang"),
            rows,
            numeric=(1, 2),
            total=total,
            widths_mm=(45, 60, 60),
        )
    else:
        write_paragraph(document, "1. Trong kỳ không có số liệu lượt truy cập.")
    if not figures.surveys:
        write_paragraph(
            document,
            "2. Khảo sát hài lòng: trong kỳ không có nơi nào đủ số phiếu tối thiểu để tổng hợp.",
        )
    for survey in figures.surveys:
        write_paragraph(
            document,
            f"2. Khảo sát hài lòng “{survey.title}”: {show_number(survey.answers)} phiếu; "
            f"{percent(survey.satisfied, survey.marks)} ý kiến hài lòng hoặc rất hài lòng.",
        )


def write_clauses(document: DocxDocument, report: PlanReport) -> None:
    write_article(document, "V. Nội dung còn yếu qua bài kiểm tra")
    clauses = report.figures.training.clauses[:CLAUSES]
    if not clauses:
        write_paragraph(
            document,
            f"Trong kỳ không có điều khoản nào được từ {FEWEST} người trả lời để tổng hợp.",
        )
        return
    write_paragraph(
        document,
        f"Các điều khoản trả lời đúng ít nhất, theo lượt làm bài đầu tiên, từ {FEWEST} người:",
    ).paragraph_format.keep_with_next = True
    rows = [
        [
            f"{row.clause}, {row.document}" if row.clause else row.document,
            show_number(row.persons),
            show_number(row.answers),
            percent(row.right, row.answers),
        ]
        for row in clauses
    ]
    write_table(
        document,
        ("Điều, khoản", "Số người", "Câu trả lời", "Trả lời đúng"),
        rows,
        numeric=(1, 2, 3),
        widths_mm=(87, 24, 27, 27),
    )


FIGURE_PARTS = (write_contests, write_training, write_library, write_reach, write_clauses)
