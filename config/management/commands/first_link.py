"""`manage.py first_link`: a one-time link for the first administrator, as long as nobody was in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.installation import public_origin
from accounts.domain.sign_in_links import issue_first_administrator_link


class Command(BaseCommand):
    help = "In liên kết đăng nhập một lần cho quản trị đầu tiên."

    def handle(self, *args: Any, **options: Any) -> None:
        link = issue_first_administrator_link(now=timezone.now())
        if link is None:
            raise CommandError(
                _("Quản trị đầu tiên đã vào rồi: xin liên kết mới từ trang “Con người”.")
            )
        self.stdout.write(f"{public_origin()}{link}")
