"""The rules editor's boxes with their words, choices and the faults beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.errors import Fault
from frontend.pages.workplace.paper_outlooks import ShownOutlook
from frontend.pages.workplace.rules_form import BLUEPRINT, PLAIN, PREDICTION, Row, Sheet
from quiz.domain.bank_counts import Cell
from quiz.enums import Level
from quiz.rules.labels import CRITERIA, FIELDS, IDENTITY, describe_place
from quiz.rules.schema import DEFAULT_DIRECTIONS

SPARE_ROWS = 1
CHOSEN = {
    "birth_precision": ("day", "month", "year"),
    "reentry": ("code", "code_or_contact", "staff_code_and_birth_date"),
    "at_close": ("last_save", "last_start"),
    "multiple_marking": ("all_or_nothing", "partial"),
    "counted_attempt": ("best", "first", "last"),
    "one_prize_per": ("contest", "year", "round", "none"),
    "score_shown": ("after_release", "at_submit"),
    "key_shown": ("after_release", "never"),
    "actual_value_policy": ("frozen", "recomputed"),
    "minor_names": ("initials", "consent"),
    "prediction_count": ("persons", "entries"),
    "prediction_who": ("all_correct", "took_part", "percent_all_correct"),
    "prediction_scope": ("round", "contest", "group"),
}


def choice_words(name: str, value: str) -> str:
    """What a choice's value is called on the page."""
    return {
        ("birth_precision", "day"): _("ngày, tháng, năm"),
        ("birth_precision", "month"): _("tháng và năm"),
        ("birth_precision", "year"): _("chỉ năm"),
        ("reentry", "code"): _("chỉ bằng mã dự thi"),
        ("reentry", "code_or_contact"): _("thêm mã gửi tới điện thoại, thư điện tử"),
        ("reentry", "staff_code_and_birth_date"): _("thêm mã cán bộ và ngày sinh"),
        ("at_close", "last_save"): _("giờ đóng là hạn nộp cuối: mọi bài kết thúc khi vòng đóng"),
        ("at_close", "last_start"): _(
            "giờ đóng là hạn bắt đầu cuối: bài bắt đầu trước đó được làm đủ thời gian"
        ),
        ("multiple_marking", "all_or_nothing"): _("đúng hoàn toàn mới có điểm"),
        ("multiple_marking", "partial"): _("đúng phần nào tính điểm phần ấy"),
        ("counted_attempt", "best"): _("lượt tốt nhất"),
        ("counted_attempt", "first"): _("lượt đầu tiên"),
        ("counted_attempt", "last"): _("lượt cuối cùng"),
        ("one_prize_per", "contest"): _("một giải trong cả cuộc thi"),
        ("one_prize_per", "year"): _("một giải mỗi năm, kể cả ở cuộc thi khác của đơn vị"),
        ("one_prize_per", "round"): _("một giải mỗi vòng"),
        ("one_prize_per", "none"): _("không giới hạn"),
        ("score_shown", "after_release"): _("sau khi công bố kết quả"),
        ("score_shown", "at_submit"): _("ngay khi nộp bài"),
        ("key_shown", "after_release"): _("sau khi công bố kết quả"),
        ("key_shown", "never"): _("không công bố"),
        ("actual_value_policy", "frozen"): _("giữ như lần công bố đầu"),
        ("actual_value_policy", "recomputed"): _("tính lại khi có đính chính"),
        ("minor_names", "initials"): _("viết tắt họ tên"),
        ("minor_names", "consent"): _("chỉ công bố khi người giám hộ đồng ý"),
        ("prediction_count", "persons"): _("số người"),
        ("prediction_count", "entries"): _("số lượt thi"),
        ("prediction_who", "all_correct"): _("trả lời đúng tất cả"),
        ("prediction_who", "took_part"): _("dự thi"),
        ("prediction_who", "percent_all_correct"): _("tỷ lệ % trả lời đúng tất cả"),
        ("prediction_scope", "round"): _("của vòng thi"),
        ("prediction_scope", "contest"): _("của cả cuộc thi"),
        ("prediction_scope", "group"): _("của từng đối tượng trong vòng"),
    }[name, value]


@dataclass(frozen=True)
class Box:
    """One box: a choice where `choices` is filled, else something typed."""

    name: str
    label: str
    value: str
    error: str = ""
    help: str = ""
    choices: Sequence[tuple[str, str]] = ()
    kind: str = "digits"


@dataclass(frozen=True)
class Faulty:
    """Faults by where they are, so that each can stand beside its box."""

    faults: Sequence[Fault] = field(default_factory=list)

    def at(self, *path: str | int) -> str:
        """The sentences of faults exactly there."""
        place = describe_place(path)
        return " ".join(_sentence(fault) for fault in self.faults if fault.place == place)

    def row(self, *path: str | int) -> str:
        """The sentences of faults there or in a box of that row."""
        place = describe_place(path)
        return " ".join(
            _sentence(fault)
            for fault in self.faults
            if fault.place == place or fault.place.startswith(f"{place}, ")
        )


def _sentence(fault: Fault) -> str:
    text = f"{fault.message} {fault.hint}".strip()
    return text[:1].upper() + text[1:]


