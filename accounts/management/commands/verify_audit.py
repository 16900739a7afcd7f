"""`manage.py verify_audit`: does the chain of the diary hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.domain.audit import chain_audit, find_broken_link


class Command(BaseCommand):
    help = "Kiểm tra chuỗi băm của nhật ký; mã thoát 1 nếu có dòng bị sửa, xóa hoặc đổi chỗ."

    def handle(self, *args: Any, **options: Any) -> None:
        chain_audit()
        broken = find_broken_link()
        if broken is not None:
            raise CommandError(_("Chuỗi nhật ký đứt tại dòng số %(n)s.") % {"n": broken})
        self.stdout.write(_("Chuỗi nhật ký nguyên vẹn."))
