"""Pictures and sounds of items: taken in clean, kept with their versions, frozen by their hash."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.domain.retention import STORES, expire
from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain.frozen import frozen_round
from quiz.domain.items import add_items, save_item
from quiz.domain.media import attempt_media, keep_media, media_of
from quiz.domain.media_files import path_of, read_bytes
from quiz.domain.papers import present_paper
from quiz.domain.unused_media import KEPT_UNUSED
from quiz.drafts import STEM, ItemDraft, Media
from quiz.enums import MediaKind
from quiz.errors import BadMedia, MediaNotFound, UnknownToken
from quiz.interfaces.api.entry_models import AttemptAnswer
from quiz.interfaces.api.paper_json import attempt_json
from quiz.models import Item, MediaFile, Pool
from tests.factories import (
    make_bank,
    make_draft,
    make_open_contest,
    make_person,
    make_unit,
    register,
    start,
)
from tests.media_samples import MP3, PNG, PNG_TELLING, mp3_telling, png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def author(unit):
    return make_person(Role.AUTHOR, unit=unit)


@pytest.fixture
def bank(unit, author):
    return make_bank(unit=unit, author=author, reviewer=make_person(Role.REVIEWER, unit=unit))


def shown(place: int, content: bytes = PNG, kind: str = MediaKind.IMAGE, alt: str = "Một biển báo"):
    return Media(place=place, kind=kind, sha256=sha256(content).hexdigest(), alt=alt)


def fault_codes(bank, draft: ItemDraft, author) -> list[str]:
    with pytest.raises(Faults) as refused:
        save_item(bank=bank, draft=draft, author=author)
    return [fault.code for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("content", "stored", "kind"),
    [(PNG_TELLING, PNG, MediaKind.IMAGE), (mp3_telling(), MP3, MediaKind.SOUND)],
)
def test_a_file_is_kept_without_what_it_tells(bank, author, content, stored, kind):
    file = keep_media(bank=bank, content=content, user=author)
    assert (file.kind, file.size, file.sha256) == (kind, len(stored), sha256(stored).hexdigest())
    assert read_bytes(file.sha256) == stored
    again = keep_media(bank=bank, content=stored, user=author)
    assert again == file


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        PNG[:50],
        b"ID3 but no frames",
        PNG + bytes(2**20),
        MP3 + bytes(3 * 2**20),
        png(5000, 2),
        png(4000, 3001),
    ],
)
def test_what_is_no_picture_or_sound_or_too_large_is_refused(bank, author, content, media_folder):
    with pytest.raises(BadMedia):
        keep_media(bank=bank, content=content, user=author)
    assert (MediaFile.objects.count(), list(media_folder.iterdir())) == (0, [])


def test_only_who_writes_items_here_may_add_files(bank, unit):
    for other in (
        make_person(Role.AUTHOR, unit=make_unit()),
        make_person(Role.REVIEWER, unit=unit),
    ):
        with pytest.raises(NotAllowed):
            keep_media(bank=bank, content=PNG, user=other)


def test_media_belong_to_the_version_and_the_next_may_have_others(bank, author):
    keep_media(bank=bank, content=PNG, user=author)
    media = (shown(STEM), shown(1))
    first = save_item(bank=bank, draft=make_draft(20, media=media), author=author)
    assert [(m.place, m.alt, m.width) for m in media_of(first)] == [
        (STEM, "Một biển báo", 8),
        (1, "Một biển báo", 8),
    ]
    second = save_item(
        bank=bank, draft=make_draft(20, media=media[:1]), author=author, item=first.item
    )
    assert (len(media_of(first)), len(media_of(second))) == (2, 1)


@pytest.mark.parametrize(
    ("media", "codes"),
    [
        ([shown(STEM, alt=" ")], ["no_alt"]),
        ([shown(STEM, alt="x" * 1001)], ["alt_too_long"]),
        ([shown(4)], ["media_misplaced"]),
        ([shown(0, MP3, MediaKind.SOUND)], ["media_misplaced"]),
        ([shown(0), shown(0)], ["media_twice"]),
        ([shown(0, b"of no bank")], ["media_unknown"]),
        ([shown(STEM, MP3, MediaKind.IMAGE)], ["media_unknown"]),
    ],
)
def test_media_that_do_not_fit_are_refused_with_the_draft(bank, author, media, codes):
    for content in (PNG, MP3):
        keep_media(bank=bank, content=content, user=author)
    assert fault_codes(bank, make_draft(20, media=tuple(media)), author) == codes


def test_a_file_of_another_bank_can_not_be_shown(bank, author, unit):
    other = make_bank(unit=unit, author=author, reviewer=make_person(Role.REVIEWER, unit=unit))
    keep_media(bank=other, content=PNG, user=author)
    assert fault_codes(bank, make_draft(20, media=(shown(0),)), author) == ["media_unknown"]


def test_the_same_words_about_another_picture_are_another_item(bank, author):
    for content in (PNG, png(shade=9)):
        keep_media(bank=bank, content=content, user=author)
    draft = make_draft(20, media=(shown(STEM),))
    save_item(bank=bank, draft=draft, author=author)
    save_item(bank=bank, draft=replace(draft, media=(shown(STEM, png(shade=9)),)), author=author)
    assert fault_codes(bank, draft, author) == ["duplicate_in_bank"]
    assert make_draft(20).digest == replace(make_draft(20), media=()).digest


def test_items_without_media_freeze_as_before_there_were_any():
    made = make_open_contest()
    items = made.round.pools.get().document["items"]
    names = {"version", "kind", "stem", "options", "option_ids", "fixed_order"}
    assert {frozenset(item) for item in items} == {frozenset(names)}
    assert frozen_round(made.round.pk).pool_of_group("nguoi-dan").mime_types == {}


@pytest.fixture
def contest(monkeypatch):
    """One whose items show a picture with the stem and with their second option as written."""
    pictured = (shown(STEM), shown(1, alt="Hình của phương án thứ hai"))

    def add_with_media(*, bank, drafts, author):
        keep_media(bank=bank, content=PNG, user=author)
        return add_items(bank=bank, drafts=drafts, author=author)

    monkeypatch.setattr("tests.factories.add_items", add_with_media)
    drafts = [make_draft(number, media=pictured) for number in range(1, 9)]
    return make_open_contest(drafts=drafts)


def test_a_frozen_picture_moves_with_its_option(contest):
    pool = Pool.objects.get(round=contest.round)
    for item in pool.document["items"]:
        stem, option = item["media"]
        assert (stem["place"], item["option_ids"][option["place"]]) == (STEM, 1)
        assert (option["alt"], option["mime"], option["width"]) == (
            "Hình của phương án thứ hai",
            "image/png",
            8,
        )
    sitting = start(contest, register(contest))
    frozen = sitting.round.pool(sitting.row.pool_id)
    for item in present_paper(frozen, sitting.row.seed):
        texts = dict(item.options)
        assert texts[item.media[1].place].startswith("Phương án n")


def test_the_holder_of_a_paper_finds_its_pictures_and_no_others(contest):
    sitting = start(contest, register(contest))
    name = sha256(PNG).hexdigest()
    assert attempt_media(token=sitting.token, name=name) == "image/png"
    with pytest.raises(MediaNotFound):
        attempt_media(token=sitting.token, name=sha256(MP3).hexdigest())
    for token in ("", "x", register(contest).token):
        with pytest.raises(UnknownToken):
            attempt_media(token=token, name=name)


def test_the_api_names_pictures_by_option(contest):
    answer = AttemptAnswer.model_validate_json(attempt_json(start(contest, register(contest))))
    for item in answer.items:
        texts = {option.id: option.text for option in item.options}
        stem, option = item.media
        assert (stem.option, stem.kind, stem.sha256) == (None, "image", sha256(PNG).hexdigest())
        assert texts[option.option].startswith("Phương án n")


def test_files_no_item_shows_go_after_a_day(bank, author, django_capture_on_commit_callbacks):
    used, unused = (keep_media(bank=bank, content=c, user=author) for c in (PNG, MP3))
    save_item(bank=bank, draft=make_draft(20, media=(shown(STEM),)), author=author)
    store, now = STORES["unused_media"], timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        assert expire(store=store, now=now + KEPT_UNUSED - timedelta(minutes=1)) == 0
        assert expire(store=store, now=now + KEPT_UNUSED + timedelta(minutes=1)) == 1
    assert list(MediaFile.objects.all()) == [used]
    assert (path_of(used.sha256).exists(), path_of(unused.sha256).exists()) == (True, False)


def test_bytes_another_bank_has_stay(bank, author, unit, django_capture_on_commit_callbacks):
    other = make_bank(unit=unit, author=author, reviewer=make_person(Role.REVIEWER, unit=unit))
    for each in (bank, other):
        keep_media(bank=each, content=PNG, user=author)
    save_item(bank=other, draft=make_draft(20, media=(shown(STEM),)), author=author)
    with django_capture_on_commit_callbacks(execute=True):
        assert expire(store=STORES["unused_media"], now=timezone.now() + 2 * KEPT_UNUSED) == 1
    assert [file.bank for file in MediaFile.objects.all()] == [other]
    assert read_bytes(sha256(PNG).hexdigest()) == PNG


def test_what_a_frozen_round_showed_can_be_shown_years_later(
    contest, media_folder, django_capture_on_commit_callbacks
):
    """Its items have other versions without pictures since."""
    sitting = start(contest, register(contest))
    for item in Item.objects.select_related("bank", "current"):
        draft = make_draft(item.number + 50)
        save_item(bank=item.bank, draft=draft, author=item.current.author, item=item)
    with django_capture_on_commit_callbacks(execute=True):
        expire(store=STORES["unused_media"], now=timezone.now() + timedelta(days=3653))
    name = sha256(PNG).hexdigest()
    assert attempt_media(token=sitting.token, name=name) == "image/png"
    assert read_bytes(name) == PNG


def test_what_a_version_shows_can_not_be_thrown_away_with_bank_or_item(bank, author):
    keep_media(bank=bank, content=PNG, user=author)
    save_item(bank=bank, draft=make_draft(20, media=(shown(STEM),)), author=author)
    for row in (bank, MediaFile.objects.get()):
        with pytest.raises(ProtectedError):
            row.delete()


def test_a_spoilt_file_is_written_anew_when_it_is_chosen_again(bank, author):
    file = keep_media(bank=bank, content=PNG, user=author)
    path_of(file.sha256).write_bytes(b"hong")
    keep_media(bank=bank, content=PNG, user=author)
    assert read_bytes(file.sha256) == PNG
