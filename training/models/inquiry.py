"""Questions that citizens send in, and the answer their office publishes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import InquiryState
from training.queries.library import InquiryQuerySet

PERSON = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}


class Inquiry(models.Model):
    """`text` and `contact` (sealed) are the asker's; nobody publishes them. What is published is
    `title`, `shown_text` (the question as the moderator wrote it, naming nobody) and `answer`
    (Markdown).

    `number` names it on the page and is random; what opens it for the asker is a code of which only
    a keyed digest is stored. `request_key` comes from the form and makes sending idempotent.
    """

    number = models.CharField(_("số câu hỏi"), max_length=20, unique=True)
    request_key = models.UUIDField(unique=True)
    code_digest = models.BinaryField(unique=True)
    subject = models.CharField(_("lĩnh vực"), max_length=100, blank=True)
    text = models.CharField(_("nội dung hỏi"), max_length=2000, blank=True)
    contact = models.BinaryField(default=b"")
    asked_at = models.DateTimeField(_("gửi lúc"))
    state = models.CharField(
        _("trạng thái"), max_length=9, choices=InquiryState, default=InquiryState.RECEIVED
    )
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="inquiries")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    assigned_at = models.DateTimeField(null=True)
    title = models.CharField(_("tiêu đề"), max_length=250, blank=True)
    shown_text = models.CharField(_("câu hỏi khi đăng"), max_length=2000, blank=True)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("lý do không trả lời"), max_length=400, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(_("báo cho người hỏi lúc"), null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu hỏi của người dân")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=InquiryState.PUBLISHED)
                | (Q(decided_at__isnull=False) & ~Q(shown_text="") & ~Q(answer="")),
                name="published_inquiry_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state=InquiryState.REFUSED)
                | (Q(decided_at__isnull=False) & ~Q(refusal="")),
                name="refused_inquiry_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
