"""`manage.py load_demo`: fills an empty database with the demo."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from quiz.demo.loading import load_demo


class Command(BaseCommand):
    help = "Nạp dữ liệu mẫu vào cơ sở dữ liệu còn trống."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(_("Cơ sở dữ liệu đã có người dùng nên không nạp dữ liệu mẫu."))
        began = time.monotonic()
        load_demo(now=timezone.now())
        self.stdout.write(
            _("Đã nạp dữ liệu mẫu trong %(seconds)s giây.")
            % {"seconds": f"{time.monotonic() - began:.1f}"}
        )
