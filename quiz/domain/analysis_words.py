"""What the item analysis says in words, for its page, its workbook and the API."""

from django.utils.translation import gettext as _

from quiz.engine.item_hints import ItemHint


def hint_words(hint: ItemHint) -> str:
    """What a hint says to whoever looks after the item."""
    return {
        ItemHint.KEY: _("nhóm giỏi chọn phương án khác nhiều hơn đáp án: kiểm tra đáp án"),
        ItemHint.NEGATIVE: _("nhóm giỏi sai nhiều hơn nhóm yếu: kiểm tra đáp án, câu chữ"),
        ItemHint.BELOW_CHANCE: _("tỷ lệ đúng thấp hơn đoán mò: kiểm tra đáp án, câu chữ"),
        ItemHint.ATTRACTS: _("có phương án nhiễu hút nhóm giỏi: xem phương án đó có đúng không"),
        ItemHint.WEAK: _("phân biệt kém"),
        ItemHint.IDLE: _("có phương án nhiễu hầu như không ai chọn"),
        ItemHint.EASY: _("gần như ai cũng đúng"),
        ItemHint.UNREACHED: _("nhiều người chưa làm tới"),
        ItemHint.OMITTED: _("nhiều người bỏ trống"),
    }[hint]


def formula_lines() -> list[str]:
    """Where the figures come from, for page and workbook."""
    return [
        _("P: tỷ lệ trả lời đúng trong lượt đầu của mỗi người, càng cao càng dễ."),
        _("D: P của 27 % điểm cao nhất trừ P của 27 % điểm thấp nhất (Kelley, 1939)."),
        _("r: tương quan điểm nhị phân của câu với phần còn lại của bài (Henrysson, 1963)."),
        _("KR-20, KR-21: Kuder và Richardson, 1937; đề bốc riêng từng người: KR-21 (Lord, 1955)."),
        _("Sai số chuẩn của phép đo: độ lệch chuẩn × căn bậc hai của (1 − độ tin cậy)."),
        _("Chưa làm tới: câu bỏ trống sau câu cuối cùng có trả lời; bỏ trống: các câu còn lại."),
    ]
