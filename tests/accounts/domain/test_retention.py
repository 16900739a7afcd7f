"""Every field of every model is personal or not; what is personal has a store that ends it."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, models
from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.domain.erasure import ERASED_USER
from accounts.domain.people import deactivate_person
from accounts.domain.retention import STORES, describe_stores, expire, last_run, run_retention
from accounts.domain.sign_in_links import issue_sign_in_link
from accounts.domain.working_days import add_working_days, due_after, is_working_day
from accounts.enums import Role
from accounts.models import AuditEntry, SignInLink, User
from tests.people import make_person, make_unit

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
YEAR = timedelta(days=366)

# Kinds of columns that can't say who somebody is: keys, counts, moments, yes and no.
SPEAKS_OF_NOBODY = (
    models.ForeignKey,
    models.AutoField,
    models.BooleanField,
    models.DateTimeField,
    models.IntegerField,
    models.DecimalField,
)
# What is known not to be personal: names of things, settings, keys, proofs, figures.
NOT_PERSONAL = {
    "auth.permission": "name codename",
    "auth.group": "name",
    "contenttypes.contenttype": "app_label model",
    "sessions.session": "session_key",
    "accounts.approval": "kind subject_digest",
    "accounts.auditentry": "act subject_kind hash",
    "accounts.actreason": "code",
    "accounts.consenttext": "purpose body body_en",
    "accounts.consent": "subject_kind",
    "accounts.datarequest": "number kind state subject_kind",
    "accounts.retentionrun": "ended failed",
    "accounts.installation": "body_name parent_body place province_code seal public_address"
    " mail_url mail_from text_sender",
    "accounts.job": "public_id kind title state error_code",
    "accounts.keyrotation": "key_id store",
    "accounts.membership": "role",
    "accounts.orgunit": "code name kind valid_from valid_to aliases sort_name search_text",
    "accounts.headcount": "on_date",
    "accounts.roster": "name as_of",
    "accounts.rosterentry": "group_code",
    "accounts.signinlink": "purpose",
    "quiz.appeal": "number kind state",
    "quiz.attempt": "seed answers",
    "quiz.attemptevent": "kind",
    "quiz.award": "kind tier tier_name note",
    "quiz.lotnotice": "digest attempts source withdrawn_because",
    "quiz.tiedecision": "method source seed order minutes",
    "quiz.unitdecision": "kind values minutes reason",
    "quiz.contest": "code title summary body_name hotline state",
    "quiz.audiencegroup": "code name",
    "quiz.ruleset": "document decision_number decision_date",
    "quiz.duplicatecase": "reason state",
    "quiz.erasedleaf": "leaf",
    "quiz.reopenedleaf": "leaf",
    "quiz.head": "digest previous nonce root",
    "quiz.itembank": "code name",
    "quiz.bankcheckup": "found",
    "quiz.findingdismissal": "code reason",
    "quiz.itemusage": "discrimination correlation choices upper lower",
    "quiz.poolusage": "totals",
    # Figures of units and parts; people at the ends of the ages by id.
    "quiz.keptfigures": "document",
    # Ids and figures; what a reviewer wrote, under their name.
    "quiz.integrityhint": "kind mark attempts details note",
    "quiz.topic": "name",
    "quiz.tag": "name",
    "quiz.mediafile": "sha256 kind mime",
    "quiz.itemmedia": "kind alt",
    # What colleagues write about an item, under their names; it stays with the item.
    "quiz.itemcomment": "text",
    "quiz.unfinisheditem": "document",
    "quiz.legaldocument": "number title issued_on effective_from effective_to note",
    "quiz.clauseend": "clause effective_to note",
    "quiz.validitydecision": "choice reason",
    # Attempts granted per round; which of a paper's items were answered how.
    "quiz.entrant": "extra_attempts",
    "quiz.grade": "items",
    # `checked_by` names the office that vouches for an item, as the workbook has it.
    "quiz.itemversion": "kind stem options level rationale checked_on checked_by digest"
    " search_text search_vector state returned_because",
    "quiz.citation": "clause ends_on",
    "quiz.itemimport": "public_id state asked_format format key_columns key_column",
    "quiz.importdraft": "digest",
    # What a file says of an item, and the name of the file.
    "quiz.itemsource": "file_name format label passage evidence repairs",
    # Who signs for the body, in their office, as its papers print it.
    "quiz.paperlayout": "kind title columns preparer_title preparer_name signer_title signer_name"
    " colour accent",
    "quiz.seal": "actual_values counts root",
    "quiz.correction": "state reason preview returned_because",
    "quiz.correctionchange": "old_prize new_prize",
    "quiz.keyamendment": "remedy reason",
    "quiz.prizewithdrawal": "tier_name",
    "quiz.release": "state digest winners decision_number decision_date returned_because",
    "quiz.round": "name state commitment public_key",
    "quiz.roundsecret": "salt signing_key",
    "quiz.pool": "document digest",
    "quiz.poolkey": "masks",
    "quiz.rostermatch": "reason state",
    "quiz.roundlisting": "group_code",
    "quiz.rosterreminder": "day",
    "quiz.rehearsal": "url report state",
    "quiz.roundsample": "counted",
    "accounts.pulse": "name",
    "quiz.unitcertificate": "code",
    "quiz.winnercertificate": "tier code",
    "quiz.unittree": "digest document",
    "training.article": "title summary text byline state returned_because",
    "training.bulletin": "slug title lead state",
    "training.certificate": "code course_title body_name completed_on expires_on",
    "training.certificatekey": "public_key private_key",
    "training.course": "code title summary groups state valid_from valid_to",
    "training.coursemodule": "title",
    "training.lesson": "title kind body link completion settings",
    "training.lessoncitation": "clause ends_on kept_because",
    "training.lessonfile": "language",
    "training.quiztry": "seed paper",
    # Who signs its reports does so in office; evidence tells what an office did.
    "training.communicationplan": "title number issued_on note report_to signer_title signer_name",
    "training.plantask": "content partners due_on due_span expected target_kind late_reason done_on"
    " decision_note",
    "training.planevidence": "happened_on note link thing_kind thing_title",
    "training.contactchannel": "kind value hours note",
    "training.indexresult": "name",
    "training.pagetext": "code text",
    "training.procedure": "code name field link search_text",
    "training.faq": "question answer subject",
    # What is published was written anew by the moderator and names nobody.
    "training.inquiry": "number subject state title shown_text answer refusal",
    "training.material": "slug kind title summary subject audience text link file_text valid_from"
    " valid_to state withdrawn_because",
    "training.materialcitation": "clause ends_on",
    "training.materialsubtitles": "language",
    "training.searchentry": "kind slug title lead title_words folded marked",
    "training.trainingfile": "public_id name state refusal kind mime sha256 facts alt",
    "training.attendance": "in_way out_way",
    "training.enrolment": "source due_on",
    "training.visitday": "day",
    # Sums over ten answers or more, or (pots) over answers that wait for others.
    "training.survey": "code title",
    # Of TVs in a hall: names, what they show, what they said of themselves.
    "training.playlist": "name",
    "training.slide": "kind title text weekdays starts ends valid_from valid_to",
    "training.screen": "name key code seen",
    "training.surveyversion": "document",
    "training.surveypot": "counts",
    "training.surveyfigures": "month counts",
    "training.surveyremark": "id month",
    "training.surveyturn": "day",
    "training.dutysetting": "from_date measure rounding source",
    "training.credit": "state",
    "training.creditscan": "mime",
    "training.enrolmentterms": "due_on",
    # Of nobody: answers are sums, and remarks name no author.
    "training.feedbacksum": "statement",
    "training.feedbackremark": "key text",
    # Sums of ten persons.
    "training.clausebatch": "clause full_on",
    # Who speaks there does so in office, as the invitation has it.
    "training.trainingclass": "title place teacher note",
    "training.unitenrolment": "due_on",
    "mfa.authenticator": "type",
    "socialaccount.socialapp": "provider provider_id name client_id secret key settings",
    "socialaccount.socialaccount": "provider",
}


def test_every_field_is_classified():
    """A new field fails here until it is called not personal above, or a store ends it."""
    personal = {
        (label, field)
        for store in STORES.values()
        for label, fields in store.fields.items()
        for field in fields
    }
    other = {(label, field) for label, names in NOT_PERSONAL.items() for field in names.split()}
    found = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    silent = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SPEAKS_OF_NOBODY)
    }
    assert found - silent - personal - other == set()
    assert (personal | other) - found == set()
    assert personal & other == set()


def test_every_store_ends_what_it_holds_or_says_why_not():
    for_good = {code for code, store in STORES.items() if store.due is None}
    assert for_good == {"diary", "releases"}
    assert [code for code, store in STORES.items() if bool(store.due) != bool(store.end)] == []
    assert all(str(store.why) and str(store.kept) for store in STORES.values())


@pytest.mark.django_db
def test_links_sessions_and_people_go_when_their_time_is_over():
    unit = make_unit()
    stays, left = (make_person(name, Role.AUTHOR, unit=unit) for name in ("o-lai", "da-nghi"))
    User.objects.update(joined_at=NOW - 3 * YEAR)
    issue_sign_in_link(user=stays, now=NOW - timedelta(days=40))
    issue_sign_in_link(user=stays, now=NOW)
    Session.objects.create(session_key="x", session_data="", expire_date=NOW - timedelta(days=1))
    deactivate_person(person=left, user=None)
    run = run_retention(now=timezone.now() + timedelta(days=300))
    assert (run.ended["people"], run.ended["sessions"], run.failed) == (0, 1, [])
    assert run_retention(now=timezone.now() + YEAR).ended["people"] == 1
    left.refresh_from_db()
    assert (left.full_name, left.username) == (ERASED_USER, f"da-xoa-{left.pk}")
    assert (left.memberships.count(), left.authenticator_set.count()) == (0, 0)
    stays.refresh_from_db()
    assert (stays.full_name, stays.authenticator_set.count()) == ("O-Lai", 1)
    assert AuditEntry.objects.filter(subject_id=left.pk, act="deactivate_person").count() == 1
    assert run_retention(now=timezone.now() + YEAR).ended["people"] == 0


@pytest.mark.django_db
def test_the_first_link_that_is_over_goes_and_the_other_stays():
    person = make_person("an", unit=make_unit())
    issue_sign_in_link(user=person, now=NOW - timedelta(days=40))
    issue_sign_in_link(user=person, now=NOW)
    assert expire(store=STORES["sign_in_links"], now=NOW) == 1
    assert SignInLink.objects.get().expires_at == NOW + timedelta(days=1)


@pytest.mark.django_db
def test_a_store_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch):
    def broken(ids: list[int], now: datetime) -> None:
        raise DatabaseError

    issue_sign_in_link(user=make_person("an", unit=make_unit()), now=NOW - YEAR)
    record_act(actor=None, act="create_unit", subject=make_unit("b"))
    links = STORES["sign_in_links"]
    monkeypatch.setitem(STORES, "sign_in_links", type(links)(**(vars(links) | {"end": broken})))
    run = run_retention(now=NOW)
    assert run.failed == ["sign_in_links"]
    assert set(run.ended) == set(STORES) - {"sign_in_links"}
    assert last_run() == run


@pytest.mark.django_db
def test_a_dry_run_counts_and_changes_nothing():
    issue_sign_in_link(user=make_person("an", unit=make_unit()), now=NOW - YEAR)
    said = StringIO()
    call_command("retention", "--dry-run", stdout=said)
    assert "Liên kết đăng nhập, kích hoạt: 1/1" in said.getvalue()
    assert (SignInLink.objects.count(), last_run()) == (1, None)
    call_command("retention", stdout=said)
    assert "sign_in_links: 1" in said.getvalue()
    states = {state.store.code: state.due for state in describe_stores(now=timezone.now())}
    assert states["sign_in_links"] == 0


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-23 09:00", "17:00 25/11/2026"),  # Monday → Wednesday
        ("2026-11-26 23:59", "17:00 30/11/2026"),  # Thursday → Monday
        ("2026-11-28 10:00", "17:00 01/12/2026"),  # Saturday → Tuesday
        ("2026-12-31 16:00", "17:00 05/01/2027"),  # New Year and a weekend between
        ("2027-04-29 08:00", "17:00 05/05/2027"),  # 30 April, 1 May on a Saturday, made up for
    ],
)
def test_two_working_days(asked: str, due: str):
    zone = timezone.get_default_timezone()
    at = datetime.strptime(asked, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    assert timezone.localtime(due_after(at), zone).strftime("%H:%M %d/%m/%Y") == due


def test_a_holiday_on_a_weekend_is_made_up_for():
    friday, monday = date(2026, 4, 24), date(2026, 4, 27)  # the Hùng Kings' day between them
    assert not is_working_day(monday)
    assert add_working_days(friday, 1) == date(2026, 4, 28)
