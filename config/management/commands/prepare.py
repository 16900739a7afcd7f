"""`manage.py prepare`: catalogues, static files, and the pages nginx shows without us."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.run.preparation import prepare_files
from frontend.pages.public.errors import BUSY, TOO_LARGE, trouble_page

# nginx's names for them (deploy/nginx/minhthi.conf).
FOLDER = "loi"


class Command(BaseCommand):
    help = "Chuẩn bị bản dịch, tệp tĩnh và trang báo lỗi cho nginx."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_files()
        folder = Path(settings.STATIC_ROOT) / FOLDER
        folder.mkdir(exist_ok=True)
        for trouble in (BUSY, TOO_LARGE):
            page = trouble_page(trouble, path=".")
            (folder / f"{trouble.status}.html").write_text(page, encoding="utf-8")
