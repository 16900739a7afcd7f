"""The articles on results: ranking, publication, complaints, personal data, the closing one.

Each function returns its title and its clauses; no clauses, no article.
"""

from django.utils.translation import gettext as _

from quiz.rules.figures import show_long_date
from quiz.rules.labels import PRECISION, criterion_label, identity_label
from quiz.rules.prose_entry import Article
from quiz.rules.schema import PRECISIONS, Criterion, RuleDocument
from quiz.rules.sections import Clause, ProseContext


def write_ranking(document: RuleDocument, _context: ProseContext) -> Article:
    clauses = []
    if document.entry.attempts_per_round != 1:
        text = _counted_text(document.result.counted_attempt)
        if document.result.has("prediction_error"):
            text = f"{text} {_('Số dự đoán được lấy từ chính bài đó.')}"
        clauses.append(Clause(text))
    chain = document.result.chain
    text = _(
        "Kết quả của mỗi vòng thi được xếp theo lần lượt các tiêu chí sau; chỉ khi bằng nhau ở "
        "tiêu chí trước mới xét tiêu chí tiếp theo:"
    )
    if len(document.groups) > 1:
        text = _(
            "Kết quả của mỗi vòng thi được xếp riêng cho từng đối tượng dự thi, theo lần lượt các "
            "tiêu chí sau; chỉ khi bằng nhau ở tiêu chí trước mới xét tiêu chí tiếp theo:"
        )
    clauses.append(Clause(text, bullets=tuple(_criterion_text(criterion) for criterion in chain)))
    if any(criterion.kind == "lot" for criterion in chain):
        clauses.append(
            Clause(
                _(
                    "Trước khi bốc thăm, Ban Tổ chức công bố mã của danh sách những người còn bằng "
                    "nhau và nguồn ngẫu nhiên sẽ dùng. Việc bốc thăm được lập biên bản."
                )
            )
        )
    return _("Xếp hạng"), clauses


def _counted_text(counted: str) -> str:
    return {
        "best": _(
            "Người dự thi có nhiều bài thi trong một vòng thì bài tốt nhất theo các tiêu chí của "
            "Điều này được tính."
        ),
        "first": _(
            "Người dự thi có nhiều bài thi trong một vòng thì bài hợp lệ đầu tiên được tính."
        ),
        "last": _(
            "Người dự thi có nhiều bài thi trong một vòng thì bài hợp lệ cuối cùng được tính."
        ),
    }[counted]


def _criterion_text(criterion: Criterion) -> str:
    texts = {
        ("all_correct", "desc"): _(
            "Trả lời đúng tất cả các câu hỏi; bài chưa đúng tất cả không được xét giải."
        ),
        ("score", "desc"): _("Điểm bài thi cao hơn."),
        ("prediction_error", "asc"): _("Sai số dự đoán nhỏ hơn."),
        ("duration", "asc"): _("Thời gian làm bài ngắn hơn, tính đến %(precision)s."),
        ("duration", "desc"): _("Thời gian làm bài dài hơn, tính đến %(precision)s."),
        ("duration_share", "asc"): _(
            "Tỷ lệ phần trăm thời gian làm bài trên thời gian người đó được làm nhỏ hơn, tính đến "
            "%(precision)s."
        ),
        ("duration_share", "desc"): _(
            "Tỷ lệ phần trăm thời gian làm bài trên thời gian người đó được làm lớn hơn, tính đến "
            "%(precision)s."
        ),
        ("submitted_at", "asc"): _("Thời điểm nộp bài sớm hơn, tính đến %(precision)s."),
        ("submitted_at", "desc"): _("Thời điểm nộp bài muộn hơn, tính đến %(precision)s."),
        ("attempts_used", "asc"): _("Đã thi ít lượt hơn trong vòng thi."),
        ("attempts_used", "desc"): _("Đã thi nhiều lượt hơn trong vòng thi."),
        ("registered_at", "asc"): _("Thời điểm đăng ký dự thi sớm hơn, tính đến %(precision)s."),
        ("registered_at", "desc"): _("Thời điểm đăng ký dự thi muộn hơn, tính đến %(precision)s."),
        ("age", "desc"): _("Người nhiều tuổi hơn."),
        ("age", "asc"): _("Người ít tuổi hơn."),
        ("lot", "asc"): _("Bốc thăm giữa những người còn bằng nhau."),
        ("decision", "asc"): _(
            "Ban Tổ chức xem xét, quyết định giữa những người còn bằng nhau và lập biên bản."
        ),
    }
    # A reversed one is refused by `check_rules`, but a draft is read before it is checked.
    reversed_text = f"{criterion_label(criterion.kind)}."
    key = (criterion.kind, criterion.direction or "asc")
    fits = criterion.precision in PRECISIONS.get(criterion.kind, ())
    text = _cut_texts().get(key) if fits else None
    word = "hundredth" if criterion.kind == "duration_share" and not fits else criterion.precision
    precision = _("mili giây") if word == "ms" else str(PRECISION[word])
    return (text or texts.get(key, reversed_text)) % {"precision": precision}


