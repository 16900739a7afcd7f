"""Courses, their modules and lessons, and the documents that lessons cite."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.enums import CourseState, LessonKind
from training.queries.course import CourseQuerySet


class Course(models.Model):
    """What a unit teaches. People of the unit and below are its audience.

    `groups` narrows it further in words of the unit (“công chức một cửa”), shown and not enforced;
    `is_open`: anyone of the audience may enrol by themselves. Valid from the first to before the
    last day. `in_order`: a lesson waits for those before it.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="courses")
    code = models.SlugField(_("mã khoá học"), max_length=40, unique=True)
    title = models.CharField(_("tên khoá học"), max_length=200)
    summary = models.TextField(_("giới thiệu"), blank=True)
    groups = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    state = models.CharField(max_length=10, choices=CourseState, default=CourseState.DRAFT)
    is_open = models.BooleanField(_("cho tự ghi danh"), default=True)
    in_order = models.BooleanField(_("học lần lượt"), default=True)
    valid_from = models.DateField(_("mở từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đóng từ ngày"), null=True, blank=True)
    # Months after which a completed course has to be taken again; 0: never.
    renew_months = models.PositiveSmallIntegerField(_("học lại sau (tháng)"), default=0)
    gives_certificate = models.BooleanField(_("cấp giấy xác nhận"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("khoá học")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="course_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=CourseState.PUBLISHED) | Q(published_at__isnull=False),
                name="published_course_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseModule(models.Model):
    """A part of a course, with a title of its own."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("tên phần"), max_length=200)

    class Meta:
        verbose_name = _("phần của khoá học")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "position"],
                name="one_module_per_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """One thing to study. `body` is Markdown (TEXT, and words beside the other kinds).

    `completion` is the rule as data, as `training.engine.completion` reads it. `minutes` is the
    most that the lesson may be credited for one person. `settings` holds what only its kind needs
    (a quiz's items and pass mark, a video's subtitles). A retired lesson is no longer shown; what
    people did in it stays.
    """

    module = models.ForeignKey(CourseModule, on_delete=models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("tên bài"), max_length=200)
    kind = models.CharField(_("loại bài"), max_length=6, choices=LessonKind)
    body = models.TextField(_("nội dung"), blank=True)
    file = models.ForeignKey(
        "TrainingFile", on_delete=models.PROTECT, null=True, blank=True, related_name="lessons"
    )
    link = models.URLField(_("liên kết"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(_("thời lượng (phút)"), default=10)
    completion = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    is_required = models.BooleanField(_("bắt buộc"), default=True)
    is_retired = models.BooleanField(_("ngừng dùng"), default=False)
    prerequisites = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="unlocks"
    )

    class Meta:
        verbose_name = _("bài học")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "position"],
                name="one_lesson_per_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class LessonFile(models.Model):
    """What goes with a video: its poster, and subtitles in a language (“vi”, “en”)."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="extras")
    file = models.ForeignKey("TrainingFile", on_delete=models.PROTECT, related_name="extra_of")
    # Empty: the poster.
    language = models.CharField(_("ngôn ngữ"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("tệp kèm bài học")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "language"], name="one_extra_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.file}"


class LessonCitation(models.Model):
    """`ends_on`: from that day what the lesson cites is out of force, as `quiz` keeps for items.

    `kept_by`: who decided that the lesson is right all the same, and why; it stands while the day
    stays the same.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(
        "quiz.LegalDocument", on_delete=models.PROTECT, related_name="lesson_citations"
    )
    clause = models.CharField(_("điều, khoản"), max_length=400, blank=True)
    ends_on = models.DateField(_("hết hiệu lực từ"), null=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kept_at = models.DateTimeField(null=True)
    kept_because = models.CharField(_("lý do vẫn đúng"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("căn cứ của bài học")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_by=None, kept_at=None, kept_because="")
                | (Q(kept_by__isnull=False, kept_at__isnull=False) & ~Q(kept_because="")),
                name="lesson_kept_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.document}".strip()
