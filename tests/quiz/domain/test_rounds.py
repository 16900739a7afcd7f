from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.crypto import open_text
from accounts.errors import Faults, NotAllowed
from quiz.domain.item_review import approve_versions
from quiz.domain.items import add_items
from quiz.domain.pools import draft_pool, usable_versions
from quiz.domain.rounds import commitment_document, freeze_round, round_faults, unfreeze_round
from quiz.engine.commitments import commit_round
from quiz.enums import ItemKind, Level, RoundState
from quiz.errors import RoundFixed
from quiz.models import LegalDocument, Pool, PoolKey, Round, RoundSecret
from quiz.rules.document import BlueprintRow, PaperRules, parse_rules
from tests.factories import (
    HOUR,
    make_bank,
    make_contest,
    make_draft,
    make_open_contest,
    make_person,
    make_rules,
    make_unit,
)

pytestmark = pytest.mark.django_db


def freeze(made, user=None) -> Round:
    return freeze_round(round=made.round, user=user or made.organiser, now=timezone.now())


def fault_codes(made) -> list[str]:
    with pytest.raises(Faults) as refusal:
        freeze(made)
    assert Pool.objects.count() == RoundSecret.objects.count() == 0
    return [fault.code for fault in refusal.value.faults]


def test_freezing_fixes_pools_keys_rules_and_commits_to_them():
    made = make_contest()
    freeze(made)
    stored = Round.objects.get(pk=made.round.pk)
    assert (stored.state, stored.rules_id) == (RoundState.FROZEN, made.contest.rules_id)
    pool, secret = Pool.objects.get(), RoundSecret.objects.get()
    group = made.groups[0].code
    document = commitment_document(
        rules=parse_rules(stored.rules.document),
        pools={group: pool.document},
        keys={group: pool.key.masks},
        public_key=stored.public_key,
    )
    salt = bytes.fromhex(open_text(secret.salt))
    assert stored.commitment == commit_round(salt, document)
    assert len(pool.document["items"]) == 8


def test_the_pool_holds_no_key_and_option_ids_do_not_follow_the_author():
    bank_first = [make_draft(number, key=frozenset({0})) for number in range(1, 31)]
    made = make_open_contest(drafts=bank_first)
    pool = Pool.objects.get()
    assert "key" not in str(pool.document)
    places = {mask.bit_length() - 1 for mask in PoolKey.objects.get().masks}
    assert places == {0, 1, 2, 3}
    versions = {version.pk: version for version in usable_versions(made.banks[0])}
    for item, mask in zip(pool.document["items"], pool.key.masks, strict=True):
        version = versions[item["version"]]
        key = [version.options[i] for i in range(4) if version.key_mask >> i & 1]
        assert [item["options"][i] for i in range(4) if mask >> i & 1] == key
        assert [version.options[i] for i in item["option_ids"]] == item["options"]


def test_fixed_orders_and_true_or_false_keep_the_authors_order():
    drafts = [
        make_draft(1, fixed_order=True),
        make_draft(2, kind=ItemKind.TRUE_FALSE, options=("Đúng", "Sai"), key=frozenset({1})),
    ]
    made = make_contest(drafts=drafts)
    versions = usable_versions(made.banks[0])
    paper = PaperRules(blueprint=[BlueprintRow(count=2)])
    draft = draft_pool(paper=paper, versions=versions, salt=b"s" * 32)
    assert [item["option_ids"] for item in draft.document["items"]] == [[0, 1, 2, 3], [0, 1]]
    assert [item["fixed_order"] for item in draft.document["items"]] == [True, True]
    assert draft.masks == [2, 2]


def test_a_pool_keeps_only_what_its_blueprint_can_draw():
    drafts = [make_draft(number, topic=f"Chủ đề {number % 2}") for number in range(1, 11)]
    made = make_contest(drafts=drafts)
    paper = PaperRules(blueprint=[BlueprintRow(topic="Chủ đề 1", level=Level.RECALL, count=3)])
    draft = draft_pool(paper=paper, versions=usable_versions(made.banks[0]), salt=b"s" * 32)
    assert draft.document["rows"] == [{"items": [0, 1, 2, 3, 4], "count": 3}]
    assert len(draft.document["items"]) == len(draft.masks) == 5


