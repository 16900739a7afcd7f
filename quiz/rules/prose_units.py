"""The article on collective prizes: the formula in words, an example worked out, the prizes."""

from fractions import Fraction

from django.utils.translation import gettext as _

from quiz.engine.unit_prizes import Condition, Result, Unit, evaluate
from quiz.rules.figures import show_number
from quiz.rules.prose_entry import Article
from quiz.rules.schema import RuleDocument
from quiz.rules.sections import Clause, ProseContext, Table
from quiz.rules.unit_prizes import UnitPrizeRules
from quiz.rules.unit_words import condition_text, meaning, short_name, show_points, tie_text

# 100 people; of 70 who entered half have 30 % of the marks, half 10 %; one is an individual winner.
# The board gives it 60 points where the formula has points.
EXAMPLE = Unit("", 100, 70, 100, 70, ((Fraction(30), 35), (Fraction(10), 35)), 1, Fraction(60))


def write_unit_prizes(document: RuleDocument, _context: ProseContext) -> Article:
    """No clauses where the rules have no collective prize."""
    title = _("Giải tập thể")
    rules = document.result.unit_prizes
    if rules is None:
        return title, []
    clauses = [
        Clause(_who_text(rules), tuple(_blocs(rules))),
        Clause(_sum_text(rules), tuple(_component_texts(rules))),
    ]
    if rules.conditions:
        conditions = tuple(_with_stop(condition_text(each)) for each in rules.conditions)
        clauses.append(Clause(_("Chỉ xét đơn vị đạt các điều kiện sau:"), conditions))
    clauses += [
        Clause(_rounding_text(rules)),
        Clause(_tie_chain(rules)),
        Clause(example_text(rules)),
    ]
    if rules.prizes:
        clauses.append(Clause(_("Cơ cấu giải tập thể của mỗi vòng thi:"), table=_table(rules)))
    return title, clauses


def _who_text(rules: UnitPrizeRules) -> str:
    text = {
        "listed": _(
            "Ở mỗi vòng thi, giải tập thể được xét cho các đơn vị có người trong danh sách bắt "
            "buộc. Người được tính là người trong danh sách của đơn vị; người được miễn không tính."
        ),
        "everybody": _(
            "Ở mỗi vòng thi, giải tập thể được xét cho các đơn vị đã có số biên chế tính đến ngày "
            "vòng thi đóng. Người được tính là mọi người dự thi của đơn vị, thuộc đối tượng mà "
            "danh sách bắt buộc nêu (nếu có); người được miễn được trừ khỏi biên chế."
        ),
    }[rules.members]
    whole = _("Đơn vị trực thuộc được tính riêng.")
    if not rules.blocs:
        return f"{text} {whole}"
    return " ".join([text, whole, _("Các khối sau được xếp hạng và trao giải riêng:")])


def _blocs(rules: UnitPrizeRules) -> list[str]:
    return [_with_stop(bloc.name) for bloc in rules.blocs]


def _sum_text(rules: UnitPrizeRules) -> str:
    if len(rules.components) == 1:
        return _("Kết quả của đơn vị, từ 0 đến 100, là:")
    return _(
        "Kết quả của đơn vị, từ 0 đến 100, là tổng của các thành phần sau; mỗi thành phần tính từ "
        "0 đến 100 rồi nhân với trọng số:"
    )


def _component_texts(rules: UnitPrizeRules) -> list[str]:
    formula = rules.formula()
    if len(formula.components) == 1:
        return [_with_stop(meaning(formula.components[0]))]
    return [
        _with_stop(
            _("%(weight)s %% %(meaning)s")
            % {"weight": show_number(rule.weight), "meaning": meaning(part)}
        )
        for rule, part in zip(rules.components, formula.components, strict=True)
    ]


