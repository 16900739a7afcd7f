"""The article on prizes: the table with its total, and who may take how many."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quiz.rules.figures import show_money, show_number
from quiz.rules.prose_entry import Article, group_name
from quiz.rules.schema import GroupRules, PrizeTier, RuleDocument
from quiz.rules.sections import Clause, ProseContext, Table


def write_prizes(document: RuleDocument, context: ProseContext) -> Article:
    title = _("Giải thưởng")
    result = document.result
    if not result.prizes:
        return title, [Clause(_("Cuộc thi không trao giải cho cá nhân."))]
    clauses = [Clause(_("Cơ cấu giải của mỗi vòng thi:"), table=_prize_table(document, context))]
    if result.budget is not None:
        clauses.append(
            Clause(
                _("Kinh phí giải thưởng của mỗi vòng thi, cả cá nhân và tập thể, là %(money)s.")
                % {"money": show_money(result.budget)}
            )
        )
    total = round_money(document) * len(context.rounds)
    if total and len(context.rounds) > 1:
        clauses.append(
            Clause(
                _("Tổng tiền thưởng của %(rounds)s vòng thi là %(money)s.")
                % {"rounds": len(context.rounds), "money": show_money(total)}
            )
        )
    clauses.append(Clause(_limit_text(result.one_prize_per)))
    clauses += [Clause(text) for text in _side_texts(document)]
    if result.max_share_percent is not None:
        clauses.append(Clause(_share_text(document, result.max_share_percent)))
    if result.reserves:
        clauses.append(Clause(_reserves_text(document)))
    return title, clauses


def round_money(document: RuleDocument) -> int:
    """The prize money of one round over all groups, in VND."""
    return sum(tier.count * tier.money for _group, tier in _awarded(document))


def all_money(document: RuleDocument) -> int:
    """The prize money of one round, individual and collective, in VND."""
    units = document.result.unit_prizes
    return round_money(document) + (units.money if units else 0)


def _awarded(document: RuleDocument) -> list[tuple[GroupRules, PrizeTier]]:
    """Every tier with the group it is awarded in: one without a group stands in each."""
    return [
        (group, tier)
        for group in document.groups
        for tier in (*document.prizes_of(group.code), *document.side_prizes_of(group.code))
    ]


def _prize_table(document: RuleDocument, context: ProseContext) -> Table:
    several = len(document.groups) > 1
    paid = round_money(document) > 0
    rows = []
    for group, tier in _awarded(document):
        name = (group_name(group, context),) if several else ()
        money = (show_number(tier.money), show_number(tier.money * tier.count)) if paid else ()
        rows.append((*name, tier.name, show_number(tier.count), *money))
    headers = (
        *((_("Đối tượng"),) if several else ()),
        _("Giải"),
        _("Số giải"),
        *((_("Mức thưởng (đồng)"), _("Thành tiền (đồng)")) if paid else ()),
    )
    first = 2 if several else 1
    count = sum(tier.count for _group, tier in _awarded(document))
    foot = ("", show_number(round_money(document))) if paid else ()
    total = (_("Cộng"), *([""] * (first - 1)), show_number(count), *foot)
    return Table(headers, tuple(rows), numeric=tuple(range(first, len(headers))), total=total)


def _limit_text(per: str) -> str:
    return {
        "year": _(
            "Mỗi người chỉ nhận tối đa một giải trong một năm ở các cuộc thi của cùng đơn vị tổ "
            "chức. Người đã đạt giải không được xét giải nữa; giải được xét cho người xếp kế tiếp."
        ),
        "contest": _(
            "Mỗi người chỉ nhận tối đa một giải trong toàn bộ Cuộc thi. Người đã đạt giải ở vòng "
            "trước không được xét giải ở các vòng sau; giải được xét cho người xếp kế tiếp."
        ),
        "round": _("Mỗi người chỉ nhận tối đa một giải trong một vòng thi."),
        "none": _("Số giải một người có thể nhận không bị giới hạn."),
    }[per]


def _side_texts(document: RuleDocument) -> Iterator[str]:
    """How side prizes are given: after the others, by birth date, then by the ranking."""
    side = [tier for tier in document.result.prizes if tier.by != "rank"]
    if not side:
        return
    about = {
        "oldest": _("“%(prize)s” được trao cho người cao tuổi nhất trong số người được xếp hạng."),
        "youngest": _(
            "“%(prize)s” được trao cho người trẻ tuổi nhất trong số người được xếp hạng."
        ),
    }
    for tier in side:
        yield about[tier.by] % {"prize": tier.name}
    if document.result.one_prize_per != "none":
        yield _(
            "Giải xét theo tuổi được xét sau các giải theo thứ hạng; người đã đạt giải thì giải "
            "này được xét cho người kế tiếp về tuổi."
        )
    yield _(
        "Ngày sinh là ngày đã khai khi đăng ký; khai thiếu ngày hoặc tháng thì tính là ngày đầu "
        "của tháng hoặc năm đã khai. Người cùng ngày sinh được phân định theo thứ hạng, rồi theo "
        "cách phân định đồng hạng của thể lệ này."
    )


def _share_text(document: RuleDocument, percent: int) -> str:
    text = _(
        "Tổng số giải của một vòng thi không vượt quá %(percent)s%% số người dự thi của vòng đó."
    )
    if len(document.groups) > 1:
        text = _(
            "Trong một vòng thi, số giải của mỗi đối tượng dự thi không vượt quá %(percent)s%% số "
            "người dự thi thuộc đối tượng đó."
        )
    return text % {"percent": percent}


def _reserves_text(document: RuleDocument) -> str:
    text = _(
        "Ban Tổ chức lập danh sách dự bị gồm %(count)s người xếp ngay sau những người đạt giải. "
        "Người dự bị chỉ được trao giải khi có quyết định của Ban Tổ chức."
    )
    if len(document.groups) > 1:
        text = _(
            "Ở mỗi đối tượng dự thi, Ban Tổ chức lập danh sách dự bị gồm %(count)s người xếp ngay "
            "sau những người đạt giải. Người dự bị chỉ được trao giải khi có quyết định của Ban Tổ "
            "chức."
        )
    return text % {"count": show_number(document.result.reserves)}
