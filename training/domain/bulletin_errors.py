"""Refusals of the bulletin."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class ArticleMoved(DomainError):
    """It is not in the state that the act begins from: somebody else was quicker."""

    code = "article_moved"
    status = 409
    message = _("Bài đã đổi trạng thái.")
    hint = _("Tải lại trang để xem bài hiện ở đâu rồi làm tiếp.")


class ArticleEmpty(DomainError):
    code = "article_empty"
    status = 409
    message = _("Bài chưa có nội dung.")
    hint = _("Viết nội dung rồi gửi lại.")


class OwnArticle(DomainError):
    code = "own_article"
    status = 409
    message = _("Bạn không duyệt bài do chính mình viết.")
    hint = _("Nhờ một người biên tập khác duyệt bài này.")


class BulletinMoved(DomainError):
    code = "bulletin_moved"
    status = 409
    message = _("Bản tin đã phát hành nên không sửa được nữa.")
    hint = _("Đăng phần sửa trong số sau.")


class BulletinEmpty(DomainError):
    code = "bulletin_empty"
    status = 409
    message = _("Bản tin chưa có bài nào.")
    hint = _("Thêm ít nhất một bài đã duyệt rồi phát hành.")


class BulletinNotPublished(DomainError):
    code = "bulletin_not_published"
    status = 409
    message = _("Bản tin chưa phát hành.")
    hint = _("Phát hành bản tin rồi gửi thư.")
