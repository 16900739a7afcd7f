"""Pictures travel with their items in Moodle XML and QTI, out of one bank and into another."""

import base64
import io
from dataclasses import replace

import pytest

from quiz.domain.item_exports import drafts_of, versions_to_export
from quiz.domain.items import add_items
from quiz.domain.media import keep_media
from quiz.domain.unused_media import unused_media
from quiz.drafts import STEM, ItemDraft, Media
from quiz.interfaces.formats.found_media import take_media
from quiz.interfaces.formats.moodle_read import read_moodle
from quiz.interfaces.formats.moodle_write import write_moodle
from quiz.interfaces.formats.qti_read import read_qti
from quiz.interfaces.formats.qti_write import write_qti
from quiz.models import ImportDraft, ItemImport
from quiz.reading_documents import draft_document
from quiz.readings import Reading
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.media_samples import MP3, PNG, png
from tests.quiz.interfaces.formats.drafts import bare
from tests.quiz.interfaces.formats.files import codes, gift, moodle, qti, qti_item, zipped
from tests.quiz.interfaces.formats.files import manifest as manifest_of

pytestmark = pytest.mark.django_db
OTHER = png(shade=7)


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def kept(world: BankWorld, content: bytes, place: int, alt: str) -> Media:
    file = keep_media(bank=world.bank, content=content, user=world.alice)
    fields = ("sha256", "mime", "width", "height")
    return Media(place, file.kind, alt=alt, **{name: getattr(file, name) for name in fields})


def taken(world: BankWorld, reading: Reading) -> Reading:
    return take_media(bank=world.bank, user=world.alice, reading=reading)


@pytest.mark.parametrize(
    ("read", "write"), [(read_moodle, write_moodle), (read_qti, write_qti)], ids=["moodle", "qti"]
)
def test_pictures_of_stem_and_options_come_back(world: BankWorld, read, write) -> None:
    media = (
        kept(world, PNG, STEM, 'Biển "dừng" <đỏ> & trắng'),
        kept(world, OTHER, 1, "Biển xanh"),
        kept(world, PNG, 2, "Biển đỏ"),
    )
    draft = make_draft(1, stem="Biển <nào>\nđúng & đủ?", media=media)
    add_items(bank=world.bank, drafts=[draft], author=world.alice)
    (stored,) = drafts_of(versions_to_export(bank=world.bank))
    out = io.BytesIO()
    assert write([stored], out) == ()
    out.seek(0)
    reading = read(out, name="cau-hoi")
    assert codes(reading.items[0].notices) == ["media_left_out"]
    (item,) = taken(world, reading).items
    assert bare(item.draft) == bare(stored)
    assert item.notices == ()


@pytest.mark.parametrize("write", [write_moodle, write_qti])
def test_sounds_and_lost_pictures_are_told(world: BankWorld, write) -> None:
    sound = kept(world, MP3, STEM, "Tiếng còi")
    lost = Media(STEM, "image", sha256="0" * 64, alt="Sơ đồ", mime="image/png")
    plain = ItemDraft("single", "Hỏi?", ("a", "b"), frozenset({0}), row=7)
    items = [plain, replace(plain, row=8, media=(sound,)), replace(plain, row=9, media=(lost,))]
    told = write(items, io.BytesIO())
    assert [(fault.place, fault.code) for fault in told] == [
        ("Câu 8 (Hỏi?)", "media_not_carried"),
        ("Câu 9 (Hỏi?)", "media_not_carried"),
    ]


def moodle_item(*, alt: str = "Biển", content: bytes = PNG, name: str = "a.png") -> Reading:
    written = base64.b64encode(content).decode()
    return moodle(
        '<question type="multichoice"><questiontext format="html"><text><![CDATA['
        f'<p>Hỏi?</p><img src="@@PLUGINFILE@@/a.png" alt="{alt}">]]></text>'
        f'<file name="{name}" path="/" encoding="base64">{written}</file></questiontext>'
        '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text>'
        "</answer></question>"
    )


@pytest.mark.parametrize(
    "fields",
    [{"alt": ""}, {"alt": "x" * 1001}, {"content": PNG[:30]}, {"content": b""}, {"name": "b.png"}],
)
def test_what_an_item_cannot_show_stays_named(world: BankWorld, fields: dict) -> None:
    (item,) = taken(world, moodle_item(**fields)).items
    assert item.draft.media == ()
    assert codes(item.notices) == ["media_left_out"]
    assert "“a.png”" in item.notices[0].message


def test_a_second_picture_of_one_place_is_left_and_named(world: BankWorld) -> None:
    data = zipped(
        {
            "cau/1.xml": qti_item(
                before='<p><img src="a.png" alt="một"/><img src="../b.png" alt="hai"/></p>'
            ),
            "cau/a.png": PNG,
            "b.png": OTHER,
            "imsmanifest.xml": manifest_of("cau/1.xml"),
        }
    )
    (item,) = taken(world, qti(data)).items
    assert [media.alt for media in item.draft.media] == ["một"]
    assert [notice.message for notice in item.notices] == [
        "Hình ảnh, âm thanh chưa được đưa vào: “b.png”."
    ]


@pytest.mark.parametrize(
    "address", ["http://example.org/a.png", "/etc/passwd", "../../../etc/passwd", "file:///a.png"]
)
def test_no_address_outside_the_file_is_followed(world: BankWorld, address: str) -> None:
    body = f'<p><img src="{address}" alt="xa"/></p>'
    data = zipped({"1.xml": qti_item(before=body), "imsmanifest.xml": manifest_of("1.xml")})
    (item,) = qti(data).items
    assert [media.content for media in item.media] == [b""]
    assert codes(taken(world, qti(data)).items[0].notices) == ["media_left_out"]


def test_pictures_inside_an_address_are_taken_too(world: BankWorld) -> None:
    source = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    reading = gift(
        f'[html]<img src\\="{source.replace(":", chr(92) + ":")}" alt\\="x">Hỏi? {{=a ~b}}'
    )
    assert reading.items[0].media[0].name.startswith("data:")
    text = qti_item(before=f'<p><img src="{source}" alt="Biển"/></p>')
    (item,) = taken(world, qti(text)).items
    assert [media.alt for media in item.draft.media] == ["Biển"]


def test_what_an_import_holds_is_not_thrown_away(world: BankWorld, settings) -> None:
    (item,) = taken(world, moodle_item()).items
    assert unused_media().count() == 1
    session = ItemImport.objects.create(
        bank=world.bank,
        created_by=world.alice,
        created_at="2026-11-30T00:00Z",
        expires_at="2026-12-14T00:00Z",
        file_name="a.xml",
    )
    ImportDraft.objects.create(
        session=session,
        place=1,
        source="…",
        document={"draft": draft_document(item.draft)},
        confidence=100,
    )
    assert unused_media().count() == 0
