"""Materials: written, published, taken down, flagged when their basis ends."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain.citing import count_citing
from quiz.domain.validity import Description, describe_document
from quiz.models import LegalDocument
from tests.factories import make_person, make_unit
from tests.training.library import make_material
from training.domain.library_errors import MaterialEmpty, MaterialMoved, ReasonMissing
from training.domain.library_search import search_library
from training.domain.material_reading import about_material, speaking_seconds
from training.domain.materials import (
    MaterialDraft,
    change_material,
    publish_material,
    withdraw_material,
)
from training.enums import MaterialKind, MaterialState
from training.models import Material

pytestmark = pytest.mark.django_db
DECREE = "Nghị định 118/2025/NĐ-CP, khoản 1 Điều 1"


def found(text: str) -> list[str]:
    return [entry.slug for entry in search_library(text=text)]


def test_a_draft_is_found_by_nobody_until_it_is_published(unit, organiser):
    draft = make_material(unit, organiser, published=False, text="Lệ phí trước bạ")
    assert found("le phi truoc ba") == []
    publish_material(material=draft, user=organiser, now=timezone.now())
    assert found("le phi truoc ba") == [draft.slug]
    assert list(Material.objects.public()) == [draft]


def test_a_withdrawn_material_is_found_by_nobody_and_keeps_its_reason(unit, organiser):
    material = make_material(unit, organiser, text="Lệ phí trước bạ")
    withdraw_material(material=material, reason="Văn bản đã thay", user=organiser)
    assert found("le phi truoc ba") == []
    assert (material.state, material.withdrawn_because) == ("withdrawn", "Văn bản đã thay")


def test_a_published_material_written_anew_is_found_by_its_new_words(unit, organiser):
    material = make_material(unit, organiser, text="Lệ phí trước bạ")
    draft = MaterialDraft(kind=MaterialKind.POST, title="Tạm trú", text="Đăng ký tạm trú")
    change_material(material=material, draft=draft, user=organiser)
    assert (found("truoc ba"), found("tam tru")) == ([], [material.slug])


def test_two_materials_of_one_name_have_two_addresses(unit, organiser):
    first, second = (make_material(unit, organiser, text="x") for _each in range(2))
    assert first.slug != second.slug


def test_nothing_empty_is_published(unit, organiser):
    empty = make_material(unit, organiser, published=False)
    with pytest.raises(MaterialEmpty):
        publish_material(material=empty, user=organiser, now=timezone.now())
    empty.refresh_from_db()
    assert empty.state == MaterialState.DRAFT


def test_who_publishes_or_withdraws_twice_is_refused(unit, organiser):
    material = make_material(unit, organiser, text="x")
    with pytest.raises(MaterialMoved):
        publish_material(material=material, user=organiser, now=timezone.now())
    withdraw_material(material=material, reason="Cũ", user=organiser)
    with pytest.raises(MaterialMoved):
        withdraw_material(material=material, reason="Cũ", user=organiser)


def test_a_withdrawal_without_a_reason_is_refused(unit, organiser):
    with pytest.raises(ReasonMissing):
        withdraw_material(
            material=make_material(unit, organiser, text="x"), reason=" ", user=organiser
        )


def test_a_stranger_neither_writes_nor_publishes(unit, organiser):
    stranger = make_person(Role.ORGANISER, unit=make_unit("Nơi khác"))
    draft = make_material(unit, organiser, published=False, text="x")
    with pytest.raises(NotAllowed):
        publish_material(material=draft, user=stranger, now=timezone.now())
    with pytest.raises(NotAllowed):
        make_material(unit, stranger, text="x")


def test_all_faults_of_a_draft_are_told_at_once(unit, organiser):
    day = date(2026, 1, 1)
    with pytest.raises(Faults) as refused:
        make_material(unit, organiser, title=" ", valid_from=day, valid_to=day, link="javascript:1")
    codes = [fault.code for fault in refused.value.faults]
    assert codes == ["title_empty", "days_out_of_order", "link_unclear"]


def test_a_material_is_flagged_when_its_document_is_replaced(unit, organiser):
    material = make_material(unit, organiser, text="x", citations=DECREE)
    today = timezone.localdate()
    assert not Material.objects.out_of_force(today).exists()
    document = LegalDocument.objects.get(number="Nghị định 118/2025/NĐ-CP")
    touched = describe_document(
        document=document,
        description=Description(effective_to=today, replaced_by="Nghị định 1/2026/NĐ-CP"),
        user=organiser,
    )
    assert touched["materials"] == 1
    assert list(Material.objects.out_of_force(today)) == [material]
    cited = about_material(material=material, today=today).citations[0]
    assert cited.replaced_by == "Nghị định 1/2026/NĐ-CP"
    assert "hết hiệu lực" in cited.doubt.lower()
    counted = count_citing(user=organiser, roles=[Role.ORGANISER])
    assert counted[document.pk]["materials"] == 1


def test_the_page_says_when_a_material_is_over(unit, organiser):
    today = timezone.localdate()
    over = make_material(unit, organiser, text="x", valid_to=today)
    later = make_material(unit, organiser, text="x", valid_from=today + timedelta(days=1))
    now = make_material(unit, organiser, text="x", valid_to=today + timedelta(days=1))
    doubts = [about_material(material=each, today=today).doubts for each in (over, later, now)]
    assert [len(each) for each in doubts] == [1, 1, 0]


def test_a_piece_for_the_loudspeaker_tells_how_long_it_takes(unit, organiser):
    piece = make_material(unit, organiser, kind=MaterialKind.AUDIO, text="**một** hai " * 120)
    about = about_material(material=piece, today=timezone.localdate())
    assert about.minutes_and_seconds == (1, 30)
    assert speaking_seconds("") == 0
