"""What proposal and minutes both tell: who took part, what was settled, how ties were broken."""

from collections.abc import Iterator

from accounts.dates import show_moment
from quiz.domain.result_papers import CorrectedFacts, ResultFacts, SettledTie
from quiz.interfaces.word.decree30 import show_date
from quiz.rules.figures import show_number

NAMED = 12  # a longer list of tied people stands in the system, not in a paragraph


def about_result(facts: ResultFacts) -> str:
    """What proposal and decision are about."""
    return "đính chính kết quả" if facts.replaces else "công nhận kết quả"


def findings(facts: ResultFacts) -> Iterator[str]:
    """Sentences in the order of the work, each a paragraph of its own."""
    if facts.replaces:
        yield f"Bản công bố này thay cho bản công bố số {facts.replaces.number}: {earlier(facts)}."
    yield from map(corrected, facts.corrections)
    yield _participation(facts)
    yield _fates(facts)
    yield _duplicates(facts)
    if facts.voided:
        told = "; ".join(
            f"{_reason(why)} ({show_number(count)} bài)" for why, count in facts.voided
        )
        yield f"Bài bị huỷ và lý do: {told}."
    if facts.extra_attempts:
        yield (
            f"Ban Tổ chức cho thi thêm {show_number(facts.extra_attempts)} lượt, mỗi lượt có lý do "
            "ghi trong nhật ký."
        )
    for group, sentence in facts.values:
        of = f" ({group})" if len(facts.values) > 1 and group else ""
        yield f"Giá trị thực của câu dự đoán{of}: {_lower(sentence)}"
    yield from map(_tie, facts.ties)
    if not facts.ties:
        yield "Không có trường hợp đồng hạng phải phân định để trao giải."


def earlier(facts: ResultFacts) -> str:
    """The decision by which the release that is replaced was published."""
    replaced = facts.replaces
    if replaced is None:
        return ""
    day = f" {show_date(replaced.decision_date)}" if replaced.decision_date else ""
    return f"Quyết định số {replaced.decision_number}{day}"


def corrected(made: CorrectedFacts) -> str:
    """A correction's published reason and what it did, without naming anybody."""
    done = {
        "sửa đáp án {} câu": made.keys,
        "huỷ {} bài": made.voided,
        "khôi phục {} bài": made.restored,
        "thu hồi {} giải": made.withdrawn,
    }
    told = ", ".join(words.format(show_number(count)) for words, count in done.items() if count)
    return f"Đính chính số {made.number}: {_reason(made.reason)}{'; ' if told else ''}{told}."


def _participation(facts: ResultFacts) -> str:
    round, counts = facts.round, facts.counts
    entries = counts["counted"] + counts["superseded"] + counts["unranked"]
    return (
        f"{round.name} mở lúc {show_moment(round.opens_at)}, đóng lúc "
        f"{show_moment(round.closes_at)}: {show_number(facts.totals.persons)} người dự thi, "
        f"{show_number(entries)} lượt thi hợp lệ."
    )


def _fates(facts: ResultFacts) -> str:
    counts = {name: show_number(count) for name, count in facts.counts.items()}
    size = show_number(facts.release.document["size"])
    return (
        f"Niêm phong {size} bài: {counts['counted']} bài được xếp hạng, {counts['superseded']} bài "
        f"không phải lượt tính, {counts['unranked']} bài không đủ điều kiện xếp hạng, "
        f"{counts['voided']} bài bị huỷ, {counts['duplicate']} bài của người đã đăng ký trùng."
    )


def _duplicates(facts: ResultFacts) -> str:
    same, different = facts.duplicates["same"], facts.duplicates["different"]
    if not same + different:
        return "Không có trường hợp nghi trùng phải xem xét."
    return (
        f"Đã xem xét {show_number(same + different)} trường hợp nghi trùng của cuộc thi: "
        f"{show_number(same)} trường hợp là cùng một người, {show_number(different)} trường hợp "
        f"là người khác nhau."
    )


def _tie(tie: SettledTie) -> str:
    how = (
        f"bốc thăm theo nguồn “{tie.source}”, kết quả {tie.seed}"
        if tie.by_lot
        else "Ban Tổ chức quyết định"
    )
    names = ", ".join(tie.names[:NAMED]) + (", …" if len(tie.names) > NAMED else "")
    return (
        f"Đồng hạng ở đối tượng {tie.group}, {show_number(len(tie.names))} người: {how} "
        f"(biên bản {tie.minutes}); thứ tự: {names}."
    )


def _reason(text: str) -> str:
    return text.strip().rstrip(".") or "không ghi lý do"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
