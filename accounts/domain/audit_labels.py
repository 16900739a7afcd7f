"""What each line of the diary says in words.

Every act that `record_act` is given has a sentence here; the apps above register theirs in
`AppConfig.ready()`. A test reads the source and fails for an act without one.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import AuditEntry

Label = str | Promise

_LABELS: dict[str, Label] = {}
# Things whose name is no personal data beyond what the reader may see anyway.
_NAMED: set[str] = set()


def register_act_labels(labels: Mapping[str, Label]) -> None:
    """{act: sentence}; a sentence may name details as `%(count)s`."""
    _LABELS.update(labels)


def register_named_subjects(*kinds: str) -> None:
    """Kinds of subjects (`app.model`) that the diary calls by name, not by number alone."""
    _NAMED.update(kinds)


def known_acts() -> dict[str, str]:
    """{act: sentence without details}, for choosing one in a list."""
    return {act: _without_details(str(label)) for act, label in _LABELS.items()}


def _without_details(label: str) -> str:
    return (label % defaultdict(lambda: "…")).strip()


def act_sentence(entry: AuditEntry) -> str:
    """What was done: “Tải 12 đơn vị”. An act nobody has put into words keeps its name."""
    label = _LABELS.get(entry.act)
    if label is None:
        return entry.act
    return str(label) % defaultdict(lambda: "…", _worded(entry.details))


def _worded(details: Mapping[str, Any]) -> dict[str, Any]:
    """Roles by their names; everything else as it is stored."""
    role = details.get("role")
    return {**details, "role": Role(role).label} if role in Role.values else dict(details)


def subject_texts(entries: list[AuditEntry]) -> dict[int, str]:
    """{entry id: what it was done to}, one query a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.subject_id is not None and entry.subject_kind in _NAMED:
            wanted[entry.subject_kind].add(entry.subject_id)
    names: dict[tuple[str, int], str] = {}
    for kind, ids in wanted.items():
        rows: Any = apps.get_model(kind)._default_manager.in_bulk(ids)  # noqa: SLF001
        names |= {(kind, pk): str(row) for pk, row in rows.items()}
    return {entry.pk: _subject_text(entry, names) for entry in entries}


def _subject_text(entry: AuditEntry, names: dict[tuple[str, int], str]) -> str:
    if entry.subject_id is None:
        return kind_text(entry.subject_kind)
    name = names.get((entry.subject_kind, entry.subject_id))
    if name is not None:
        return name
    return _("%(kind)s số %(number)s") % {
        "kind": kind_text(entry.subject_kind),
        "number": entry.subject_id,
    }


def kind_text(kind: str) -> str:
    """“đơn vị” for "accounts.orgunit"; the kind itself once its model is gone."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)  # noqa: SLF001
    except (LookupError, ValueError):
        return kind


_OF_ACCOUNTS = {
    "activate_person": gettext_lazy("Kích hoạt tài khoản, đặt mật khẩu"),
    "add_aliases": gettext_lazy("Thêm tên gọi khác của đơn vị"),
    "ask_approval": gettext_lazy("Gửi liên kết nhờ phê duyệt"),
    "change_email": gettext_lazy("Tự đổi thư điện tử"),
    "change_phone": gettext_lazy("Tự đổi số điện thoại"),
    "close_unit": gettext_lazy("Ngừng hoạt động đơn vị từ ngày %(from)s"),
    "connect_other_system": gettext_lazy("Lần đầu đăng nhập bằng tài khoản của %(system)s"),
    "create_first_administrator": gettext_lazy("Lập tài khoản quản trị đầu tiên"),
    "create_person": gettext_lazy("Thêm người"),
    "create_unit": gettext_lazy("Thêm đơn vị"),
    "deactivate_person": gettext_lazy("Khóa tài khoản"),
    "decide_approval": gettext_lazy("Quyết định qua liên kết phê duyệt"),
    "export_diary": gettext_lazy("Xuất nhật ký (%(rows)s dòng)"),
    "grant_role": gettext_lazy("Giao vai trò %(role)s"),
    "issue_activation_link": gettext_lazy("Cấp liên kết kích hoạt"),
    "load_roster": gettext_lazy("Tải danh sách bắt buộc (%(entries)s người)"),
    "load_units": gettext_lazy("Nạp đơn vị (%(created)s đơn vị mới)"),
    "add_roster_entry": gettext_lazy("Thêm người vào danh sách bắt buộc"),
    "change_roster_entry": gettext_lazy("Sửa người trong danh sách bắt buộc"),
    "exempt_roster_entry": gettext_lazy("Miễn dự thi, có lý do"),
    "export_roster": gettext_lazy("Xuất danh sách bắt buộc (%(rows)s dòng)"),
    "lift_exemption": gettext_lazy("Bỏ miễn dự thi"),
    "remove_roster_entry": gettext_lazy("Xóa người khỏi danh sách bắt buộc"),
    "merge_unit": gettext_lazy("Nhập đơn vị vào đơn vị số %(into)s từ ngày %(from)s"),
    "move_unit": gettext_lazy("Chuyển đơn vị về dưới đơn vị số %(parent)s"),
    "publish_consent_text": gettext_lazy("Ban hành nội dung đồng ý mới"),
    "reactivate_person": gettext_lazy("Mở lại tài khoản"),
    "rename_unit": gettext_lazy("Đổi tên đơn vị"),
    "reopen_unit": gettext_lazy("Mở lại đơn vị"),
    "revoke_role": gettext_lazy("Thu vai trò %(role)s"),
    "rotate_field_key": gettext_lazy("Đổi khóa mã hóa dữ liệu cá nhân (%(rows)s dòng)"),
    "set_headcount": gettext_lazy("Ghi biên chế: %(count)s người"),
    "set_unit_kind": gettext_lazy("Đổi loại đơn vị"),
    "settle_merger": gettext_lazy("Đơn vị số %(into)s tiếp nhận đơn vị được nhập"),
    "transfer_person": gettext_lazy("Điều chuyển từ đơn vị số %(from)s đến đơn vị số %(to)s"),
    "update_installation": gettext_lazy("Sửa thông tin cơ quan"),
    "update_person": gettext_lazy("Sửa thông tin người dùng: %(fields)s"),
    "update_unit": gettext_lazy("Sửa đơn vị"),
    "use_sign_in_link": gettext_lazy("Đăng nhập bằng liên kết một lần"),
}


def register_own_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_OF_ACCOUNTS)
    register_named_subjects(
        "accounts.consenttext",
        "accounts.job",
        "accounts.orgunit",
        "accounts.roster",
        "accounts.user",
    )
