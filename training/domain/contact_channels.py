"""Ways to reach the units: hotlines, addresses, pages; a directory for everyone."""

from collections.abc import Iterator
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc
from training.enums import ChannelKind
from training.models import ContactChannel
from training.permissions import may_keep_channels

# A unit nobody looked for is not shown with thousands of others.
MOST_UNITS = 60


@transaction.atomic
def save_channel(
    *,
    unit: OrgUnit,
    kind: ChannelKind,
    value: str,
    hours: str = "",
    note: str = "",
    position: int = 1,
    user: User,
    channel: ContactChannel | None = None,
) -> ContactChannel:
    """Write a new one, or `channel` anew. Raises NotAllowed, Faults."""
    for belongs in {unit, channel.unit if channel else unit}:
        if not may_keep_channels(user, belongs):
            raise NotAllowed
    written = channel or ContactChannel()
    written.unit, written.kind, written.value = unit, kind, nfc(value)
    written.hours, written.note, written.position = nfc(hours), nfc(note), position
    fault = _fault(written)
    if fault:
        raise Faults([fault])
    written.save()
    record_act(actor=user, act="save_channel", subject=written, unit_id=unit.pk)
    return written


def _fault(channel: ContactChannel) -> Fault | None:
    place, value = _("Số hoặc địa chỉ"), channel.value
    if not value:
        return Fault(place, "channel_empty", _("Chưa có nội dung."), _("Ghi số hoặc địa chỉ."))
    if channel.kind == ChannelKind.WEBSITE and not value.startswith(("https://", "http://")):
        hint = _("Ghi địa chỉ đầy đủ, bắt đầu bằng https://.")
        return Fault(place, "channel_link_unclear", _("Liên kết chưa đúng."), hint)
    if channel.kind == ChannelKind.EMAIL and "@" not in value:
        message = _("Thư điện tử chưa đúng.")
        return Fault(place, "channel_email_unclear", message, _("Ghi như ten@tinh.gov.vn."))
    return None


@transaction.atomic
def delete_channel(*, channel: ContactChannel, user: User) -> None:
    """Raises NotAllowed."""
    if not may_keep_channels(user, channel.unit):
        raise NotAllowed
    record_act(actor=user, act="delete_channel", subject=channel, unit_id=channel.unit_id)
    channel.delete()


def directory(*, text: str = "") -> Iterator[tuple[OrgUnit, list[ContactChannel]]]:
    """Units with their channels, those whose name, alias or unit above holds the words typed."""
    units = OrgUnit.objects.filter(channels__isnull=False)
    if text:
        units = units.matching(text)
    shown = units.order_by("sort_name", "code").distinct()[:MOST_UNITS]
    rows = ContactChannel.objects.filter(unit__in=[unit.pk for unit in shown])
    ordered = rows.select_related("unit__parent").order_by(
        "unit__sort_name", "unit__code", "position", "pk"
    )
    for unit, channels in groupby(ordered, key=lambda channel: channel.unit):
        yield unit, list(channels)
