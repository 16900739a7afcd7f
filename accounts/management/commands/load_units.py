"""`manage.py load_units --province "Đắk Lắk"`: units of the administration, by official code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.domain.units import ensure_root_unit
from accounts.interfaces.provinces import find_province, load_all_provinces, load_province
from accounts.models import OrgUnit


class Command(BaseCommand):
    help = "Nạp tỉnh, thành phố và xã, phường, đặc khu. Chạy lại không tạo trùng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", required=True, help="tên, mã tỉnh, hoặc “all”")
        parser.add_argument("--under", default="", help="mã đơn vị cấp trên; mặc định: đơn vị gốc")

    def handle(self, *args: Any, **options: Any) -> None:
        parent = _parent(options["under"])
        if options["province"] == "all":
            loaded = load_all_provinces(parent=parent)
        else:
            province = find_province(options["province"])
            if province is None:
                raise CommandError(
                    _("Không có tỉnh, thành phố “%(name)s”. Dùng tên hiện hành hoặc tên cũ.")
                    % {"name": options["province"]}
                )
            loaded = load_province(province=province, parent=parent)
        self.stdout.write(
            _("Đã tạo %(created)d, đổi tên %(renamed)d, giữ nguyên %(unchanged)d đơn vị.")
            % vars(loaded)
        )


def _parent(code: str) -> OrgUnit:
    if not code:
        return ensure_root_unit()
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(_("Không có đơn vị mang mã “%(code)s”.") % {"code": code})
    return unit
