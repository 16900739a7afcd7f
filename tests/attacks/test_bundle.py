"""What the verifier says of honest bundles, and of every forgery we could think of."""

import ast
import json
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from quiz.domain import pools
from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import keep_earliest
from quiz.domain.entrants import add_may_not_win
from quiz.domain.leaves import leaf_values
from quiz.domain.releases import submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.engine.commitments import FIELDS
from quiz.engine.drawing import read_pool
from quiz.engine.lot import order_by_lot
from quiz.engine.receipts import receipt_document
from quiz.interfaces.bundle import archive
from quiz.models import Attempt, DuplicateCase, Release
from quiz.rules.document import Criterion, PredictionRules, PrizeTier
from tests.attacks.bundles import Files, forge, make_bundle, unpack, verify
from tests.attacks.second_verifier import judge
from tests.factories import OpenContest, make_open_contest, make_rules
from tests.results_factory import Entry, Person, close, make_entrants, publish_and_draw

pytestmark = pytest.mark.django_db

OLD_BUNDLE = Path(__file__).parents[1] / "vectors" / "release-1.zip"
CHAIN = ("score", "prediction_error", "duration", "registered_at", "lot")
TIERS = [
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=2_000_000),
    PrizeTier(code="nhi", name="Giải Nhì", count=2, money=1_000_000),
]
ACTUAL = Decimal(20)
PEOPLE = [
    # first; passed over; second by a lot among three; behind by each criterion in turn
    Person(full_name="Lê Nhất", entries=[Entry(prediction=ACTUAL, seconds=50)]),
    Person(staff_code="RA-DE", entries=[Entry(prediction=ACTUAL, seconds=60)]),
    Person(full_name="Trần Nhì", entries=[Entry(prediction=ACTUAL, seconds=70)]),
    Person(full_name="Trịnh Nhì", entries=[Entry(prediction=ACTUAL, seconds=70)]),
    Person(full_name="Trương Nhì", entries=[Entry(prediction=ACTUAL, seconds=70)]),
    *[Person(entries=[Entry(prediction=ACTUAL, seconds=71 + n)]) for n in range(5)],
    *[Person(entries=[Entry(prediction=ACTUAL, seconds=90 + n)]) for n in range(5)],
    *[Person(entries=[Entry(prediction=Decimal(60 + n), seconds=10)]) for n in range(5)],
    *[Person(entries=[Entry(wrong=1, prediction=Decimal(8)), Entry(wrong=2)]) for n in range(4)],
    Person(entries=[Entry(voided=True)]),
    Person(identity="một", entries=[Entry(wrong=3)]),
    Person(identity="một", registered=9, entries=[Entry()]),
    Person(entries=[Entry(blank=5)]),
]


def release_of(people: list[Person], **fields) -> tuple[OpenContest, Release]:
    """Closed, settled, sealed and submitted."""
    result = {"chain": [Criterion(kind=k) for k in CHAIN], "prizes": TIERS, "reserves": 1}
    rules = make_rules(
        entry={"prediction": PredictionRules(who="all_correct")},
        result=result | fields.pop("result", {}),
        **fields,
    )
    made = make_open_contest(rules=rules)
    people = [
        Person(**{**person.__dict__, "birth_date": None, "full_name": person.full_name})
        for person in people
    ]
    make_entrants(made, people)
    add_may_not_win(
        contest=made.contest,
        full_name="Người Ra Đề",
        staff_code="RA-DE",
        reason="Tổ ra đề",
        user=made.organiser,
    )
    close(made)
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=timezone.now())
    mark_and_rank(round=made.round)
    for tie in propose_awards(round=made.round, user=made.organiser):
        publish_and_draw(
            round=made.round,
            group=tie.group,
            rank=tie.tie.rank,
            source="Xúc xắc trước nhân chứng",
            seed="4-2-6",
            minutes="BB 05",
            user=made.organiser,
        )
    mark_and_rank(round=made.round)
    assert propose_awards(round=made.round, user=made.organiser) == []
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    release = submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    return made, release


