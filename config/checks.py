"""What `manage.py check --deploy` asks of an installation, each refusal with what to do next."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.utils.translation import gettext as _

from config.proxies import is_network

SECRETS = ("SECRET_KEY", "FIELD_KEY", "TOKEN_KEY")
SHORTEST_SECRET = 32


@register(Tags.security, deploy=True)
def check_installation(**_kwargs: object) -> list[CheckMessage]:
    """Everything the environment must say before people are let in."""
    return [
        *_check_origin(),
        *_check_secrets(),
        *_check_services(),
        *_check_proxies(),
        *_check_content_origin(),
    ]


def _check_origin() -> Iterator[CheckMessage]:
    origin = urlsplit(settings.SITE_ORIGIN)
    if origin.scheme != "https" or not origin.hostname:
        yield Error(
            _("SITE_ORIGIN phải là địa chỉ công khai bắt đầu bằng https://."),
            hint=_("Ví dụ SITE_ORIGIN=https://thi.tinh.gov.vn, không có dấu / ở cuối."),
            id="config.E001",
        )
    elif f"{origin.scheme}://{origin.netloc}" != settings.SITE_ORIGIN:
        yield Error(
            _("SITE_ORIGIN chỉ gồm https:// và tên miền, không có đường dẫn hay dấu / ở cuối."),
            hint=f"SITE_ORIGIN={origin.scheme}://{origin.netloc}",
            id="config.E002",
        )
    hosts = settings.ALLOWED_HOSTS
    if not hosts or "*" in hosts:
        yield Error(
            _("ALLOWED_HOSTS phải nêu đích danh tên miền, không dùng “*”."),
            hint=_("Ghi tên miền của SITE_ORIGIN; nhiều tên cách nhau bằng dấu phẩy."),
            id="config.E003",
        )
    elif origin.hostname and origin.hostname not in hosts:
        yield Error(
            _("ALLOWED_HOSTS thiếu tên miền của SITE_ORIGIN (%s).") % origin.hostname,
            hint=f"ALLOWED_HOSTS={origin.hostname}",
            id="config.E004",
        )


def _check_secrets() -> Iterator[CheckMessage]:
    given = {name: os.environ.get(name, "") for name in SECRETS}
    for name, value in given.items():
        if len(value) < SHORTEST_SECRET:
            yield Error(
                _("%(name)s chưa được đặt, hoặc ngắn hơn %(length)d ký tự.")
                % {"name": name, "length": SHORTEST_SECRET},
                hint=_("Tạo bằng: openssl rand -base64 48; cất một bản ngoài máy chủ."),
                id="config.E005",
            )
    if len(set(given.values())) < len(given) and all(given.values()):
        yield Error(
            _("SECRET_KEY, FIELD_KEY, TOKEN_KEY phải là ba giá trị khác nhau."),
            hint=_("Mỗi khoá tạo riêng một lần: openssl rand -base64 48."),
            id="config.E006",
        )


def _check_services() -> Iterator[CheckMessage]:
    for name, example in (
        ("DATABASE_URL", "postgresql:///minhthi?host=/var/run/postgresql"),
        ("REDIS_URL", "redis://127.0.0.1:6379/0"),
    ):
        if not os.environ.get(name):
            yield Error(
                _("%s chưa được đặt.") % name,
                hint=_("Ví dụ %(name)s=%(value)s") % {"name": name, "value": example},
                id="config.E007",
            )
    if settings.DEMO:
        yield Error(
            _("SERVING_DEMO đang bật: người dùng mẫu vào được mà không cần lớp xác thực thứ hai."),
            hint=_("Bỏ SERVING_DEMO khỏi tệp môi trường."),
            id="config.E008",
        )


def _check_proxies() -> Iterator[CheckMessage]:
    wrong = [text for text in settings.TRUSTED_PROXIES if not is_network(text)]
    if wrong or not settings.TRUSTED_PROXIES:
        yield Error(
            _("TRUSTED_PROXIES phải nêu địa chỉ hoặc dải mạng của máy chủ nginx; chưa đúng: %s.")
            % (", ".join(wrong) or "–"),
            hint="TRUSTED_PROXIES=127.0.0.1,::1",
            id="config.E009",
        )


def _check_content_origin() -> Iterator[CheckMessage]:
    origin = urlsplit(settings.CONTENT_ORIGIN)
    if not settings.CONTENT_ORIGIN:
        yield Info(
            _("CONTENT_ORIGIN chưa được đặt nên gói SCORM chưa mở được."),
            hint=_(
                "Trỏ một tên miền nữa về máy chủ này, ví dụ CONTENT_ORIGIN=https://goi.tinh.gov.vn"
            ),
            id="config.I001",
        )
    elif (
        f"{origin.scheme}://{origin.netloc}" != settings.CONTENT_ORIGIN
        or origin.scheme != "https"
        or origin.hostname == urlsplit(settings.SITE_ORIGIN).hostname
    ):
        yield Error(
            _("CONTENT_ORIGIN phải là https:// và một tên miền khác tên miền của SITE_ORIGIN."),
            hint=_("Ví dụ CONTENT_ORIGIN=https://goi.tinh.gov.vn, không có dấu / ở cuối."),
            id="config.E010",
        )
