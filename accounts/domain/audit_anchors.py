"""Anchors of the diary: its head, written down where the database's owner can't write.

One line a time in a file beside the database, hourly, and at each release. A line names the head
(number and hash), the line before it by its SHA-256, and carries a keyed digest under the field
key, which is no part of the database either. Whoever changes entries and chains everything anew
meets the anchors; whoever holds database, file and key together meets the letters that witnesses
got (`AUDIT_WITNESSES`).
"""

import fcntl
import hashlib
import hmac
import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from accounts.crypto import derived_key, field_secrets, key_id
from accounts.domain.audit import chain_audit, chain_head
from accounts.domain.sending import SendingFailed, may_send_letters, send_letter

log = logging.getLogger(__name__)
FILE_NAME = "audit-anchors.jsonl"
ANCHOR_TASK = "accounts.tasks.anchor_audit"


class AnchorsUnreadable(ValueError):
    """The file is not there or holds something that is no anchor."""


@dataclass(frozen=True)
class Anchor:
    """One line. `before` is the SHA-256 of the line before it, "" for the first."""

    at: str
    sequence: int
    hash: str
    before: str
    key: str
    mac: str
    line: str

    def is_ours(self) -> bool | None:
        """Whether the keyed digest is right; None when its key is none of those we hold."""
        for secret in field_secrets():
            if key_id(secret) == self.key:
                return hmac.compare_digest(_mac(secret, _told(self)), self.mac)
        return None


def _told(anchor: Anchor) -> dict[str, str | int]:
    return {
        "at": anchor.at,
        "sequence": anchor.sequence,
        "hash": anchor.hash,
        "before": anchor.before,
        "key": anchor.key,
    }


def _mac(secret: str, told: dict[str, str | int]) -> str:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hmac.new(derived_key("audit-anchor", secret), text.encode(), hashlib.sha256).hexdigest()


def anchor_path() -> Path:
    return Path(settings.AUDIT_ANCHOR_DIR) / FILE_NAME


def line_digest(line: str) -> str:
    """What the next line names this one by."""
    return hashlib.sha256(line.encode()).hexdigest()


def read_anchors(path: Path) -> list[Anchor]:
    """Raises AnchorsUnreadable. A last line cut short by a power cut is left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnchorsUnreadable(str(path)) from error
    return [_read_line(line) for line in text.split("\n")[:-1] if line.strip()]


def _read_line(line: str) -> Anchor:
    try:
        held = json.loads(line)
        anchor = Anchor(**held, line=line)
        bytes.fromhex(anchor.hash)
        int(anchor.sequence)
    except (ValueError, TypeError) as error:
        raise AnchorsUnreadable(line[:80]) from error
    return anchor


def last_anchor() -> Anchor | None:
    """None while there is none that can be read."""
    with suppress(AnchorsUnreadable):
        anchors = read_anchors(anchor_path())
        return anchors[-1] if anchors else None
    return None


def anchor_audit(*, now: datetime) -> Anchor | None:
    """Chain what is loose and write the head down; None when it stands there already."""
    while chain_audit():
        pass
    sequence, head = chain_head()
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _drop_torn_line(file.fileno())
        last = last_anchor()
        if last and (last.sequence, last.hash, last.key) == (sequence, head.hex(), key_id()):
            return None
        anchor = _new_anchor(sequence, head, now, last)
        file.write(anchor.line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def _drop_torn_line(descriptor: int) -> None:
    """A line without its end was never finished and is nobody's anchor."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, 4096, max(0, size - 4096))
    if tail and not tail.endswith(b"\n"):
        os.ftruncate(descriptor, size - len(tail) + tail.rfind(b"\n") + 1)


def _new_anchor(sequence: int, head: bytes, now: datetime, last: Anchor | None) -> Anchor:
    told: dict[str, str | int] = {
        "at": now.isoformat(timespec="seconds"),
        "sequence": sequence,
        "hash": head.hex(),
        "before": line_digest(last.line) if last else "",
        "key": key_id(),
    }
    held = told | {"mac": _mac(settings.FIELD_KEY, told)}
    return _read_line(json.dumps(held, separators=(",", ":")))


def ask_for_anchor() -> None:
    """After commit, ask the worker for an anchor now; the hourly one comes in any case."""
    transaction.on_commit(_nudge)


def _nudge() -> None:
    broker_errors = current_app.connection_for_write().connection_errors
    try:
        current_app.send_task(ANCHOR_TASK, retry=False)
    except (BrokerError, OSError, *broker_errors):
        log.warning("broker not reached for an anchor of the diary")


def mail_anchor(*, now: datetime) -> int:
    """Send the newest anchor to each witness; how many letters went out."""
    anchor_audit(now=now)
    anchor = last_anchor()
    if anchor is None or not settings.AUDIT_WITNESSES or not may_send_letters():
        return 0
    sent = 0
    for witness in settings.AUDIT_WITNESSES:
        try:
            send_letter(to=witness, subject=_("Mốc neo nhật ký hệ thống thi"), text=_letter(anchor))
        except SendingFailed:
            log.warning("an anchor of the diary did not reach a witness")
        else:
            sent += 1
    return sent


def _letter(anchor: Anchor) -> str:
    return _(
        "Thư này lưu lại mốc neo của nhật ký: đến dòng số %(sequence)s, mã %(hash)s.\n\n"
        "Xin giữ thư. Khi cần đối chiếu, chép dòng dưới đây vào một tệp và chạy "
        "manage.py verify_audit --anchors TỆP:\n\n%(line)s\n"
    ) % {"sequence": anchor.sequence, "hash": anchor.hash, "line": anchor.line}
