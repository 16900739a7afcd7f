"""Standardised procedures: their names and the way to the national portal, never a copy."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import fold
from training.domain.listed_rows import ListedRow, Reading
from training.domain.search_index import SearchText, drop_thing, index_things
from training.models import Procedure
from training.permissions import RUN_TRAINING, may_run_training_at

KIND = "procedure"
LONGEST_CODE, LONGEST_NAME, LONGEST_FIELD, LONGEST_LINK = 40, 500, 200, 500
# The list is a way to the portal of the state: links lead there and nowhere else.
_OFFICIAL_HOST = re.compile(r"(^|\.)gov\.vn$")
_CODE = re.compile(r"[\w-]+(\.[\w-]+)*")


@transaction.atomic
def load_procedures(*, unit: OrgUnit, rows: Iterable[ListedRow], user: User) -> int:
    """Store procedures by their code, in place of what was said of the same; how many.

    Raises NotAllowed, Faults with the place of each; then nothing is stored.
    """
    if not may_run_training_at(user, unit):
        raise NotAllowed
    reading, found = Reading(), {}
    for row in rows:
        procedure = _procedure(reading, row, unit)
        if procedure.code and procedure.code in found:
            message = _("Mã thủ tục này đã có ở một dòng trên.")
            reading.fail(row, "row_twice", message, _("Giữ một dòng."))
        found[procedure.code] = procedure
    _check_keepers(reading, found, user)
    reading.finish()
    Procedure.objects.bulk_create(
        found.values(),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "field", "link", "search_text", "changed_at"],
    )
    stored = Procedure.objects.filter(code__in=list(found))
    index_things(kind=KIND, texts=map(search_text_of, stored))
    record_act(actor=user, act="load_procedures", subject=unit, unit_id=unit.pk, count=len(found))
    return len(found)


def _check_keepers(reading: Reading, codes: Iterable[str], user: User) -> None:
    """Nobody rewrites what another unit keeps."""
    reach = OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    others = Procedure.objects.filter(code__in=list(codes)).exclude(unit__in=reach)
    for code in others.values_list("code", flat=True):
        message = _("Thủ tục %s do đơn vị khác quản lý.") % code
        hint = _("Bỏ dòng này, hoặc nhờ đơn vị đó sửa.")
        reading.faults.append(Fault(code, "procedure_of_others", message, hint))


def _procedure(reading: Reading, row: ListedRow, unit: OrgUnit) -> Procedure:
    code = reading.required(row, "code", _("mã thủ tục"), LONGEST_CODE)
    if code and not _CODE.fullmatch(code):
        message, hint = _("Mã thủ tục chưa đúng."), _("Chép mã trên Cổng, ví dụ 1.004884.")
        reading.fail(row, "code_wrong", message, hint)
    name = reading.required(row, "name", _("tên thủ tục"), LONGEST_NAME)
    field = row.text("field")[:LONGEST_FIELD]
    link = reading.required(row, "link", _("liên kết"), LONGEST_LINK)
    if link and not is_official(link):
        message = _("Liên kết không dẫn tới trang của cơ quan nhà nước.")
        hint = _("Chép địa chỉ trên Cổng Dịch vụ công quốc gia, bắt đầu bằng https://.")
        reading.fail(row, "link_wrong", message, hint)
    text, now = fold(f"{code} {name} {field}"), timezone.now()
    return Procedure(
        unit=unit, code=code, name=name, field=field, link=link, search_text=text, changed_at=now
    )


def is_official(link: str) -> bool:
    """Whether an address is https at a host of the state (…gov.vn)."""
    try:
        URLValidator(schemes=["https"])(link)
    except ValidationError:
        return False
    parts = urlsplit(link)
    return parts.username is None and bool(_OFFICIAL_HOST.search(parts.hostname or ""))


def search_text_of(procedure: Procedure) -> SearchText:
    return SearchText(
        subject_id=procedure.pk,
        slug=procedure.code,
        title=procedure.name,
        texts=(procedure.code, procedure.field),
        at=procedure.changed_at,
        lead=procedure.field,
    )


def find_procedures(*, text: str = "", field: str = "") -> QuerySet[Procedure]:
    """Those whose code, name or field hold every word typed, with or without marks."""
    found = Procedure.objects.filter(field=field) if field else Procedure.objects.all()
    for word in fold(text).split():
        found = found.filter(search_text__contains=word)
    return found


@transaction.atomic
def delete_procedures(*, ids: Sequence[int], user: User) -> int:
    """Take procedures out of the list, as far as the person's units go; how many."""
    reach = OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    top = reach.tops().first()
    if top is None:
        raise NotAllowed
    rows = Procedure.objects.filter(unit__in=reach, pk__in=ids)
    for pk in rows.values_list("pk", flat=True):
        drop_thing(kind=KIND, subject_id=pk)
    deleted, _by_model = rows.delete()
    record_act(actor=user, act="delete_procedures", subject=top, unit_id=top.pk, count=deleted)
    return deleted
