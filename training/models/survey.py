"""A satisfaction survey and its answers, of which only sums are kept."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.queries.survey import SurveyFiguresQuerySet, SurveyPotQuerySet, SurveyQuerySet


class Survey(models.Model):
    """Asked at the desks of a unit and of every unit below it."""

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="surveys")
    code = models.SlugField(_("mã trên địa chỉ"), max_length=60, unique=True)
    title = models.CharField(_("tên khảo sát"), max_length=200)
    is_open = models.BooleanField(_("đang nhận phiếu"), default=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khảo sát hài lòng")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class SurveyVersion(models.Model):
    """What is asked (`training.engine.surveys`). Never changed: a new wording is a new version."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    document = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("phiên bản phiếu khảo sát")
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_survey_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.survey} ({self.number})"


class SurveyPot(models.Model):
    """Answers at a unit that wait to be told until they are enough; shown to nobody.

    No moment and no order: `counts` are sums, `remarks` lie shuffled. Emptied into the figures of
    the month in which it is full.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="pots")
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    answers = models.PositiveIntegerField(default=0)
    counts = models.JSONField()
    remarks = ArrayField(models.TextField(), default=list)

    objects = SurveyPotQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiếu chờ đủ số lượng")
        constraints = [
            models.UniqueConstraint(fields=["version", "unit"], name="one_pot_per_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.unit_id}"


class SurveyFigures(models.Model):
    """What was answered at a unit and told in a month: a sum of full pots."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="figures")
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    answers = models.PositiveIntegerField()
    counts = models.JSONField()

    objects = SurveyFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả khảo sát")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "unit", "month"], name="one_survey_figure_per_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.unit_id}/{self.month}"


class SurveyRemark(models.Model):
    """What somebody wrote besides, apart from what they chose. The key is random: no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="remarks")
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    text = models.TextField()

    class Meta:
        verbose_name = _("ý kiến trong phiếu khảo sát")

    def __str__(self) -> str:
        return str(self.id)


class SurveyTurn(models.Model):
    """A form that was sent, so that sending it twice counts once; forgotten after two days.

    `digest` is of the form's own random value, which nobody but that page ever had. UNLOGGED.
    """

    digest = models.BinaryField(primary_key=True)
    day = models.DateField()

    class Meta:
        verbose_name = _("phiếu đã gửi")

    def __str__(self) -> str:
        return str(self.day)
