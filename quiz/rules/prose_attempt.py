"""The articles on the attempt: its time, its marks, the prediction.

Each function returns its title and its clauses; no clauses, no article.
"""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.dates import show_moment
from quiz.engine.deadlines import TimeRules
from quiz.rules.figures import show_clock, show_number, show_span
from quiz.rules.prose_entry import Article, group_name
from quiz.rules.schema import PredictionRules, RuleDocument
from quiz.rules.sections import Clause, ProseContext
from quiz.rules.summary import prediction_question


def write_attempts(document: RuleDocument, context: ProseContext) -> Article:
    entry = document.entry
    clauses = [Clause(_limit_text(document)), Clause(_close_text(document, context))]
    if entry.grace_ms:
        seconds = show_number(Decimal(entry.grace_ms) / 1000)
        clauses.append(
            Clause(
                _(
                    "Để bù độ trễ đường truyền, câu trả lời đến máy chủ trong %(seconds)s giây sau "
                    "khi hết hạn vẫn được nhận; thời điểm kết thúc dùng để xếp hạng không muộn hơn "
                    "hạn."
                )
                % {"seconds": seconds}
            )
        )
    clauses.append(
        Clause(
            _(
                "Câu trả lời được lưu ngay khi chọn. Hết hạn mà người dự thi chưa bấm nộp bài thì "
                "bài tự đóng, được chấm theo các câu trả lời đã lưu và lấy thời điểm hết hạn làm "
                "thời điểm kết thúc."
            )
        )
    )
    clauses.append(Clause(_attempts_text(entry.attempts_per_round)))
    return _("Thời gian làm bài và lượt thi"), clauses


def _limit_text(document: RuleDocument) -> str:
    limit = document.entry.time_limit_seconds
    if limit is None:
        return _("Không giới hạn thời gian làm một bài thi trong thời gian vòng thi mở.")
    return _(
        "Thời gian làm một bài thi là %(time)s, tính liên tục từ lúc bắt đầu, kể cả khi người dự "
        "thi rời khỏi trang hoặc mất kết nối."
    ) % {"time": show_span(limit)}


def _close_text(document: RuleDocument, context: ProseContext) -> str:
    limit = document.entry.time_limit_seconds
    if limit is None:
        return _("Mọi bài thi hết hạn khi vòng thi đóng.")
    time = show_span(limit)
    if document.entry.at_close == "last_start":
        text = _(
            "Người dự thi được bắt đầu bài thi đến trước giờ đóng vòng thi; bài đã bắt đầu vẫn "
            "được làm đủ %(time)s, kể cả sau giờ đóng."
        ) % {"time": time}
    else:
        text = _(
            "Hạn của một bài thi là thời điểm đến trước trong hai thời điểm: hết %(time)s kể từ "
            "lúc bắt đầu, hoặc giờ đóng vòng thi. Người bắt đầu muộn có thể không còn đủ thời gian."
        ) % {"time": time}
    return f"{text} {_close_example(document, context)}".strip()


