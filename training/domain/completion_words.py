"""Completion rules in words, for who writes and for who learns."""

from django.utils.translation import gettext as _

from training.engine.completion import Condition, Minutes, Package, Passed, Read, Rule, Watched


def rule_words(rule: Rule) -> list[str]:
    """One sentence a condition; all of them have to be met."""
    return [condition_words(condition) for condition in rule.all]


def condition_words(condition: Condition) -> str:
    match condition:
        case Read():
            by_word = _("Đọc đến cuối, hoặc tự xác nhận đã đọc.")
            return by_word if condition.by_word else _("Đọc đến cuối mọi trang.")
        case Watched():
            told = _("Xem ít nhất %(percent)d%% thời lượng video; tua qua thì không tính.")
            return told % {"percent": condition.percent}
        case Minutes():
            return _("Học ít nhất %(minutes)d phút.") % {"minutes": condition.minutes}
        case Passed():
            return _passed_words(condition)
        case Package():
            passed = condition.status == "passed"
            return _("Gói bài học báo đạt.") if passed else _("Gói bài học báo đã học xong.")


def _passed_words(condition: Passed) -> str:
    told: dict[str, int] = {"percent": condition.percent}
    if condition.retries is None:
        return _("Đạt ít nhất %(percent)d%% bài kiểm tra, làm lại tùy ý.") % told
    if condition.retries == 0:
        return _("Đạt ít nhất %(percent)d%% bài kiểm tra, làm một lần.") % told
    told["retries"] = condition.retries
    return _("Đạt ít nhất %(percent)d%% bài kiểm tra, được làm lại %(retries)d lần.") % told