def test_a_fixed_paper_has_its_items_in_the_order_of_the_rules():
    rules = make_rules(paper={"blueprint": [], "fixed_items": [3, 1], "shuffle_items": False})
    made = make_open_contest(rules=rules)
    numbers = {version.pk: version.item.number for version in usable_versions(made.banks[0])}
    assert [numbers[item["version"]] for item in Pool.objects.get().document["items"]] == [3, 1]


def test_everything_missing_is_told_at_once():
    made = make_contest(drafts=[make_draft(1)])
    made.contest.consent_text = None
    made.contest.save()
    assert fault_codes(made) == ["no_consent_text", "bank_too_small"]
    assert [f.code for f in round_faults(round=made.round, now=made.round.closes_at)] == [
        "no_consent_text",
        "already_over",
        "bank_too_small",
    ]


def test_a_contest_without_rules_or_bank_is_not_frozen():
    made = make_contest()
    made.contest.groups.update(bank=None)
    assert fault_codes(made) == ["no_bank", "bank_too_small"]
    made.contest.rules = None
    made.contest.save()
    made.round.refresh_from_db()
    assert fault_codes(made) == ["no_rules"]


def test_an_item_whose_document_waits_for_a_check_keeps_the_round_open():
    made = make_contest()
    drafts = [make_draft(99, citation="Nghị định 118/2025/NĐ-CP, Điều 1")]
    versions = add_items(bank=made.banks[0], drafts=drafts, author=made.organiser)
    approve_versions(versions=versions, user=made.reviewer, now=timezone.now())
    document = LegalDocument.objects.get()
    document.needs_check = True
    document.save()
    assert fault_codes(made) == ["validity_unchecked"]


def test_items_still_proposed_are_in_no_paper():
    made = make_contest()
    add_items(bank=made.banks[0], drafts=[make_draft(99)], author=made.organiser)
    freeze(made)
    assert len(Pool.objects.get().document["items"]) == 8


def test_rows_that_could_starve_each_other_are_refused():
    rows = [
        BlueprintRow(topic="T", count=2),
        BlueprintRow(level=Level.RECALL, count=2),
    ]
    drafts = [
        make_draft(1, topic="T", level=Level.RECALL),
        make_draft(2, topic="T", level=Level.RECALL),
        make_draft(3, topic="T", level=Level.APPLY),
        make_draft(4, topic="U", level=Level.RECALL),
    ]
    made = make_contest(rules=make_rules(paper={"blueprint": rows}), drafts=drafts)
    assert fault_codes(made) == ["rows_compete"]


def test_a_frozen_round_is_not_frozen_again_and_not_unfrozen_once_open():
    made = make_open_contest()
    with pytest.raises(RoundFixed):
        freeze(made)
    with pytest.raises(RoundFixed):
        unfreeze_round(round=made.round, user=made.organiser, now=timezone.now())


def test_before_the_opening_a_freeze_can_be_taken_back_and_the_commitment_changes():
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    before = made.round.commitment
    unfreeze_round(round=made.round, user=made.organiser, now=timezone.now())
    made.round.refresh_from_db()
    assert (made.round.state, made.round.commitment) == (RoundState.DRAFT, "")
    assert Pool.objects.count() == RoundSecret.objects.count() == 0
    freeze(made)
    made.round.refresh_from_db()
    assert made.round.commitment not in ("", before)


def test_only_who_runs_the_contest_freezes_it():
    made = make_contest()
    for user in (make_person(), make_open_contest().organiser):
        with pytest.raises(NotAllowed):
            freeze(made, user)
    frozen = freeze(made)
    with pytest.raises(NotAllowed):
        unfreeze_round(round=frozen, user=make_person(), now=timezone.now() - timedelta(days=1))


def test_two_groups_have_two_pools_from_their_own_banks():
    make_open_contest(rules=make_rules(groups=("can-bo", "nguoi-dan")))
    pools = Pool.objects.order_by("group__order")
    assert [pool.group.code for pool in pools] == ["can-bo", "nguoi-dan"]
    versions = [{item["version"] for item in pool.document["items"]} for pool in pools]
    assert not versions[0] & versions[1]


def test_a_bank_made_by_the_helper_is_wholly_approved():
    unit = make_unit()
    bank = make_bank(
        unit=unit,
        author=make_person("author", unit=unit),
        reviewer=make_person("reviewer", unit=unit),
    )
    assert len(usable_versions(bank)) == 8