def _close_example(document: RuleDocument, context: ProseContext) -> str:
    """What the rule at the close means for someone who starts when half the limit is left."""
    limit = document.entry.time_limit_seconds
    if not context.rounds or limit is None or limit < 120:
        return ""
    name, opens, closes = context.rounds[0]
    starts = closes - timedelta(minutes=limit // 120)
    ends = TimeRules(opens, closes, limit, document.entry.at_close).deadline_at(starts)
    return _("Ví dụ, ở %(round)s, bài bắt đầu lúc %(start)s có hạn là %(deadline)s.") % {
        "round": name,
        "start": show_clock(starts),
        "deadline": show_moment(ends),
    }


def _attempts_text(attempts: int | None) -> str:
    if attempts is None:
        return _("Mỗi người dự thi không bị giới hạn số lượt thi trong một vòng thi.")
    return _("Mỗi người dự thi được thi tối đa %(count)s lượt trong một vòng thi.") % {
        "count": show_number(attempts)
    }


def write_marking(document: RuleDocument, context: ProseContext) -> Article:
    entry = document.entry
    points = show_number(entry.points_per_item)
    totals = {
        group_name(group, context): show_number(group.paper.item_count * entry.points_per_item)
        for group in document.groups
    }
    if len(set(totals.values())) == 1:
        text = _("Mỗi câu trả lời đúng được %(points)s điểm; bài thi tối đa %(total)s điểm.") % {
            "points": points,
            "total": next(iter(totals.values())),
        }
        maxima: tuple[str, ...] = ()
    else:
        text = _("Mỗi câu trả lời đúng được %(points)s điểm. Điểm tối đa của bài thi:") % {
            "points": points
        }
        maxima = tuple(
            _("%(group)s: %(total)s điểm.") % {"group": name, "total": total}
            for name, total in totals.items()
        )
    clauses = [Clause(text, bullets=maxima), Clause(_multiple_text(document))]
    if entry.require_all_answered:
        clauses.append(Clause(_("Bài thi chỉ hợp lệ khi đã trả lời tất cả các câu hỏi.")))
    clauses.append(
        Clause(
            _(
                "Nếu phát hiện đáp án sai, Ban Tổ chức quyết định một trong các cách: thay đáp án, "
                "chấp nhận thêm đáp án, tính điểm câu đó cho mọi bài, hoặc bỏ câu đó. Cách đã chọn "
                "được áp dụng như nhau cho mọi bài và được nêu rõ khi công bố kết quả."
            )
        )
    )
    return _("Cách tính điểm"), clauses


def _multiple_text(document: RuleDocument) -> str:
    if document.entry.multiple_marking == "all_or_nothing":
        return _(
            "Câu hỏi có nhiều đáp án chỉ được tính điểm khi chọn đủ và chỉ chọn các đáp án đúng. "
            "Câu trả lời sai hoặc bỏ trống được 0 điểm."
        )
    return _(
        "Câu hỏi có nhiều đáp án được tính điểm theo phần: lấy số đáp án chọn đúng trừ số phương "
        "án chọn sai, chia cho số đáp án của câu, nhân với điểm của câu; kết quả không nhỏ hơn 0 "
        "và được làm tròn xuống đến 2 chữ số thập phân. Câu bỏ trống được 0 điểm."
    )


def write_prediction(document: RuleDocument, _context: ProseContext) -> Article:
    prediction = document.entry.prediction
    title = _("Câu hỏi dự đoán")
    if prediction is None:
        return title, []
    clauses = [
        Clause(
            _("Ngoài các câu hỏi trắc nghiệm, người dự thi trả lời câu hỏi: “%(question)s”")
            % {"question": prediction_question(prediction)}
        )
    ]
    clauses.append(Clause(_form_text(prediction)))
    clauses.append(Clause(_actual_text(document)))
    clauses.append(
        Clause(
            _(
                "Sai số dự đoán là chênh lệch giữa số dự đoán và giá trị thực, không phân biệt cao "
                "hơn hay thấp hơn. Bài không có số dự đoán xếp sau bài có số dự đoán."
            )
        )
    )
    if document.count_secrecy:
        clauses.append(
            Clause(
                _(
                    "Khi vòng thi chưa đóng, số người và số lượt dự thi không được công bố dưới "
                    "bất kỳ hình thức nào."
                )
            )
        )
    return title, clauses


def _actual_text(document: RuleDocument) -> str:
    text = _(
        "Giá trị thực do Ban Tổ chức chốt từ dữ liệu của hệ thống sau khi vòng thi đóng và sau khi "
        "đã xử lý các đăng ký trùng, các bài bị huỷ."
    )
    prediction = document.entry.prediction
    if prediction is not None and prediction.who == "percent_all_correct":
        rounded = _("Tỷ lệ phần trăm được làm tròn đến %(places)s chữ số thập phân.")
        text = f"{text} {rounded % {'places': prediction.decimals}}"
    if document.result.actual_value_policy == "frozen":
        policy = _(
            "Giá trị đã dùng ở lần công bố kết quả đầu tiên được giữ nguyên trong mọi lần điều "
            "chỉnh sau đó."
        )
    else:
        policy = _("Khi kết quả được điều chỉnh, giá trị thực được tính lại và công bố kèm theo.")
    return f"{text} {policy}"


def _form_text(prediction: PredictionRules) -> str:
    """How the number is written."""
    if not prediction.decimals:
        return _("Số dự đoán là số nguyên không âm.")
    example = Decimal("87.654321").quantize(Decimal(1).scaleb(-prediction.decimals))
    return _(
        "Số dự đoán được ghi đến %(places)s chữ số thập phân, phần thập phân viết sau dấu phẩy, ví "
        "dụ %(example)s."
    ) % {"places": prediction.decimals, "example": show_number(example)}
