"""A document goes out of force: its items are flagged, and a round asks them by decision only."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.checklist import contest_steps
from quiz.domain.citing import KINDS, Citing, count_citing, register_citing
from quiz.domain.item_review import approve_version, approve_versions
from quiz.domain.items import save_item
from quiz.domain.rounds import freeze_round, round_faults, unfreeze_round
from quiz.domain.validity import Description, describe_document, end_clause, restore_clause
from quiz.domain.validity_decisions import drop_item, keep_item, open_doubts, take_back_drop
from quiz.enums import ItemState
from quiz.errors import BasisEnded, NothingToDecide, RoundFixed
from quiz.models import Citation, ClauseEnd, ItemVersion, LegalDocument, ValidityDecision
from quiz.permissions import SEE_KEYS
from tests.factories import HOUR, make_contest, make_draft, make_person, make_rules, make_unit

pytestmark = pytest.mark.django_db

OLD, NEW = "Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP"


def cited(number: int, clause: str = "Điều 5"):
    return make_draft(number, citation=f"{OLD}, {clause}")


@pytest.fixture
def made():
    """Eight items, two of which cite the old decree; a draft round of five."""
    drafts = [cited(1), cited(2, "khoản 1 Điều 7"), *map(make_draft, range(3, 9))]
    return make_contest(drafts=drafts, opens_in=HOUR, closes_in=timedelta(days=7))


def today() -> date:
    return timezone.localdate()


def old() -> LegalDocument:
    return LegalDocument.objects.get(number=OLD)


def replace_old(user, *, on: date | None = None, by: str = NEW) -> dict[str, int]:
    description = Description(effective_to=on or today(), replaced_by=by)
    return describe_document(document=old(), description=description, user=user)


def fault_codes(round) -> list[str]:
    return [fault.code for fault in round_faults(round=round, now=timezone.now())]


def flagged(on: date | None = None) -> list[int]:
    versions = ItemVersion.objects.out_of_force(on or today())
    return sorted(versions.values_list("item__number", flat=True))


def version(made, number: int) -> ItemVersion:
    return ItemVersion.objects.current().get(item__bank=made.banks[0], item__number=number)


def codes_refused(act, **kwargs) -> list[str]:
    with pytest.raises(Faults) as refused:
        act(**kwargs)
    return [fault.code for fault in refused.value.faults]


def test_items_of_a_replaced_document_are_flagged_from_that_day(made):
    tomorrow = today() + timedelta(days=1)
    touched = replace_old(made.reviewer, on=tomorrow)
    assert {kind: count for kind, count in touched.items() if count} == {"items": 2}
    assert old().replaced_by.number == NEW
    assert (flagged(), flagged(tomorrow)) == ([], [1, 2])
    last = AuditEntry.objects.filter(act="describe_document").get()
    assert (last.details["effective_to"], last.details["replaced_by"]) == (
        tomorrow.isoformat(),
        old().replaced_by_id,
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (
            {"effective_from": date(2025, 2, 1), "effective_to": date(2025, 1, 1)},
            "days_out_of_order",
        ),
        ({"replaced_by": NEW}, "no_last_day"),
        ({"effective_to": date(2025, 1, 1), "replaced_by": OLD}, "replaces_itself"),
        ({"effective_to": date(2025, 1, 1), "replaced_by": f"{NEW}; {OLD}"}, "replacing_unclear"),
        ({"effective_to": date(2025, 1, 1), "replaced_by": f"{NEW}, Điều 1"}, "replacing_unclear"),
        ({"title": "x" * 401}, "document_text_too_long"),
    ],
)
def test_a_description_that_can_not_be_is_refused_whole(made, given, code):
    description = Description(**given)
    refused = codes_refused(
        describe_document, document=old(), description=description, user=made.reviewer
    )
    assert refused == [code]
    assert (old().effective_to, flagged()) == (None, [])


def test_documents_can_not_replace_each_other_in_a_ring(made):
    replace_old(made.reviewer)
    new = LegalDocument.objects.get(number=NEW)
    ring = Description(effective_to=today(), replaced_by=OLD)
    refused = codes_refused(describe_document, document=new, description=ring, user=made.reviewer)
    assert refused == ["replaces_itself"]


def test_only_items_that_cite_the_ended_clause_are_flagged(made):
    end_clause(document=old(), clause="Điều 7", effective_to=today(), user=made.reviewer)
    assert flagged() == [2]
    restore_clause(end=ClauseEnd.objects.get(), user=made.reviewer)
    assert flagged() == []
    refused = codes_refused(
        end_clause, document=old(), clause="Chương II", effective_to=today(), user=made.reviewer
    )
    assert refused == ["clause_unclear"]


def test_an_item_written_afterwards_is_flagged_too(made):
    end_clause(document=old(), clause="khoản 1 Điều 7", effective_to=today(), user=made.reviewer)
    save_item(bank=made.banks[0], draft=cited(30, "Điều 7"), author=made.organiser)
    save_item(bank=made.banks[0], draft=cited(31, "khoản 2 Điều 7"), author=made.organiser)
    assert flagged() == [2, 9]


def test_a_round_is_not_frozen_before_each_item_is_decided_about(made):
    replace_old(made.reviewer, on=today() + timedelta(days=3))  # while the round is open
    assert fault_codes(made.round) == ["basis_ended"]
    with pytest.raises(Faults):
        freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    one, two = (doubt.version for doubt in open_doubts(round=made.round))
    keep_item(version=one, reason="Nghị định mới giữ nguyên", user=made.reviewer)
    assert fault_codes(made.round) == ["basis_ended"]
    drop_item(round=made.round, version=two, reason="Quy định đã khác", user=made.organiser)
    assert fault_codes(made.round) == []
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    frozen = {item["version"] for item in made.round.pools.get().document["items"]}
    assert (one.pk in frozen, two.pk in frozen) == (True, False)
    decided = ValidityDecision.objects.values_list("choice", "reason", "decided_by")
    assert list(decided) == [
        ("keep", "Nghị định mới giữ nguyên", made.reviewer.pk),
        ("drop", "Quy định đã khác", made.organiser.pk),
    ]
    acts = AuditEntry.objects.filter(act__in=["keep_item", "drop_item"]).order_by("pk")
    assert list(acts.values_list("act", "actor", "subject_id")) == [
        ("keep_item", made.reviewer.pk, one.pk),
        ("drop_item", made.organiser.pk, two.pk),
    ]


def test_items_the_papers_can_not_ask_need_no_decision():
    fixed = make_rules(paper={"blueprint": [], "fixed_items": [3, 4]})
    drafts = [cited(1), *map(make_draft, range(2, 5))]
    made = make_contest(drafts=drafts, rules=fixed, opens_in=HOUR, closes_in=2 * HOUR)
    replace_old(made.reviewer)
    assert (flagged(), open_doubts(round=made.round), fault_codes(made.round)) == ([1], [], [])


def test_a_dropped_item_can_come_back_until_the_freeze(made):
    replace_old(made.reviewer)
    one, two = (doubt.version for doubt in open_doubts(round=made.round))
    drop = drop_item(round=made.round, version=one, reason="Sai", user=made.organiser)
    take_back_drop(decision=drop, user=made.organiser)
    assert [doubt.version for doubt in open_doubts(round=made.round)] == [one, two]
    for each in (one, two):
        keep_item(version=each, reason="Vẫn đúng", user=made.reviewer)
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    with pytest.raises(RoundFixed):
        drop_item(round=made.round, version=one, reason="Sai", user=made.organiser)


def test_a_decision_holds_for_the_next_round_but_not_for_another_day(made):
    replace_old(made.reviewer)
    keep_item(version=version(made, 1), reason="Vẫn đúng", user=made.reviewer)
    assert flagged() == [2]
    replace_old(made.reviewer)  # said again, nothing new
    assert flagged() == [2]
    replace_old(made.reviewer, on=today() - timedelta(days=30))
    assert flagged() == [1, 2]


def test_its_author_and_strangers_can_not_decide_that_an_item_is_right(made):
    replace_old(made.reviewer)
    stranger = make_person(Role.REVIEWER, unit=make_unit())
    for user in (made.organiser, stranger, make_person(Role.AUTHOR, unit=made.unit)):
        with pytest.raises(NotAllowed):
            keep_item(version=version(made, 1), reason="Vẫn đúng", user=user)
    with pytest.raises(NotAllowed):
        drop_item(round=made.round, version=version(made, 1), reason="Sai", user=stranger)


@pytest.mark.parametrize("reason", [" ", "x" * 401])
def test_a_decision_needs_its_reason(made, reason):
    replace_old(made.reviewer)
    one = version(made, 1)
    assert codes_refused(keep_item, version=one, reason=reason, user=made.reviewer) == ["no_reason"]
    refused = codes_refused(
        drop_item, round=made.round, version=one, reason=reason, user=made.organiser
    )
    assert refused == ["no_reason"]


def test_there_is_nothing_to_decide_about_an_item_in_force(made):
    with pytest.raises(NothingToDecide):
        keep_item(version=version(made, 1), reason="Vẫn đúng", user=made.reviewer)


def test_a_new_version_with_another_basis_needs_no_decision(made):
    replace_old(made.reviewer)
    for number in (1, 2):
        item = version(made, number).item
        draft = make_draft(number, citation=f"{NEW}, Điều 1")
        new = save_item(bank=made.banks[0], draft=draft, author=made.organiser, item=item)
        approve_version(version=new, user=made.reviewer, now=timezone.now())
    assert fault_codes(made.round) == []


def test_a_proposal_on_an_ended_basis_is_approved_with_a_reason_only(made):
    replace_old(made.reviewer)
    one, two = (
        save_item(bank=made.banks[0], draft=cited(n), author=made.organiser) for n in (40, 41)
    )
    with pytest.raises(BasisEnded):
        approve_version(version=one, user=made.reviewer, now=timezone.now())
    done = approve_versions(versions=[two], user=made.reviewer, now=timezone.now())
    assert (done.approved, done.unchecked) == (0, [two])
    approve_version(
        version=one, user=made.reviewer, now=timezone.now(), right_because="Quy định giữ nguyên"
    )
    assert one.state == ItemState.APPROVED
    assert Citation.objects.get(version=one).settled_by.reason == "Quy định giữ nguyên"


def test_what_ends_after_the_freeze_asks_for_a_decision_before_the_opening(made):
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    replace_old(made.reviewer)

    def opening():
        steps = contest_steps(contest=made.contest, now=timezone.now())
        return next(step for step in steps if step.code == "open")

    assert (opening().state, opening().route) == ("current", "w-round-validity")
    assert opening().missing[0].startswith("2 câu đã chốt dẫn căn cứ hết hiệu lực")
    for number in (1, 2):
        keep_item(version=version(made, number), reason="Vẫn đúng", user=made.reviewer)
    assert (opening().state, opening().route) == ("waiting", "w-round")
    unfreeze_round(round=made.round, user=made.organiser, now=timezone.now())


def test_another_app_says_what_cites_a_document_and_is_told_of_changes(made, monkeypatch):
    monkeypatch.setattr("quiz.domain.citing.KINDS", {"items": KINDS["items"]})
    told = []
    register_citing(
        Citing(
            "lessons", "Bài học", lambda user, roles: {old().pk: 3}, lambda d: told.append(d) or 3
        )
    )
    assert count_citing(user=made.reviewer, roles=SEE_KEYS) == {
        old().pk: {"items": 2, "lessons": 3}
    }
    assert replace_old(made.reviewer) == {"items": 2, "lessons": 3}
    assert told == [old()]
