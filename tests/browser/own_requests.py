"""Whom a page asks: this machine, or somebody else who would then know of the visit."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

OURS = {"localhost", "127.0.0.1"}


def note_foreign_requests(context: BrowserContext) -> list[str]:
    """The addresses elsewhere that pages of this context ask, as they ask them."""
    asked: list[str] = []

    def note(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in OURS:
            asked.append(address)

    context.on("request", lambda request: note(request.url))
    return asked