@pytest.fixture
def released() -> tuple[Release, bytes]:
    _made, release = release_of(PEOPLE)
    return release, make_bundle(release)


def test_an_honest_bundle_is_good(released, tmp_path):
    release, bundle = released
    verdict = verify(
        bundle, tmp_path, "--root", release.document["root"], "--digest", release.digest
    )
    assert verdict.said.splitlines() == [
        "32 entries agree with the root.",
        *[
            f"{winner['prize']} {winner['place']} (nguoi-dan): {winner['name']}"
            " — recomputed from declared figures"
            for winner in release.document["winners"]
        ],
        "This round has no heads.",
        f"Digest of the release: {release.digest}",
        "GOOD",
    ]
    assert verdict.code == 0
    assert release.document["winners"][0]["name"] == "Lê Nhất"
    assert len(release.document["winners"]) == 3


def test_no_more_is_opened_than_the_prizes_need(released):
    """Who loses by more shows an interval that five share; who loses by little is declared."""
    _release, bundle = released
    rows = [row for row in unpack(bundle)["leaves.jsonl"] if "opening" in row]
    opened = Counter(
        (
            " ".join(sorted(name for name, part in row["opening"].items() if "value" in part)),
            " ".join(name for name, part in row.get("bounds", {}).items() if "value" in part),
            row.get("behind", False),
        )
        for row in rows
    )
    paper = "answers group paper person"
    assert opened == {
        (paper, "", False): 6,
        (paper, "", True): 5,
        ("answers bounds group paper person", "prediction/1", False): 5,
        ("answers bounds group paper person", "duration/10000 prediction/1", False): 5,
        ("answers ended group paper person prediction round started", "", False): 5,
    }
    assert [row["declared"]["registered_at"] for row in rows if "declared" in row] == [1] * 5


def test_nobody_but_winners_is_named():
    _made, release = release_of(PEOPLE)
    files = unpack(make_bundle(release))
    texts = {name: part for name, part in files.items() if not isinstance(part, bytes)}
    text = json.dumps(texts, ensure_ascii=False)
    for hidden in ("Thử Nghiệm", "Người Ra Đề", "RA-DE", "Tổ ra đề"):
        assert hidden not in text
    assert text.count("Lê Nhất") == 1
    for attempt in Attempt.objects.all():
        assert bytes(attempt.secret).hex() not in text


def test_the_same_release_gives_the_same_bytes(released):
    release, bundle = released
    assert make_bundle(release) == bundle


def test_a_receipt_finds_its_entry(released, tmp_path):
    release, bundle = released
    attempt = Attempt.objects.filter(round=release.round, voided_at__isnull=False).get()
    pool = attempt.pool
    values = leaf_values(
        attempt=attempt,
        draw=read_pool(pool.document),
        document=pool.document,
        group_code="nguoi-dan",
        commitment=release.round.commitment,
    )
    document = receipt_document(
        contest="x", round_number=1, secret=bytes(attempt.secret), values=values
    )
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps({"receipt": document}))
    assert "The receipt's entry: voided" in verify(bundle, tmp_path, "--receipt", str(path)).said
    document["values"]["prediction"] = "8"
    path.write_text(json.dumps({"receipt": document}))
    assert verify(bundle, tmp_path, "--receipt", str(path)).code == 1


def counted(files: Files) -> list[dict]:
    return [row for row in files["leaves.jsonl"] if row["fate"] == "counted" and "opening" in row]


def change_answer(files: Files) -> None:
    counted(files)[0]["opening"]["answers"]["value"][0] ^= 3


def change_key(files: Files) -> None:
    files["commitment.json"]["document"]["keys"]["nguoi-dan"][0] ^= 3


def change_rules(files: Files) -> None:
    files["commitment.json"]["document"]["rules"]["result"]["reserves"] = 9


def change_stem(files: Files) -> None:
    files["commitment.json"]["document"]["pools"]["nguoi-dan"]["items"][0]["stem"] += "?"


