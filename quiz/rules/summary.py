"""The rules in a few short lines, and the one sentence that asks for the prediction."""

from django.utils.translation import gettext as _

from quiz.rules.figures import show_number, show_span
from quiz.rules.schema import PredictionRules, RuleDocument


def summary_lines(document: RuleDocument, group_code: str | None = None) -> list[str]:
    """What an entrant wants to know at once: “20 câu trong 15 phút”, “Mỗi người 1 lượt mỗi vòng”.

    With a group's code, that group's paper alone; else each group's where they differ.
    """
    entry = document.entry
    lines = [*_paper_lines(document, group_code), _attempts_line(document)]
    if entry.prediction is not None:
        lines.append(_("Có 1 câu hỏi dự đoán"))
    if entry.require_all_answered:
        lines.append(_("Phải trả lời tất cả các câu hỏi"))
    if entry.minimum_age is not None:
        lines.append(_("Từ đủ %(age)s tuổi trở lên") % {"age": entry.minimum_age})
    if "phone" in entry.required_fields:
        lines.append(_("Cần số điện thoại khi đăng ký"))
    return lines


def _paper_lines(document: RuleDocument, group_code: str | None) -> list[str]:
    groups = [g for g in document.groups if group_code in (None, g.code)]
    counts = {group.paper.item_count for group in groups}
    if len(counts) == 1:
        return [_items_in_time(document, counts.pop())]
    return [
        _("%(group)s: %(paper)s")
        % {"group": group.name, "paper": _items_in_time(document, group.paper.item_count)}
        for group in groups
    ]


def _items_in_time(document: RuleDocument, count: int) -> str:
    limit = document.entry.time_limit_seconds
    if limit is None:
        return _("%(count)s câu, không giới hạn thời gian làm bài") % {"count": count}
    return _("%(count)s câu trong %(time)s") % {"count": count, "time": show_span(limit)}


def _attempts_line(document: RuleDocument) -> str:
    attempts = document.entry.attempts_per_round
    if attempts is None:
        return _("Không giới hạn số lượt thi")
    return _("Mỗi người %(count)s lượt mỗi vòng") % {"count": show_number(attempts)}


def prediction_question(prediction: PredictionRules) -> str:
    """The question as the paper and the regulations both ask it."""
    sentence = {
        ("persons", "took_part"): _("Có bao nhiêu người tham gia dự thi %(scope)s?"),
        ("entries", "took_part"): _("Có bao nhiêu lượt thi %(scope)s?"),
        ("persons", "all_correct"): _(
            "Có bao nhiêu người trả lời đúng tất cả các câu hỏi %(scope)s?"
        ),
        ("entries", "all_correct"): _(
            "Có bao nhiêu lượt thi trả lời đúng tất cả các câu hỏi %(scope)s?"
        ),
        ("persons", "percent_all_correct"): _(
            "Có bao nhiêu phần trăm số người dự thi trả lời đúng tất cả các câu hỏi %(scope)s?"
        ),
        ("entries", "percent_all_correct"): _(
            "Có bao nhiêu phần trăm số lượt thi trả lời đúng tất cả các câu hỏi %(scope)s?"
        ),
    }[prediction.count, prediction.who]
    scope = {
        "round": _("trong vòng thi này"),
        "contest": _("trong toàn bộ cuộc thi"),
        "group": _("trong vòng thi này, tính riêng từng đối tượng dự thi"),
    }[prediction.scope]
    return sentence % {"scope": scope}
