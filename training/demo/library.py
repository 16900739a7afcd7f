"""What the demo's library holds: materials, questions, answers, lists; all of it marked as samples.

Facts are those of the documents named; what is said of units, persons and figures is invented.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from quiz.demo.loading import open_setting
from quiz.demo.setting import LEAD_UNIT, DemoSetting
from training.domain.contact_channels import save_channel
from training.domain.faqs import USEFUL, judge_faq, save_faq
from training.domain.inquiries import InquiryInput, send_inquiry
from training.domain.inquiry_answers import (
    PublishedText,
    answer_inquiry,
    assign_inquiry,
    publish_inquiry,
)
from training.domain.listed_rows import ListedRow
from training.domain.materials import MaterialDraft, create_material, publish_material
from training.domain.procedures import load_procedures
from training.enums import ChannelKind, MaterialKind
from training.models import IndexResult, Inquiry

PORTAL = "https://dichvucong.gov.vn"
INDEX = "Chỉ số hài lòng (số liệu mẫu)"
_TEXTS = Path(__file__).parent / "library.json"


@dataclass(frozen=True)
class _Demo:
    setting: DemoSetting
    user: User
    now: datetime
    texts: dict[str, Any]


@transaction.atomic
def load_library(*, now: datetime) -> None:
    """Fill the library of a demo loaded before. All or nothing."""
    setting = open_setting()
    texts = json.loads(_TEXTS.read_text("utf-8"))
    demo = _Demo(setting, setting.organiser, now, texts)
    _materials(demo)
    _faqs(demo)
    _inquiries(demo)
    _procedures(demo)
    _index_results(demo)
    _channels(demo)


def _materials(demo: _Demo) -> None:
    lead = demo.setting.units[LEAD_UNIT]
    for days, given in enumerate(reversed(demo.texts["materials"]), start=1):
        about = lead if given["kind"] == MaterialKind.MODEL else None
        draft = MaterialDraft(**given, about=about)
        material = create_material(unit=demo.setting.province, draft=draft, user=demo.user)
        at = demo.now - timedelta(days=9 - days)
        publish_material(material=material, user=demo.user, now=at)


def _faqs(demo: _Demo) -> None:
    for position, given in enumerate(demo.texts["faqs"], start=1):
        unit = demo.setting.province
        faq = save_faq(unit=unit, position=position, user=demo.user, **given)
        judge_faq(faq=faq, verdict=USEFUL, before="", address="demo")


def _inquiries(demo: _Demo) -> None:
    answered = demo.texts["answered"]
    first = _sent(answered.pop("asked"), demo.now - timedelta(days=3))
    now, lead = demo.now - timedelta(days=1), demo.setting.units[LEAD_UNIT]
    assign_inquiry(inquiry=first, unit=lead, user=demo.user, now=now)
    answer_inquiry(inquiry=first, answer=answered["answer"], user=demo.user, now=now)
    text = PublishedText(**answered)
    publish_inquiry(inquiry=first, text=text, user=demo.user, now=now)
    _sent(demo.texts["waiting"], demo.now - timedelta(hours=5))


def _sent(text: str, at: datetime) -> Inquiry:
    given = InquiryInput(request_key=str(uuid.uuid4()), text=text)
    return send_inquiry(given=given, address="demo", now=at).inquiry


def _procedures(demo: _Demo) -> None:
    rows = [ListedRow(one["code"], one | {"link": PORTAL}) for one in demo.texts["procedures"]]
    load_procedures(unit=demo.setting.province, rows=rows, user=demo.user)


def _index_results(demo: _Demo) -> None:
    """Two years of the first six units below the province."""
    units = sorted(demo.setting.units.values(), key=lambda unit: unit.code)
    below = [unit for unit in units if unit.pk != demo.setting.province.pk][:6]
    year = demo.now.year - 1
    IndexResult.objects.bulk_create(
        IndexResult(
            name=INDEX,
            year=year - before,
            unit=unit,
            score=Decimal(92 - 3 * place - before),
            rank=place + 1,
        )
        for before in (0, 1)
        for place, unit in enumerate(below)
    )


def _channels(demo: _Demo) -> None:
    for unit in (demo.setting.province, demo.setting.units[LEAD_UNIT]):
        for position, given in enumerate(demo.texts["channels"], start=1):
            kind = ChannelKind(given["kind"])
            rest = given | {"kind": kind, "position": position}
            save_channel(unit=unit, user=demo.user, **rest)
