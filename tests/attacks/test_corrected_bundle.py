"""Forgeries of a release that corrects an earlier one: each is found and named."""

import json

import pytest

from quiz.domain.correction_jobs import SUBMIT
from quiz.domain.corrections import correct_attempt, withdraw_prize
from quiz.domain.erasure import erase_entrant
from quiz.domain.releases import newest_release
from quiz.enums import KeyRemedy
from quiz.models import Attempt, Award, Entrant, Release
from quiz.rules.document import Criterion, PrizeTier
from tests.attacks.bundles import Files, forge, make_auditor_bundle, make_bundle, unpack, verify
from tests.attacks.second_verifier import judge
from tests.quiz.domain.test_corrections import (
    NOW,
    amend,
    begin,
    decide,
    preview,
    released,
    run,
)
from tests.results_factory import Entry, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def corrected(media) -> Release:
    """A key amended, an entry voided, a prize withdrawn, published as the second release."""
    made = released()
    correction = begin(made)
    amend(made, correction, KeyRemedy.ACCEPT_BOTH, 2)
    by = {"correction": correction, "reason": "Thi hộ", "user": made.organiser}
    correct_attempt(**by, attempt=Attempt.objects.get(entrant__full_name="Phạm Ba Ví Dụ"))
    withdraw_prize(**by, award=Award.objects.get(kind="prize", place=1))
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    return correction.release


def change_remedy(files: Files) -> None:
    files["release.json"]["corrections"][0]["keys"][0]["remedy"] = "drop"


def change_committed_key(files: Files) -> None:
    files["release.json"]["corrections"][0]["keys"][0]["old"] ^= 3


def forget_amendment(files: Files) -> None:
    files["release.json"]["corrections"][0]["keys"] = []


def forget_correction(files: Files) -> None:
    del files["release.json"]["corrections"]


def take_back_voiding(files: Files) -> None:
    files["release.json"]["corrections"][0]["entries"][0]["act"] = "restore"


def withdraw_another(files: Files) -> None:
    prize = next(a for a in files["awards.json"]["awards"] if a["kind"] == "prize")
    files["release.json"]["corrections"][0]["withdrawn"][0]["leaf"] = prize["leaf"]


def break_the_chain(files: Files) -> None:
    files["release.json"]["previous"] = "0" * 64


def rewrite_the_first(files: Files) -> None:
    files["earlier.json"][0]["winners"][0]["name"] = "Kẻ Gian"


def lose_the_first(files: Files) -> None:
    del files["earlier.json"]


def test_every_forgery_of_a_correction_is_named(corrected, tmp_path):
    """Root and digest are those printed on the decision; the amended marks follow from neither."""
    bundle = corrected.bundle.read()
    printed = ("--root", corrected.document["root"], "--digest", corrected.digest)
    assert verify(bundle, tmp_path, *printed).code == 0
    by_chain = [break_the_chain, rewrite_the_first, lose_the_first]
    by_content = [change_remedy, change_committed_key, take_back_voiding, withdraw_another]
    # Without the digest: only what the documents and entries say of each other.
    verdicts = {
        change.__name__: verify(forge(bundle, change), tmp_path, *printed[:2])
        for change in by_chain + by_content
    }
    assert {name: verdict.code for name, verdict in verdicts.items()} == dict.fromkeys(verdicts, 1)
    # What was forgotten fits itself; the digest on the signed decision tells.
    for change in (forget_amendment, forget_correction):
        assert verify(forge(bundle, change), tmp_path, *printed).code == 1


def test_the_second_release_names_the_first(corrected, tmp_path):
    said = verify(corrected.bundle.read(), tmp_path, "--root", corrected.document["root"]).said
    assert "Replaces release 1" in said
    assert "Marked by the committed keys and 1 amended items." in said
    assert corrected.document["previous"] == corrected.previous.digest


