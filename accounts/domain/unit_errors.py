"""Why the tree of units does not take a change."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.errors import DomainError


class UnitRefusal(DomainError):
    """Base of them: nothing has changed."""

    status = 409


class UnitBelowItself(UnitRefusal):
    code = "unit_below_itself"

    def __init__(self, name: str, parent: str) -> None:
        super().__init__(
            _("“%(parent)s” đang nằm dưới “%(name)s” nên không làm cấp trên của đơn vị này được.")
            % {"name": name, "parent": parent},
            _("Chọn một đơn vị cấp trên khác."),
        )


class UnitClosed(UnitRefusal):
    code = "unit_closed"

    def __init__(self, name: str, day: date | None) -> None:
        super().__init__(
            _("“%(name)s” ngừng hoạt động từ ngày %(day)s.")
            % {"name": name, "day": day.strftime("%d/%m/%Y") if day else "—"},
            _("Chọn một đơn vị đang hoạt động, hoặc mở lại đơn vị này trước."),
        )


class UnitHasOpenChildren(UnitRefusal):
    code = "unit_has_open_children"

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            _("“%(name)s” còn %(count)s đơn vị cấp dưới đang hoạt động.")
            % {"name": name, "count": count},
            _("Chuyển, nhập hoặc ngừng các đơn vị cấp dưới trước."),
        )


class UnitOnTop(UnitRefusal):
    code = "unit_on_top"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” là đơn vị cao nhất nên không chuyển, nhập hay ngừng hoạt động được.")
            % {"name": name},
            _("Chọn một đơn vị cấp dưới."),
        )


class UnitMergedAlready(UnitRefusal):
    code = "unit_merged_already"

    def __init__(self, name: str, into: str) -> None:
        super().__init__(
            _("“%(name)s” đã được nhập vào “%(into)s”.") % {"name": name, "into": into},
            _("Mở lại đơn vị này trước, rồi chọn lại nơi nhập vào."),
        )


class UnitIntoItself(UnitRefusal):
    code = "unit_into_itself"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” không nhập vào chính nó được.") % {"name": name},
            _("Chọn đơn vị nhận khác."),
        )
