"""The articles on entering: when, who, how to register, what the paper is made of.

Each function returns its title and its clauses; no clauses, no article.
"""

from django.utils.translation import gettext as _

from accounts.dates import show_moment
from quiz.enums import Level
from quiz.rules.figures import join_words, show_number
from quiz.rules.labels import identity_label
from quiz.rules.schema import GroupRules, RuleDocument
from quiz.rules.sections import Clause, ProseContext, Table

Article = tuple[str, list[Clause]]


def group_name(group: GroupRules, context: ProseContext) -> str:
    return context.group_names.get(group.code, group.name)


def write_schedule(_document: RuleDocument, context: ProseContext) -> Article:
    clauses = [
        Clause(
            _(
                "“%(contest)s” (sau đây gọi là Cuộc thi) do %(body)s tổ chức theo hình thức thi "
                "trắc nghiệm trực tuyến. Ban Tổ chức Cuộc thi sau đây gọi là Ban Tổ chức."
            )
            % {"contest": context.contest_title, "body": context.body_name}
        )
    ]
    if context.rounds:
        rows = tuple(
            (name, show_moment(opens), show_moment(closes))
            for name, opens, closes in context.rounds
        )
        table = Table((_("Vòng thi"), _("Mở lúc"), _("Đóng lúc")), rows)
        clauses.append(Clause(_("Thời gian tổ chức các vòng thi:"), table=table))
    else:
        clauses.append(
            Clause(_("Thời gian mở và đóng từng vòng thi được thông báo trên trang của Cuộc thi."))
        )
    clauses.append(
        Clause(
            _(
                "Giờ ghi trong Thể lệ này là giờ Việt Nam. Mọi mốc thời gian được xác định theo "
                "đồng hồ của máy chủ, không theo đồng hồ trên thiết bị của người dự thi."
            )
        )
    )
    return _("Tên gọi và thời gian tổ chức"), clauses


def write_audience(document: RuleDocument, context: ProseContext) -> Article:
    names = [group_name(group, context) for group in document.groups]
    if len(names) == 1:
        clauses = [Clause(_("Đối tượng dự thi: %(group)s.") % {"group": names[0]})]
    else:
        text = _(
            "Cuộc thi dành cho các đối tượng sau; mỗi đối tượng có đề thi và bảng xếp hạng riêng:"
        )
        clauses = [Clause(text, bullets=tuple(f"{name}." for name in names))]
    age = document.entry.minimum_age
    if age is not None:
        text = _("Người dự thi phải từ đủ %(age)s tuổi trở lên tính đến ngày đăng ký dự thi.")
        clauses.append(Clause(f"{text % {'age': age}} {_birth_text(document)}".strip()))
    clauses.append(
        Clause(
            _(
                "Thành viên Ban Tổ chức, người biên soạn và thẩm định câu hỏi, người phụ trách kỹ "
                "thuật và người thân của họ, theo danh sách do Ban Tổ chức lập, được dự thi nhưng "
                "không được xét giải; người đã xem đáp án trước khi vòng thi đóng cũng vậy."
            )
        )
    )
    if document.count_secrecy:
        clauses.append(
            Clause(
                _(
                    "Người đã xem số liệu tổng hợp về số người, số lượt dự thi khi vòng thi chưa "
                    "đóng không được xét giải của Cuộc thi."
                )
            )
        )
    return _("Đối tượng dự thi"), clauses


def _birth_text(document: RuleDocument) -> str:
    return {
        "day": "",
        "month": _("Ngày sinh được tính là ngày đầu tiên của tháng đã khai."),
        "year": _("Ngày sinh được tính là ngày đầu tiên của năm đã khai."),
    }[document.entry.birth_precision]


def write_registration(document: RuleDocument, _context: ProseContext) -> Article:
    entry = document.entry
    points = []
    for field in entry.identity_fields:
        label = identity_label(field.name, entry.birth_precision)
        kind = _("bắt buộc") if field.required else _("không bắt buộc")
        points.append(_("%(field)s (%(kind)s).") % {"field": label, "kind": kind})
    clauses = [
        Clause(
            _("Người dự thi không cần lập tài khoản. Khi đăng ký, người dự thi khai:"),
            bullets=tuple(points),
        ),
        Clause(
            _(
                "Người dự thi chịu trách nhiệm về tính chính xác của thông tin đã khai. Sau khi "
                "đăng ký, người dự thi nhận một mã dự thi; mã này chỉ hiển thị một lần, dùng để "
                "vào lại bài thi trên thiết bị khác, dự các vòng sau và tra cứu kết quả. Không cho "
                "người khác biết mã dự thi."
            )
        ),
        Clause(_identity_text(document)),
        *(Clause(text) for text in _reentry_texts(document)),
    ]
    if "phone" in entry.asked_fields:
        clauses.append(Clause(_phone_text(entry.persons_per_phone)))
    return _("Đăng ký dự thi"), clauses