def test_reasons_that_name_people_stay_inside(corrected):
    files = unpack(corrected.bundle.read())
    texts = {name: part for name, part in files.items() if not isinstance(part, bytes)}
    assert "Thi hộ" not in json.dumps(texts, ensure_ascii=False)


def test_a_winner_erased_since_keeps_the_prize_and_the_bundle_says_so(tmp_path):
    made = released()
    winner = Award.objects.get(kind="prize", place=1).entrant
    erase_entrant(entrant=winner, user=None, now=NOW)
    correction = begin(made)
    amend(made, correction, KeyRemedy.MARKS_TO_ALL)
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    release = correction.release
    assert [w["name"] for w in release.document["winners"]] == ["Võ Sai Ví Dụ", "(đã xoá)"]
    verdict = verify(release.bundle.read(), tmp_path, "--root", release.document["root"])
    assert verdict.code == 0, verdict.said
    assert "Giải Nhì 2 (nguoi-dan): (đã xoá) — recomputed from declared figures" in verdict.said
    assert "Giải Nhất 1 (nguoi-dan): Võ Sai Ví Dụ — recomputed\n" in verdict.said
    audited = verify(make_auditor_bundle(release), tmp_path, "--root", release.digest)
    assert audited.code == 0, audited.said


@pytest.mark.parametrize("erased", [{"Trần Hai"}, {"Lê Ba"}, {"Trần Hai", "Lê Ba"}, {"Phạm Tư"}])
def test_erased_entries_that_share_a_place_keep_it(erased, tmp_path):
    """Two stand third and second at once; both have the same prize, whoever is gone by now."""
    names = {"Nguyễn Một": 50, "Trần Hai": 60, "Lê Ba": 60, "Phạm Tư": 70, "Võ Năm": 80}
    people = [Person(full_name=name, entries=[Entry(seconds=n)]) for name, n in names.items()]
    prizes = [PrizeTier(code="nhat", name="Nhất", count=1), PrizeTier(code="b", name="B", count=3)]
    chain = [Criterion(kind=kind, precision="second") for kind in ("score", "duration", "lot")]
    made = released(people, result={"prizes": prizes, "reserves": 0, "chain": chain})
    for person in Entrant.objects.filter(full_name__in=erased):
        erase_entrant(entrant=person, user=None, now=NOW)
    correction = begin(made)
    amend(made, correction, KeyRemedy.MARKS_TO_ALL)
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    root = correction.release.document["root"]
    bundle = correction.release.bundle.read()
    ranks = [one["rank"] for one in unpack(bundle)["awards.json"]["awards"]]
    assert sorted(ranks) == [1, 2, 2, 4]
    verdict = verify(bundle, tmp_path, "--root", root)
    assert verdict.code == 0, verdict.said
    assert judge(bundle, root) == (0, "")


def test_where_keys_stay_secret_an_amendment_tells_none(tmp_path):
    made = released(result={"key_shown": "never"})
    correction = begin(made)
    amend(made, correction, KeyRemedy.DROP)
    preview(correction)
    run(SUBMIT, correction)
    [told] = correction.release.document["corrections"]
    [key] = told["keys"]
    assert len(key.pop("digest")) == 64
    assert key == {"group": "nguoi-dan", "remedy": "drop", "reason": "Nghị định đã sửa đổi"}
    assert verify(correction.release.bundle.read(), tmp_path).code == 0
    assert newest_release(round=made.round).number == 1
    decide(made, correction)
    assert newest_release(round=made.round) == correction.release
    # The auditor's bundle opens keys and amendments, and each amendment is the one announced.
    whole = make_auditor_bundle(correction.release)
    assert verify(whole, tmp_path, "--root", correction.release.document["root"]).code == 0

    def change(files: Files) -> None:
        files["commitment.json"]["amendments"][0]["remedy"] = "marks_to_all"

    assert verify(forge(whole, change), tmp_path).code == 1


def test_the_same_correction_gives_the_same_bytes(corrected):
    assert make_bundle(corrected) == corrected.bundle.read()