def _cut_texts() -> dict[tuple[str, str], str]:
    """What is compared whole unless the rules cut it."""
    return {
        ("score", "desc"): _("Điểm bài thi cao hơn, tính đến %(precision)s."),
        ("prediction_error", "asc"): _("Sai số dự đoán nhỏ hơn, tính đến %(precision)s."),
        ("age", "desc"): _("Người nhiều tuổi hơn, tính đến %(precision)s."),
        ("age", "asc"): _("Người ít tuổi hơn, tính đến %(precision)s."),
    }


def write_publication(document: RuleDocument, _context: ProseContext) -> Article:
    result = document.result
    shown = {
        "at_submit": _(
            "Điểm hiển thị ngay khi nộp bài là điểm tạm tính; kết quả chính thức là kết quả do Ban "
            "Tổ chức công bố."
        ),
        "after_release": _(
            "Điểm không hiển thị khi nộp bài. Sau khi kết quả được công bố, người dự thi tra cứu "
            "điểm của mình bằng mã dự thi."
        ),
    }[result.score_shown]
    key = {
        "after_release": _("Đáp án được công bố sau khi kết quả của vòng thi được công bố."),
        "never": _("Đáp án không được công bố."),
    }[result.key_shown]
    names = {
        "initials": _(
            "Tên người đạt giải chưa đủ 16 tuổi chỉ được viết tắt, trừ khi người đó và người giám "
            "hộ đã đồng ý công bố họ tên."
        ),
        "consent": _(
            "Tên người đạt giải chưa đủ 16 tuổi chỉ được công bố khi người đó và người giám hộ đã "
            "đồng ý."
        ),
    }[result.minor_names]
    return _("Biên nhận và công bố kết quả"), [
        Clause(
            _(
                "Khi nộp bài, người dự thi nhận biên nhận điện tử có chữ ký số, ghi lại bài làm mà "
                "máy chủ đã nhận. Người dự thi giữ biên nhận để đối chiếu khi cần."
            )
        ),
        Clause(shown),
        Clause(
            _(
                "Kết quả từng vòng thi được công bố theo quyết định của Ban Tổ chức trên trang của "
                "Cuộc thi. Danh sách công bố chỉ gồm họ tên, đơn vị và kết quả."
            )
        ),
        Clause(names),
        Clause(key),
        Clause(
            _(
                "Cùng với kết quả, Ban Tổ chức công bố bộ dữ liệu kiểm chứng không có thông tin "
                "định danh của người không đạt giải để bất kỳ ai cũng có thể tính lại kết quả."
            )
        ),
    ]


