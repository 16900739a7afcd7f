"""A person who takes a course with one SCORM lesson, made as its parts make it."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from accounts.enums import Role
from accounts.models import OrgUnit, User
from tests.people import make_person, make_unit
from tests.training.scorm_packages import zipped
from tests.training.stored_files import make_ready_file
from training.domain.file_storage import PACKAGE, folder_of
from training.engine.scorm_manifest import read_manifest
from training.enums import CourseState, EnrolmentSource, FileKind, LessonKind
from training.models import Course, CourseModule, Enrolment, Lesson, TrainingFile


@dataclass(frozen=True)
class ScormWorld:
    unit: OrgUnit
    organiser: User
    learner: User
    file: TrainingFile
    lesson: Lesson
    enrolment: Enrolment

    @property
    def page(self) -> str:
        return f"/hoc/{self.lesson.module.course.code}/{self.lesson.pk}/goi/"


def make_package(unit: OrgUnit, user: User, files: dict[str, str | bytes]) -> TrainingFile:
    """The file as the worker's check leaves it."""
    from defusedxml import ElementTree

    content = zipped(files)
    root = ElementTree.fromstring(str(files["imsmanifest.xml"]).encode())
    facts = read_manifest(root, list(files)).as_facts()
    file = make_ready_file(
        unit=unit, user=user, kind=FileKind.SCORM, content=content, name="gói.zip", facts=facts
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        ZipFile.extractall(archive, folder_of(file) / PACKAGE)
    return file


def make_scorm_world(
    files: dict[str, str | bytes],
    *,
    rule: dict[str, Any] | None = None,
    organiser: User | None = None,
    learner: User | None = None,
) -> ScormWorld:
    """An open course whose lesson is done when the package says so."""
    now = timezone.now()
    unit = organiser.unit if organiser else make_unit()
    assert unit is not None
    organiser = organiser or make_person("oanh", Role.ORGANISER, unit=unit)
    learner = learner or make_person("hoa", unit=unit, totp=False)
    course = Course.objects.create(
        unit=unit,
        code="goi-scorm",
        title="Một cửa",
        state=CourseState.PUBLISHED,
        made_by=organiser,
        published_at=now,
    )
    module = CourseModule.objects.create(course=course, position=1, title="Phần 1")
    file = make_package(unit, organiser, files)
    lesson = Lesson.objects.create(
        module=module,
        position=1,
        title="Tiếp nhận hồ sơ",
        kind=LessonKind.SCORM,
        file=file,
        completion={"all": [rule or {"kind": "scorm", "status": "passed"}]},
    )
    enrolment = Enrolment.objects.create(
        course=course,
        person=learner,
        unit=unit,
        source=EnrolmentSource.SELF,
        enrolled_by=learner,
        enrolled_at=now,
    )
    return ScormWorld(unit, organiser, learner, file, lesson, enrolment)
