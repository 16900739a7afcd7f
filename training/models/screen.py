"""Screens at a desk, and the playlists they show."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import SlideKind
from training.queries.screen import PlaylistQuerySet, ScreenQuerySet


class Playlist(models.Model):
    """What screens of a unit, and of units below it, show in turn."""

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên danh sách phát"), max_length=200)

    objects = PlaylistQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách phát")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Slide(models.Model):
    """One thing shown, in its place; when it is not due it is passed over.

    `weekdays` from 1 (Monday), none of them: each day. `starts` and `ends` are hours in Viet Nam,
    `valid_to` the last day. A film without `seconds` runs to its end.
    """

    playlist = models.ForeignKey(Playlist, on_delete=models.CASCADE, related_name="slides")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    kind = models.CharField(_("loại"), max_length=7, choices=SlideKind)
    title = models.CharField(_("tiêu đề"), max_length=200, blank=True)
    text = models.TextField(_("nội dung"), blank=True, max_length=2000)
    file = models.ForeignKey(
        "TrainingFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subtitles = models.ForeignKey(
        "TrainingFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contest = models.ForeignKey(
        "quiz.Contest", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    survey = models.ForeignKey(
        "Survey", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    seconds = models.PositiveSmallIntegerField(_("hiện bao nhiêu giây"), null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    starts = models.TimeField(_("từ giờ"), null=True, blank=True)
    ends = models.TimeField(_("đến giờ"), null=True, blank=True)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("mục trong danh sách phát")
        ordering = ["playlist", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SlideKind.FILE, file__isnull=False)
                | Q(kind=SlideKind.CONTEST, contest__isnull=False)
                | Q(kind=SlideKind.SURVEY, survey__isnull=False)
                | (Q(kind=SlideKind.TEXT) & ~Q(text="")),
                name="slide_has_what_it_shows",
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lt=models.F("ends")),
                name="slide_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_to=None)
                | Q(valid_from__lte=models.F("valid_to")),
                name="slide_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Screen(models.Model):
    """A TV at a desk. Whoever has its address, `key`, sees what it shows and may report for it.

    `code` pairs it, for half an hour: typed at the TV it leads to the address. The rest is what
    the screen last said of itself.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên màn hình"), max_length=200)
    playlist = models.ForeignKey(Playlist, on_delete=models.PROTECT, related_name="screens")
    key = models.CharField(max_length=43, unique=True)
    code = models.CharField(max_length=12, blank=True)
    code_until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(_("thấy lần cuối"), null=True)
    seen = models.JSONField(default=dict)

    objects = ScreenQuerySet.as_manager()

    class Meta:
        verbose_name = _("màn hình")
        ordering = ["unit__sort_name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="one_screen_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name
