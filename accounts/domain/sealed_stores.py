"""What accounts keeps sealed, for the exchange of the field key."""

from typing import Any

from allauth.mfa.models import Authenticator

from accounts.crypto import is_sealed_now, open_text, seal_text
from accounts.domain.key_rotation import SealedStore, register_sealed_store
from accounts.models import DataRequest, Installation, User
from accounts.models.user import phone_mark


def _move_authenticator(row: Authenticator) -> bool:
    """Secrets of authenticator apps and seeds of recovery codes lie in a JSON, sealed, in hex."""
    changed = False
    for name in ("secret", "seed"):
        sealed = bytes.fromhex(row.data.get(name, ""))
        if not is_sealed_now(sealed):
            row.data[name] = seal_text(open_text(sealed)).hex()
            changed = True
    return changed


def _phone_index(_row: Any, texts: Any) -> bytes:
    return phone_mark(texts["phone"])


def register_own_stores() -> None:
    """Called once when Django starts."""
    for store in (
        SealedStore("accounts.user", User, ["phone"], {"phone_index": _phone_index}),
        SealedStore("accounts.installation", Installation, ["mail_url", "text_sender"]),
        SealedStore("accounts.datarequest", DataRequest, ["wanted"]),
        SealedStore("mfa.authenticator", Authenticator, [], move=_move_authenticator),
    ):
        register_sealed_store(store)
