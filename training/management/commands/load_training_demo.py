"""`manage.py load_training_demo`: a course for the people of the demo, desk, library and plan."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from training.demo.desks import load_desks
from training.demo.library import load_library
from training.demo.loading import load_training_demo
from training.demo.plan import load_plan
from training.models import Course


class Command(BaseCommand):
    help = "Nạp khoá học mẫu cho người của dữ liệu mẫu, khảo sát, màn hình, thư viện, kế hoạch."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if Course.objects.exists():
            raise CommandError(_("Đã có khoá học nên không nạp khoá học mẫu."))
        now = timezone.now()
        load_training_demo(now=now)
        load_desks(now=now)
        load_library(now=now)
        load_plan(now=now)