def _identity_text(document: RuleDocument) -> str:
    entry = document.entry
    precision = None if entry.birth_precision == "day" else entry.birth_precision
    key = [identity_label(name, precision) for name in entry.identity_key]
    words = [word[0].lower() + word[1:] for word in key]
    return _(
        "Các đăng ký trùng nhau về %(key)s được Ban Tổ chức xem xét; nếu xác định là cùng một "
        "người thì chỉ tính bài thi của đăng ký sớm nhất."
    ) % {"key": join_words(words)}


def _reentry_texts(document: RuleDocument) -> list[str]:
    """The ways back besides the mã dự thi; none where only that one opens an entry."""
    entry = document.entry
    texts = []
    if entry.reentry_by_contact:
        texts.append(
            _(
                "Người mất mã dự thi được vào lại bằng mã dùng một lần gửi tới số điện thoại hoặc "
                "thư điện tử đã khai khi đăng ký, nếu trang của Cuộc thi có mở cách này."
            )
        )
    if entry.reentry == "staff_code_and_birth_date":
        texts.append(
            _(
                "Người có tên trong danh sách cán bộ, công chức, viên chức đã đăng ký bằng mã cán "
                "bộ và ngày sinh được vào lại bằng hai thông tin này, kể cả bài đang làm dở; khi "
                "đó trang không hiện bài đã nộp và kết quả. Mỗi lần vào lại được ghi nhận. Phát "
                "hiện người khác vào thay, người dự thi báo ngay cho Ban Tổ chức ở mục “Không phải "
                "tôi”."
            )
        )
    return texts


def _phone_text(limit: int | None) -> str:
    if limit is None:
        return _("Nhiều người có thể dùng chung một số điện thoại để đăng ký.")
    return _("Một số điện thoại được dùng để đăng ký cho tối đa %(count)s người dự thi.") % {
        "count": limit
    }


def write_paper(document: RuleDocument, context: ProseContext) -> Article:
    papers = [group.paper for group in document.groups]
    clauses = _paper_clauses(document, context)
    if any(paper.fixed_items is None for paper in papers):
        clauses.append(
            Clause(
                _(
                    "Câu hỏi của từng đề thi được hệ thống rút ngẫu nhiên từ ngân hàng câu hỏi đã "
                    "được duyệt. Cách rút đề được công bố để bất kỳ ai cũng có thể kiểm tra lại."
                )
            )
        )
    shuffled = []
    if any(paper.shuffle_items for paper in papers):
        shuffled.append(_("thứ tự câu hỏi"))
    if any(paper.shuffle_options for paper in papers):
        shuffled.append(_("thứ tự phương án trả lời"))
    if shuffled:
        clauses.append(
            Clause(
                _(
                    "Mỗi lượt thi được xáo trộn %(what)s; câu hỏi cần giữ nguyên thứ tự phương án "
                    "thì không xáo trộn phương án."
                )
                % {"what": join_words(shuffled)}
            )
        )
    clauses.append(
        Clause(
            _(
                "Khi vòng thi mở, bộ câu hỏi, đáp án và thể lệ được chốt, mã cam kết của chúng "
                "được công bố trên trang của Cuộc thi; nhờ đó có thể kiểm tra rằng chúng không bị "
                "thay đổi về sau."
            )
        )
    )
    return _("Đề thi"), clauses


def _paper_clauses(document: RuleDocument, context: ProseContext) -> list[Clause]:
    counts = {group.paper.item_count for group in document.groups}
    table = _blueprint_table(document, context)
    if len(counts) == 1:
        text = _("Mỗi đề thi gồm %(count)s câu hỏi trắc nghiệm.") % {"count": counts.pop()}
        points: tuple[str, ...] = ()
    else:
        text = _("Số câu hỏi trắc nghiệm của mỗi đề thi:")
        points = tuple(
            _("%(group)s: %(count)s câu.")
            % {"group": group_name(group, context), "count": group.paper.item_count}
            for group in document.groups
        )
    clauses = [Clause(text, bullets=points)]
    if table is not None:
        clauses.append(Clause(_("Cơ cấu đề thi:"), table=table))
    return clauses


def _blueprint_table(document: RuleDocument, context: ProseContext) -> Table | None:
    """The blueprint, if it says more than a number of items."""
    rows = [
        (group_name(group, context), row)
        for group in document.groups
        for row in group.paper.blueprint
    ]
    if not any(row.topic or row.level for _name, row in rows):
        return None
    levels = dict(Level.choices)
    several = len(document.groups) > 1
    cells = tuple(
        (
            *((name,) if several else ()),
            row.topic or _("Mọi chủ đề"),
            str(levels.get(row.level, row.level)) if row.level else _("Mọi mức độ"),
            show_number(row.count),
        )
        for name, row in rows
    )
    first = (_("Đối tượng"),) if several else ()
    headers = (*first, _("Chủ đề"), _("Mức độ"), _("Số câu"))
    return Table(headers, cells, numeric=(len(headers) - 1,))
