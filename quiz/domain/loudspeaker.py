"""A script of one minute for the commune's loudspeakers, in words that can be read aloud.

A reader says 150 to 170 Vietnamese words (syllables) in a minute. What has to be said comes first;
sentences of use fill the rest of the minute, the most useful first.
"""

import re
from collections.abc import Iterator

from quiz.domain.launch_papers import LaunchFacts
from quiz.domain.spoken import say_address, say_digits, say_moment, say_number

FEWEST, MOST = 150, 170
# With these limits what must be said never exceeds a minute; a filling sentence is no longer than
# the room between FEWEST and MOST, so the last one always fits.
LONGEST_TITLE, LONGEST_BODY, LONGEST_ADDRESS = 20, 14, 18
LONGEST_FILLER = MOST - FEWEST
_TELEPHONE = re.compile(r"[\d .()+-]{8,}")
_PARENTHESES = re.compile(r"\s*[(\[].*?[)\]]")


def count_words(text: str) -> int:
    return len(text.split())


def loudspeaker_script(facts: LaunchFacts) -> str:
    """The script, a paragraph of sentences of FEWEST to MOST words."""
    told = list(_must_be_said(facts))
    closing = "Xin trân trọng cảm ơn!"
    total = sum(map(count_words, told)) + count_words(closing)
    for sentence in _fillers(facts):
        length = count_words(sentence)
        if total < FEWEST and length <= LONGEST_FILLER:
            told.append(sentence)
            total += length
    return " ".join([*told, closing])


def _must_be_said(facts: LaunchFacts) -> Iterator[str]:
    codes = {code for code, _name in facts.groups}
    officials_only = codes == {"can-bo"}
    yield (
        "Kính thưa các đồng chí cán bộ, công chức, viên chức!"
        if officials_only
        else "Kính thưa toàn thể bà con!"
    )
    body = _cut(facts.body_name, LONGEST_BODY)
    title = _cut(_PARENTHESES.sub("", facts.title), LONGEST_TITLE)
    title = re.sub(r"^cuộc thi\s+", "", title, flags=re.IGNORECASE)
    yield f"{body} tổ chức cuộc thi trực tuyến “{title}”."
    if facts.opens_at and facts.closes_at:
        yield f"Thời gian thi từ {say_moment(facts.opens_at)}, đến {say_moment(facts.closes_at)}."
    else:
        yield "Thời gian thi sẽ được thông báo trên loa trong các buổi sau."
    yield _way_in(facts)
    yield _paper(facts)
    if number := _TELEPHONE.search(facts.hotline):
        yield f"Cần hỗ trợ, xin gọi số {say_digits(number[0][:16])}."


def _cut(text: str, longest: int) -> str:
    """At most so many words, ended where a reader would pause if there is such a place."""
    words = text.split()
    if len(words) <= longest:
        return text.strip()
    kept = " ".join(words[:longest])
    paused = re.split(r"[,;:–—]\s", kept)
    return (" ".join(paused[:-1]) if len(paused) > 1 else kept).rstrip(" ,;:–—")


def _spoken_host(facts: LaunchFacts) -> str:
    """The address in words, or "" when nobody could remember it."""
    said = say_address(facts.host)
    return said if 0 < count_words(said) <= LONGEST_ADDRESS else ""


def _way_in(facts: LaunchFacts) -> str:
    if host := _spoken_host(facts):
        return f"Dùng điện thoại có mạng, vào trang {host}, chọn cuộc thi rồi bấm Vào thi."
    return "Dùng điện thoại có mạng, quét mã trên tờ treo tại bảng tin, rồi bấm Vào thi."


def _paper(facts: LaunchFacts) -> str:
    counts = sorted({group.paper.item_count for group in facts.document.groups})
    items = " đến ".join(dict.fromkeys(map(say_number, (counts[0], counts[-1])))) if counts else ""
    limit = facts.document.entry.time_limit_seconds
    if limit is None:
        return f"Mỗi bài thi gồm {items} câu hỏi, không giới hạn thời gian làm bài."
    minutes = max(1, limit // 60)
    return f"Mỗi bài thi gồm {items} câu hỏi, làm trong {say_number(minutes)} phút."


def _fillers(facts: LaunchFacts) -> Iterator[str]:
    """In the order of their use; each at most LONGEST_FILLER words, longer ones are left out."""
    entry, first = facts.document.entry, facts.document.result.prizes[:1]
    yield "Không cần lập tài khoản, chỉ cần khai họ tên, ngày sinh và số điện thoại."
    for tier in first:
        if tier.money and tier.count:
            yield f"{tier.name} của mỗi vòng trị giá {say_number(tier.money)} đồng."
    if len(facts.rounds) > 1:
        yield f"Cuộc thi có {say_number(len(facts.rounds))} vòng, mỗi vòng xét giải riêng."
    if entry.minimum_age:
        yield f"Người từ đủ {say_number(entry.minimum_age)} tuổi trở lên đều được tham gia."
    if entry.attempts_per_round:
        yield f"Mỗi vòng, mỗi người được thi {say_number(entry.attempts_per_round)} lượt."
    if host := _spoken_host(facts):
        yield f"Xin nhắc lại, địa chỉ là {host}."
        yield "Có thể quét mã trên tờ treo tại bảng tin để vào thi nhanh hơn."
    yield "Ai chưa quen dùng điện thoại, hãy nhờ con cháu hoặc người quen hướng dẫn."
    yield "Khi đăng ký, hệ thống cho một mã dự thi; hãy ghi lại để tra cứu kết quả."
    yield "Mất mạng giữa chừng, bài đã làm vẫn được lưu, vào lại để làm tiếp."
    yield "Không cho người khác biết mã dự thi của mình."
    yield "Thể lệ và kết quả được công bố trên trang của cuộc thi."
    yield "Một điện thoại có thể dùng cho nhiều người trong nhà cùng thi."
    yield "Mời cả gia đình, bạn bè và hàng xóm cùng tham gia."
    yield "Hãy đọc kỹ từng câu hỏi trước khi chọn."
    yield "Kính mong mọi người dành ít phút để tìm hiểu và dự thi."
