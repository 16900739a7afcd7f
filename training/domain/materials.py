"""Writing materials of the library, publishing them and taking them down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.jobs import queue_job
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.rich_text import to_words
from accounts.text import free_code, nfc, slug_of, tidy_text
from training.domain.library_errors import MaterialEmpty, MaterialMoved, ReasonMissing
from training.domain.material_citations import cite_documents
from training.domain.material_files import file_faults, keep_files, require_files
from training.domain.search_index import SearchText, drop_thing, index_thing
from training.enums import FileKind, LibraryAudience, MaterialKind, MaterialState
from training.models import Material, TrainingFile
from training.permissions import may_run_training_at

KIND = "material"
READ_MATERIAL = "read_material"
LONGEST_SLUG = 60
LONGEST_REASON = 400


@dataclass(frozen=True)
class MaterialDraft:
    """A material as a person writes it; `citations` one document a line, `alt` the file in words,
    `subtitles` by language.
    """

    kind: MaterialKind
    title: str
    summary: str = ""
    subject: str = ""
    audience: LibraryAudience = LibraryAudience.EVERYONE
    text: str = ""
    link: str = ""
    file: TrainingFile | None = None
    about: OrgUnit | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    citations: str = ""
    alt: str = ""
    subtitles: Mapping[str, TrainingFile] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """What is stored of it in the material's own row."""
        plain = ("kind", "audience", "file", "about", "valid_from", "valid_to")
        tidy = {name: nfc(getattr(self, name)) for name in ("title", "summary", "subject")}
        text, link = tidy_text(self.text), nfc(self.link)
        stored = {name: getattr(self, name) for name in plain} | tidy
        return stored | {"text": text, "link": link}


@transaction.atomic
def create_material(*, unit: OrgUnit, draft: MaterialDraft, user: User) -> Material:
    """A draft that only those who run the library see. Raises NotAllowed, Faults."""
    _check(unit, draft, user)
    material = Material.objects.create(
        unit=unit, slug=_free_slug(draft.title), made_by=user, **draft.values()
    )
    keep_files(material=material, alt=draft.alt, subtitles=draft.subtitles)
    cite_documents(material=material, text=draft.citations)
    _record(material, user, "create_material")
    return material


@transaction.atomic
def change_material(*, material: Material, draft: MaterialDraft, user: User) -> None:
    """Write it anew; a published one is published as it is now. Raises NotAllowed, Faults, and of
    a published one what `publish_material` raises of its content.
    """
    _check(material.unit, draft, user)
    held = Material.objects.select_for_update().get(pk=material.pk)
    new_file = held.file_id != (draft.file.pk if draft.file else None)
    for name, value in draft.values().items():
        setattr(held, name, value)
    if new_file:
        held.file_text = ""
    keep_files(material=held, alt=draft.alt, subtitles=draft.subtitles)
    if held.state == MaterialState.PUBLISHED:
        _require_content(held)
    held.save()
    cite_documents(material=held, text=draft.citations)
    if held.state == MaterialState.PUBLISHED:
        _have_read(held, user, timezone.now())
    _record(held, user, "change_material")
    _index(held)
    material.refresh_from_db()


@transaction.atomic
def publish_material(*, material: Material, user: User, now: datetime) -> None:
    """Anyone reads and finds it from now on. Raises NotAllowed, MaterialEmpty,
    MaterialFileNotReady, PictureNotDescribed, MaterialMoved when it is published already.
    """
    _require_right(material.unit, user)
    held = Material.objects.select_for_update().get(pk=material.pk)
    if held.state == MaterialState.PUBLISHED:
        raise MaterialMoved
    _require_content(held)
    held.state, held.published_at, held.withdrawn_because = MaterialState.PUBLISHED, now, ""
    held.save()
    _have_read(held, user, now)
    _record(held, user, "publish_material")
    _index(held)
    material.refresh_from_db()


@transaction.atomic
def withdraw_material(*, material: Material, reason: str, user: User) -> None:
    """Take it down; it stays for those who run the library. Raises NotAllowed, ReasonMissing,
    MaterialMoved when it is not published.
    """
    _require_right(material.unit, user)
    told = nfc(reason)[:LONGEST_REASON]
    if not told:
        raise ReasonMissing
    published = Material.objects.filter(pk=material.pk, state=MaterialState.PUBLISHED)
    if not published.update(state=MaterialState.WITHDRAWN, withdrawn_because=told):
        raise MaterialMoved
    drop_thing(kind=KIND, subject_id=material.pk)
    _record(material, user, "withdraw_material")
    material.refresh_from_db()


def store_file_text(*, material_pk: int, file_pk: int, text: str) -> None:
    """What the worker read out of a file, to be searched, while it still is the material's."""
    if Material.objects.filter(pk=material_pk, file=file_pk).update(file_text=text):
        _index(Material.objects.get(pk=material_pk))


def _have_read(material: Material, user: User, now: datetime) -> None:
    """Have the worker read the words of a PDF that nobody read yet."""
    if material.file and material.file.kind == FileKind.PDF and not material.file_text:
        queue_job(kind=READ_MATERIAL, params={"material": material.pk}, user=user, now=now)


def search_text_of(material: Material) -> SearchText:
    """What of a material is looked through."""
    cited = material.citations.select_related("document")
    names = [f"{each.document.number} {each.document.title} {each.clause}" for each in cited]
    about = material.about.name if material.about else ""
    return SearchText(
        subject_id=material.pk,
        slug=material.slug,
        title=material.title,
        texts=(
            *(material.summary, material.subject, about, to_words(material.text)),
            *(*names, material.file_text),
        ),
        at=material.published_at or material.made_at,
        lead=material.summary,
    )


def _index(material: Material) -> None:
    if material.state == MaterialState.PUBLISHED:
        index_thing(kind=KIND, text=search_text_of(material))


def _check(unit: OrgUnit, draft: MaterialDraft, user: User) -> None:
    _require_right(unit, user)
    faults = list(file_faults(file=draft.file, alt=draft.alt, subtitles=draft.subtitles))
    if not nfc(draft.title):
        message, hint = _("Chưa có tên tài liệu."), _("Ghi tên để người đọc nhận ra tài liệu.")
        faults.append(Fault(_("Tên tài liệu"), "title_empty", message, hint))
    if draft.valid_from and draft.valid_to and draft.valid_to <= draft.valid_from:
        message = _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")
        hint = _("Kiểm tra lại hai ngày này.")
        faults.append(Fault(_("Hiệu lực"), "days_out_of_order", message, hint))
    if draft.link and not draft.link.startswith(("https://", "http://")):
        message = _("Liên kết chưa đúng.")
        hint = _("Ghi địa chỉ đầy đủ, bắt đầu bằng https://.")
        faults.append(Fault(_("Liên kết"), "link_unclear", message, hint))
    if faults:
        raise Faults(faults)


def _require_right(unit: OrgUnit, user: User) -> None:
    if not may_run_training_at(user, unit):
        raise NotAllowed


def _require_content(material: Material) -> None:
    if not (material.text or material.link or material.file_id):
        raise MaterialEmpty
    require_files(material)


def _free_slug(title: str) -> str:
    slug = slug_of(title, length=LONGEST_SLUG, default="tai-lieu")
    alike = Material.objects.filter(slug__startswith=slug).values_list("slug", flat=True)
    return free_code(slug, set(alike))


def _record(material: Material, user: User, act: str) -> None:
    record_act(actor=user, act=act, subject=material, unit_id=material.unit_id)
