"""Contests, their groups, their rules."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import ContestState
from quiz.queries.contest import ContestQuerySet


class Contest(models.Model):
    """`rehearses`: this one is the shadow in which that one is rehearsed; nobody is shown it."""

    code = models.SlugField(_("mã cuộc thi (trong địa chỉ)"), max_length=60, unique=True)
    title = models.CharField(_("tên cuộc thi"), max_length=250)
    summary = models.TextField(_("giới thiệu"), blank=True)
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    body_name = models.CharField(_("cơ quan tổ chức"), max_length=200)
    hotline = models.CharField(_("điện thoại hỗ trợ"), max_length=60, blank=True)
    roster = models.ForeignKey(
        "accounts.Roster",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    consent_text = models.ForeignKey(
        "accounts.ConsentText", on_delete=models.PROTECT, null=True, related_name="+"
    )
    rules = models.ForeignKey("RuleSet", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=ContestState, default=ContestState.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    rehearses = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="shadows", editable=False
    )

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc thi")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class AudienceGroup(models.Model):
    """A group of entrants with its own bank, papers, ranking and prizes."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField(_("mã đối tượng"), max_length=40)
    name = models.CharField(_("đối tượng dự thi"), max_length=200)
    bank = models.ForeignKey(
        "ItemBank", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("đối tượng dự thi")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="one_group_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class RuleSet(models.Model):
    """One version of a contest's rules: a document valid under `quiz.rules.document`."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="rule_sets")
    version = models.PositiveIntegerField(_("phiên bản"))
    document = models.JSONField()
    decision_number = models.CharField(_("số quyết định"), max_length=80, blank=True)
    decision_date = models.DateField(_("ngày quyết định"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thể lệ")
        ordering = ["contest", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "version"], name="one_rules_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.contest} v{self.version}"


class MayNotWin(models.Model):
    """People who may play but never win: organisers, authors, technicians, relatives."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="may_not_win")
    full_name = models.CharField(_("họ và tên"), max_length=150)
    folded_name = models.CharField(max_length=150)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    staff_code = models.CharField(_("mã cán bộ"), max_length=60, blank=True)
    reason = models.CharField(_("lý do"), max_length=200)

    class Meta:
        verbose_name = _("người không được nhận giải")

    def __str__(self) -> str:
        return self.full_name


class CountOpening(models.Model):
    """Who asked to see a count that decides prizes; from then on they can't win."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("người đã xem số liệu")
        constraints = [
            models.UniqueConstraint(fields=["contest", "user"], name="one_count_opening")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.contest}"
