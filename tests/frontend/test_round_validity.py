"""The page on which each item with an ended basis is decided about before a round."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from quiz.domain.validity import Description, describe_document
from quiz.domain.validity_decisions import open_doubts
from quiz.models import LegalDocument, ValidityDecision
from tests.factories import HOUR, make_contest, make_draft
from tests.people import make_person

pytestmark = pytest.mark.django_db

OLD = "Nghị định 61/2018/NĐ-CP"


@pytest.fixture
def made():
    drafts = [make_draft(n, citation=f"{OLD}, Điều {n}") for n in (1, 2)]
    made = make_contest(
        drafts=[*drafts, *map(make_draft, range(3, 9))], opens_in=HOUR, closes_in=2 * HOUR
    )
    document = LegalDocument.objects.get(number=OLD)
    description = Description(effective_to=timezone.localdate())
    describe_document(document=document, description=description, user=made.reviewer)
    return made


def browser(made) -> Client:
    """Of an organiser who wrote no item."""
    client = Client()
    client.force_login(make_person("oanh", Role.ORGANISER, unit=made.unit))
    return client


def path(made, name: str, *args) -> str:
    return reverse(name, args=[made.contest.pk, made.round.pk, *args])


def test_each_item_is_decided_about_with_a_reason(made):
    client, page = browser(made), path(made, "w-round-validity")
    assert page in client.get(path(made, "w-round")).content.decode()
    one, two = (doubt.version for doubt in open_doubts(round=made.round))
    refused = client.post(page, {"version": one.pk, "decision": "keep", "reason": " "})
    assert refused.status_code == 422
    client.post(page, {"version": one.pk, "decision": "keep", "reason": "Nội dung không đổi"})
    client.post(page, {"version": two.pk, "decision": "drop", "reason": "Quy định đã khác"})
    shown = client.get(page)
    assert (shown.context["rows"], len(shown.context["kept"])) == ([], 1)
    assert [version for version, _drop in shown.context["dropped"]] == [two]
    assert page not in client.get(path(made, "w-round")).content.decode()
    drop = ValidityDecision.objects.get(choice="drop")
    client.post(path(made, "w-round-undrop", drop.pk))
    assert [row.version for row in client.get(page).context["rows"]] == [two]


def test_the_page_tells_no_key(made):
    page = browser(made).get(path(made, "w-round-validity"))
    assert make_draft(1).stem in page.content.decode()
    assert make_draft(1).options[1] not in page.content.decode()


def test_items_of_other_banks_are_not_found(made):
    other = make_contest()
    version = other.banks[0].items.first().current
    sent = {"version": version.pk, "decision": "drop", "reason": "Sai"}
    assert browser(made).post(path(made, "w-round-validity"), sent).status_code == 404