def write_complaints(document: RuleDocument, context: ProseContext) -> Article:
    contact = (
        _("qua điện thoại hỗ trợ %(hotline)s") % {"hotline": context.hotline}
        if context.hotline
        else _("cho Ban Tổ chức")
    )
    return _("Khiếu nại, sự cố và xử lý vi phạm"), [
        Clause(
            _(
                "Khiếu nại về kết quả được gửi đến Ban Tổ chức trong %(days)s ngày kể từ ngày "
                "công bố kết quả của vòng thi. Quá thời hạn này, khiếu nại không được xem xét."
            )
            % {"days": document.result.complaint_days}
        ),
        Clause(
            _(
                "Gặp sự cố kỹ thuật, người dự thi báo ngay %(contact)s. Ban Tổ chức giải quyết căn "
                "cứ vào dữ liệu ghi trên hệ thống; có thể gia hạn hoặc cho thi thêm một lượt và "
                "ghi rõ lý do."
            )
            % {"contact": contact}
        ),
        Clause(
            _("Bài thi bị huỷ, giải đã trao bị thu hồi trong các trường hợp:"),
            bullets=(
                _("Mạo danh hoặc khai thông tin của người khác."),
                _("Thi hộ, nhờ người khác thi hộ hoặc dùng chung mã dự thi."),
                _("Đăng ký nhiều lần cho cùng một người để có thêm lượt thi."),
                _("Can thiệp vào hệ thống hoặc dùng phần mềm để làm bài thay người."),
            ),
        ),
        Clause(
            _(
                "Khi có bài bị huỷ hoặc giải bị thu hồi, kết quả được xếp lại và chỉ có hiệu lực "
                "khi được công bố bằng quyết định mới."
            )
        ),
    ]


def write_data_protection(document: RuleDocument, _context: ProseContext) -> Article:
    clauses = [
        Clause(
            _(
                "Dữ liệu cá nhân chỉ được thu thập khi người dự thi đồng ý và chỉ được dùng để tổ "
                "chức Cuộc thi, xét giải, trao giải và thống kê, theo Luật Bảo vệ dữ liệu cá nhân "
                "số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP."
            )
        ),
        Clause(_protection_text(document)),
        Clause(
            _(
                "Người dự thi có quyền xem, yêu cầu sửa, xoá dữ liệu cá nhân của mình và rút lại "
                "sự đồng ý. Ban Tổ chức trả lời yêu cầu trong 2 ngày làm việc."
            )
        ),
    ]
    return _("Bảo vệ dữ liệu cá nhân"), clauses


def _protection_text(document: RuleDocument) -> str:
    kept = [
        identity_label(name)
        for name in ("phone", "national_id")
        if name in document.entry.asked_fields
    ]
    common = _(
        "Ban Tổ chức không thu ảnh giấy tờ tuỳ thân và không công bố thông tin liên lạc của người "
        "dự thi."
    )
    if not kept:
        return common
    sealed = _("%(fields)s được mã hoá khi lưu.") % {"fields": "; ".join(kept)}
    return f"{common} {sealed}"


def write_execution(document: RuleDocument, context: ProseContext) -> Article:
    clauses = [
        *_decision_clauses(document),
        Clause(
            _(
                "Người dự thi đồng ý với Thể lệ này khi đăng ký dự thi. Ban Tổ chức chịu trách "
                "nhiệm hướng dẫn và tổ chức thực hiện."
            )
        ),
        Clause(
            _(
                "Việc sửa đổi, bổ sung Thể lệ được thông báo bằng văn bản trên trang của Cuộc thi. "
                "Bài thi đã bắt đầu theo phiên bản nào thì quy định về dự thi của phiên bản đó "
                "được áp dụng; thay đổi về xét kết quả sau khi vòng thi mở được nêu rõ khi công bố."
            )
        ),
    ]
    if context.hotline:
        clauses.append(Clause(_("Điện thoại hỗ trợ: %(hotline)s.") % {"hotline": context.hotline}))
    return _("Tổ chức thực hiện"), clauses


def _decision_clauses(document: RuleDocument) -> list[Clause]:
    """By which paper these rules were issued, once there is one."""
    if not document.decision_number:
        return []
    if document.decision_date is None:
        text = _("Thể lệ này được ban hành kèm theo Quyết định số %(number)s.")
        return [Clause(text % {"number": document.decision_number})]
    text = _("Thể lệ này được ban hành kèm theo Quyết định số %(number)s %(date)s.")
    date = show_long_date(document.decision_date)
    return [Clause(text % {"number": document.decision_number, "date": date})]