def formula_line(rules: UnitPrizeRules) -> str:
    """“50 % Tỷ lệ hoàn thành + 30 % Điểm trung bình + …”, for the head of a table."""
    parts = zip(rules.components, rules.formula().components, strict=True)
    return " + ".join(
        _("%(weight)s %% %(meaning)s")
        % {"weight": show_number(rule.weight), "meaning": short_name(part)}
        for rule, part in parts
    )


def condition_of(rules: UnitPrizeRules, condition: Condition) -> str:
    """A condition of the formula in the words of the rules."""
    return condition_text(rules.conditions[rules.formula().conditions.index(condition)])


def _with_stop(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _rounding_text(rules: UnitPrizeRules) -> str:
    text = _(
        "Mỗi thành phần và kết quả được làm tròn đến %(decimals)s chữ số thập phân, từ một nửa "
        "trở lên làm tròn lên; thứ hạng theo số đã làm tròn."
    ) % {"decimals": rules.decimals}
    return f"{text} {_('Điều kiện xét theo số chưa làm tròn.')}" if rules.conditions else text


def _tie_chain(rules: UnitPrizeRules) -> str:
    kinds = rules.formula().ties
    if not kinds:
        return _("Các đơn vị bằng nhau do Ban Tổ chức quyết định và lập biên bản.")
    return _(
        "Các đơn vị bằng nhau được xét lần lượt: %(ties)s; nếu vẫn bằng nhau thì Ban Tổ chức quyết "
        "định và lập biên bản."
    ) % {"ties": "; ".join(tie_text(kind) for kind in kinds)}


def example_text(rules: UnitPrizeRules) -> str:
    """The formula worked out for `EXAMPLE`: “… 50 % × 70,00 + 30 % × 20,00 + … = 41,00.”"""
    result = evaluate(rules.formula(), EXAMPLE)
    text = _(
        "Ví dụ: đơn vị có 100 người đều trong danh sách; 70 người đã thi, 35 người đạt 30 %% và 35 "
        "người đạt 10 %% điểm tối đa; có một người đạt giải cá nhân. Kết quả: %(sum)s."
    ) % {"sum": sum_text(rules, result)}
    if rules.component("points"):
        text += " " + _("Ban Tổ chức chấm đơn vị này 60 điểm.")
    if result.barred:
        text += " " + _("Đơn vị này không được xét vì chưa đạt điều kiện.")
    return text


def sum_text(rules: UnitPrizeRules, result: Result) -> str:
    """“50 % × 70,00 + 30 % × 20,00 + 20 % × 0,00 = 41,00”."""
    weighed = zip(rules.components, result.figures, strict=False)
    terms = [
        _("%(weight)s %% × %(figure)s")
        % {
            "weight": show_number(part.weight),
            "figure": show_points(figure, rules.decimals),
        }
        for part, figure in weighed
    ]
    return f"{' + '.join(terms)} = {show_points(result.sum, rules.decimals)}"


def _table(rules: UnitPrizeRules) -> Table:
    """As awarded: a tier without a bloc stands in each."""
    rows = [("", tier) for tier in rules.prizes if not rules.blocs]
    rows += [(bloc.name, tier) for bloc in rules.blocs for tier in rules.prizes_of(bloc.code)]
    several = bool(rules.blocs)
    cells = tuple(
        (
            *((name,) if several else ()),
            tier.name,
            show_number(tier.count),
            show_number(tier.money),
            show_number(tier.count * tier.money),
        )
        for name, tier in rows
    )
    headers = (
        *((_("Khối đơn vị"),) if several else ()),
        _("Giải"),
        _("Số giải"),
        _("Mức thưởng (đồng)"),
        _("Thành tiền (đồng)"),
    )
    first = len(headers) - 3
    count = sum(tier.count for _name, tier in rows)
    money = sum(tier.count * tier.money for _name, tier in rows)
    empty = [""] * (first - 1)
    total = (_("Cộng"), *empty, show_number(count), "", show_number(money))
    return Table(headers, cells, numeric=tuple(range(first, len(headers))), total=total)
