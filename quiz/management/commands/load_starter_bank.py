"""`manage.py load_starter_bank --unit CODE`: the product's own items, for a unit to review."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import OrgUnit
from quiz.domain.starter_bank import load_starter_bank


class Command(BaseCommand):
    help = "Nạp bộ câu hỏi khởi đầu cho một đơn vị; câu hỏi chờ người khác duyệt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", default="", help="mã đơn vị; để trống: đơn vị cao nhất")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["unit"]
        units = OrgUnit.objects.filter(code=code) if code else OrgUnit.objects.filter(parent=None)
        unit = units.order_by("pk").first()
        if unit is None:
            raise CommandError(_("Không có đơn vị mang mã “%s”.") % code)
        loaded = load_starter_bank(unit=unit, user=None)
        self.stdout.write(
            _("%(bank)s (%(unit)s): thêm %(count)s câu, đang chờ duyệt.")
            % {"bank": loaded.bank.name, "unit": unit.name, "count": loaded.added}
        )
