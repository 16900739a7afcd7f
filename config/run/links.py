"""What is printed when everything runs: the address, and links that sign in once."""

import socket
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.domain.sign_in_links import issue_first_administrator_link, issue_sign_in_link
from accounts.models import User
from quiz.demo.accounts import DEMO_ACCOUNTS

EVERYWHERE = {"0.0.0.0": socket.AF_INET, "::": socket.AF_INET6}  # noqa: S104


@dataclass(frozen=True)
class Address:
    """Where the server listens, and how a person reaches it."""

    host: str
    port: int

    @property
    def local(self) -> str:
        """The address to type on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{host}:{self.port}"

    @property
    def nearby(self) -> str | None:
        """The address to type on a phone in the same network, where HOST opens one."""
        if self.host not in EVERYWHERE:
            return None
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                # Nothing is sent: this only asks which of our addresses faces the network.
                probe.connect(("192.0.2.1", 9))
            except OSError:
                return None
            return f"http://{probe.getsockname()[0]}:{self.port}"


def sign_in_lines(origin: str) -> list[str]:
    """One line per link: the demo's people, or the first administrator of an empty database."""
    now = timezone.now()
    first = issue_first_administrator_link(now=now)
    if first:
        return [f"  Quản trị đầu tiên (first administrator): {origin}{first}"]
    people = {user.username: user for user in User.objects.filter(username__startswith="demo.")}
    return [
        f"  {role.label}: {origin}{issue_sign_in_link(user=people[username], now=now)}"
        for role, username in DEMO_ACCOUNTS
        if username in people
    ]


def welcome(address: Address) -> str:
    """The text printed once the home page answers."""
    origin = settings.SITE_ORIGIN or address.local
    lines = ["", f"MinhThi: {origin}/"]
    if address.nearby and not settings.SITE_ORIGIN:
        lines.append(f"  Từ điện thoại cùng mạng (from a phone nearby): {address.nearby}/")
    links = sign_in_lines(origin)
    if links:
        lines += ["Đăng nhập một lần bằng liên kết (one-time sign-in links):", *links]
    return "\n".join([*lines, "Dừng bằng Ctrl-C (stop with Ctrl-C).", ""])