def drop_leaf(files: Files) -> None:
    files["leaves.jsonl"].pop()


def swap_leaves(files: Files) -> None:
    rows = files["leaves.jsonl"]
    rows[0], rows[1] = rows[1], rows[0]


def hide_a_rival(files: Files) -> None:
    """The best entry becomes “voided”, the voided one “superseded”: all counts but one stay."""
    best = files["awards.json"]["awards"][0]["leaf"]
    for row in files["leaves.jsonl"]:
        if row["fate"] == "voided":
            row["fate"] = "superseded"
    for at, row in enumerate(files["leaves.jsonl"]):
        if "opening" in row and leaf_name(row) == best:
            files["leaves.jsonl"][at] = {"fate": "voided", "leaf": best}


def leaf_name(row: dict) -> str:
    from quiz.engine.commitments import leaf_of_opening

    return leaf_of_opening(row["opening"]).hex()


def swap_prizes(files: Files) -> None:
    one, two = [a for a in files["awards.json"]["awards"] if a["kind"] == "prize"][:2]
    one["leaf"], two["leaf"] = two["leaf"], one["leaf"]


def withhold_a_prize(files: Files) -> None:
    awards = files["awards.json"]["awards"]
    awards.remove([a for a in awards if a["kind"] == "prize"][-1])
    files["release.json"]["winners"].pop()


def invent_an_obstacle(files: Files) -> None:
    """The last winner is passed over without the seal knowing."""
    awards = files["awards.json"]["awards"]
    last = [a for a in awards if a["kind"] == "prize"][-1]
    files["awards.json"]["skipped"].append(
        {"group": last["group"], "leaf": last["leaf"], "reason": "may_not_win"}
    )


def raise_a_prize(files: Files) -> None:
    files["release.json"]["winners"][0]["money"] += 1


def polish_a_result(files: Files) -> None:
    files["release.json"]["winners"][2]["duration_ms"] -= 1


def change_lot(files: Files) -> None:
    files["awards.json"]["ties"][0]["order"].reverse()


def change_seed(files: Files) -> None:
    """To one that another order follows from: half of all seeds would give the same."""
    tie = files["awards.json"]["ties"][0]
    leaves = [bytes.fromhex(leaf) for leaf in tie["order"]]
    tie["seed"] = next(
        seed for seed in map(str, range(1000)) if order_by_lot(seed, leaves) != leaves
    )


def change_true_value(files: Files) -> None:
    files["release.json"]["actual_values"]["nguoi-dan"]["value"] = "60"


def change_counts_behind_it(files: Files) -> None:
    told = files["release.json"]["actual_values"]["nguoi-dan"]
    told["value"], told["persons_all_correct"] = "60", 60


def close_a_field(files: Files) -> None:
    """Hide the time of somebody who would beat the last winner."""
    for row in counted(files):
        for name in ("started", "ended", "prediction"):
            part = row["opening"][name]
            if "value" in part:
                from quiz.engine.commitments import _commit

                closed = _commit(bytes.fromhex(part["key"]), part["value"])
                row["opening"][name] = {"commitment": closed}


def add_a_file(files: Files) -> None:
    files["leaves.jsonl"].append({"fate": "duplicate", "leaf": "00" * 32})


FORGERIES = [
    change_answer,
    change_key,
    change_rules,
    change_stem,
    drop_leaf,
    swap_leaves,
    hide_a_rival,
    swap_prizes,
    withhold_a_prize,
    invent_an_obstacle,
    raise_a_prize,
    polish_a_result,
    change_lot,
    change_seed,
    change_true_value,
    change_counts_behind_it,
    close_a_field,
    add_a_file,
]