def _helps() -> dict[str, str]:
    return {
        "minutes": _("Để trống: không giới hạn, bài kết thúc khi vòng đóng."),
        "attempts_per_round": _("Để trống: không giới hạn."),
        "minimum_age": _("Để trống: mọi lứa tuổi."),
        "persons_per_phone": _("Để trống: không giới hạn; một nhà dùng chung máy là thường."),
        "reentry": _("Mỗi cách gồm cả các cách đứng trước. Mã dự thi luôn dùng được."),
        "grace_ms": _("Mili giây sau hạn nộp mà hệ thống còn nhận, bù cho mạng chậm."),
        "max_share_percent": _("Phần trăm số người dự thi; để trống: không giới hạn."),
        "budget": _("Đồng; để trống: thể lệ không nêu kinh phí."),
        "complaint_days": _("Số ngày kể từ khi công bố."),
        "decision_date": _("Ví dụ: 22/11/2026"),
    }


def plain_boxes(sheet: Sheet, faulty: Faulty) -> dict[str, Box]:
    """Every box of one value by name."""
    paths: dict[str, tuple[str, ...]] = {
        **PLAIN,
        "minutes": ("entry", "time_limit_seconds"),
        "decision_date": ("decision_date",),
        **{f"prediction_{name}": ("entry", "prediction", name) for name in PREDICTION},
    }
    labels = {
        "minutes": _("Thời gian làm bài (phút)"),
        "grace_ms": _("Thời gian bù đường truyền (mili giây)"),
        "max_share_percent": _("Tỷ lệ giải tối đa (%)"),
        "complaint_days": _("Thời hạn khiếu nại (ngày)"),
        "prediction_count": _("Đếm"),
    }
    kinds = {"decision_number": "text", "title": "text", "decision_date": "date"}
    kinds |= {"minutes": "decimal", "points_per_item": "decimal"}
    helps = _helps()
    return {
        name: Box(
            name=name,
            label=labels.get(name) or str(FIELDS[path[-1]]),
            value=sheet.boxes[name],
            error=faulty.at(*path),
            help=helps.get(name, ""),
            choices=[(value, choice_words(name, value)) for value in CHOSEN.get(name, ())],
            kind=kinds.get(name, "digits"),
        )
        for name, path in paths.items()
    }


def identity_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """What is asked, in its order, then everything else that could be."""
    names = dict.fromkeys([*(name for name, asked in sheet.asked.items() if asked), *IDENTITY])
    return [
        {
            "name": name,
            "label": IDENTITY[name],
            "asked": sheet.asked.get(name, ""),
            "identifies": name in sheet.identity,
        }
        for name in names
    ]


def criterion_choices(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Every criterion; age both ways round; and what somebody turned round by other means."""
    choices = [("", _("(không dùng)"))]
    for kind, label in CRITERIA.items():
        if kind == "age":
            choices += [("age", _("Tuổi: người lớn tuổi hơn")), ("age:asc", _("Tuổi: trẻ hơn"))]
        else:
            choices.append((kind, str(label)))
    known = {value for value, _label in choices}
    for row in rows:
        kind = row["kind"].partition(":")[0]
        if row["kind"] not in known and kind in DEFAULT_DIRECTIONS:
            choices.append((row["kind"], _("%(label)s (đảo thứ tự)") % {"label": CRITERIA[kind]}))
    return choices


def list_rows(rows: Sequence[Row], names: Sequence[str], faulty: Faulty, *path: str | int):
    """The rows with their faults, and an empty one to go on."""
    shown = [{**row, "error": faulty.row(*path, at), "at": at + 1} for at, row in enumerate(rows)]
    empty = dict.fromkeys(names, "")
    spare = range(len(rows) + 1, len(rows) + 1 + SPARE_ROWS)
    return shown + [{**empty, "error": "", "at": at} for at in spare]


def paper_boxes(
    sheet: Sheet,
    faulty: Faulty,
    counts: Mapping[str, Mapping[Cell, int]],
    outlooks: Mapping[str, ShownOutlook],
) -> list[dict[str, Any]]:
    """Each group's paper, with how many approved items every row of it could draw from."""
    papers = []
    for index, group in enumerate(sheet.groups):
        held = counts.get(group.code, {})
        path = ("groups", index, "paper")
        rows = list_rows(group.rows, BLUEPRINT, faulty, *path, "blueprint")
        for row in rows:
            row["held"] = count_fitting(held, row["topic"], row["level"])
        papers.append(
            {
                "group": group,
                "outlook": outlooks[group.code],
                "rows": rows,
                "topics": _topics(group.rows, held),
                "levels": [("", _("Mọi mức độ")), *((lv.value, lv.label) for lv in Level)],
                "held": sum(held.values()),
                "held_json": json.dumps(
                    [
                        {"topic": topic or "", "level": level or "", "count": count}
                        for (topic, level), count in held.items()
                    ]
                ),
                "error": faulty.at(*path) or faulty.at(*path, "fixed_items"),
            }
        )
    return papers


def count_fitting(held: Mapping[Cell, int], topic: str, level: str) -> int:
    """Approved items of a topic and level; "" stands for any."""
    return sum(count for (t, lv), count in held.items() if topic in ("", t) and level in ("", lv))


def _topics(rows: Sequence[Row], held: Mapping[Cell, int]) -> list[tuple[str, str]]:
    known = {topic for topic, _level in held if topic} | {r["topic"] for r in rows if r["topic"]}
    return [("", _("Mọi chủ đề")), *((topic, topic) for topic in sorted(known))]