def test_every_forgery_is_named(released, tmp_path):
    """The forger makes a manifest and a digest that fit; only the root is printed elsewhere."""
    release, bundle = released
    verdicts = {
        change.__name__: verify(forge(bundle, change), tmp_path, "--root", release.document["root"])
        for change in FORGERIES
    }
    assert {name: verdict.code for name, verdict in verdicts.items()} == {
        change.__name__: 1 for change in FORGERIES
    }
    assert all("DIFFERENT:" in verdict.said for verdict in verdicts.values())


def test_another_root_or_digest_than_the_printed(released, tmp_path):
    release, bundle = released
    assert verify(bundle, tmp_path, "--root", "0" * 64).code == 1
    renamed = forge(bundle, lambda f: f["release.json"]["winners"][0].update(name="Kẻ Gian"))
    assert verify(renamed, tmp_path, "--root", release.document["root"]).code == 0
    assert verify(renamed, tmp_path, "--digest", release.digest).code == 1


@pytest.mark.parametrize("spoil", ["cut", "empty", "text", "no_release", "bad_json", "bad_hex"])
def test_what_can_not_be_read(released, tmp_path, spoil):
    _release, bundle = released
    verify(bundle, tmp_path)

    def without_release(files: Files) -> None:
        files["leaves.jsonl"] = [{}]

    def bad_hex(files: Files) -> None:
        files["leaves.jsonl"][0] = {"fate": "voided", "leaf": "xyz"}

    spoilt = {
        "cut": lambda: bundle[:-200],
        "empty": lambda: b"",
        "text": lambda: b"xin chao",
        "no_release": lambda: forge(bundle, without_release),
        "bad_json": lambda: forge(bundle, lambda f: f.update({"awards.json": b"{"})),
        "bad_hex": lambda: forge(bundle, bad_hex),
    }[spoil]()
    assert verify(spoilt, tmp_path).code == 2


def test_where_keys_stay_secret_marks_are_declared(tmp_path):
    made, release = release_of(PEOPLE, result={"key_shown": "never"})
    bundle = make_bundle(release)
    files = unpack(bundle)
    assert files["commitment.json"]["secret"] is None
    assert set(files["commitment.json"]["document"]) == {"rules"}
    assert all("value" not in row["opening"]["answers"] for row in counted(files))
    verdict = verify(bundle, tmp_path, "--root", made.round.seal.root)
    assert verdict.code == 0
    assert "The rules keep the keys secret: marks are declared." in verdict.said


def test_rounds_frozen_before_leaves_had_intervals_have_bundles_too(tmp_path, monkeypatch):
    """Their pools tell no leaf version; what has no interval is opened exactly or declared."""
    monkeypatch.setattr(pools, "LEAF_VERSION", 1)
    made, release = release_of(PEOPLE)
    bundle = make_bundle(release)
    rows = counted(unpack(bundle))
    assert {frozenset(row["opening"]) for row in rows} == {frozenset(FIELDS)}
    assert not any("bounds" in row for row in rows)
    assert any(row.get("behind") for row in rows)
    assert verify(bundle, tmp_path, "--root", made.round.seal.root).code == 0


def test_a_bundle_of_the_first_format_stays_verifiable(tmp_path):
    """One written before there was a second, by the verifier of today and by the other one."""
    bundle = OLD_BUNDLE.read_bytes()
    files = unpack(bundle)
    root = files["release.json"]["root"]
    assert files["manifest.json"]["format"] == "minhthi-bundle/1"
    (tmp_path / "verify.py").write_bytes((archive.HERE / "verify.py").read_bytes())
    verdict = verify(bundle, tmp_path, "--root", root)
    assert (verdict.code, verdict.said.splitlines()[0]) == (0, "15 entries agree with the root.")
    assert judge(bundle, root) == (0, "")
    assert verify(forge(bundle, change_answer), tmp_path, "--root", root).code == 1


def test_an_empty_round_has_a_bundle_too(tmp_path):
    _made, release = release_of([])
    assert verify(make_bundle(release), tmp_path).said.startswith("0 entries agree with the root.")


def test_the_verifier_needs_the_standard_library_alone():
    tree = ast.parse((archive.HERE / "verify.py").read_text())
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)
