"""The installation that tests/authorization_table.py is asked about.

`here` is where the asked-for things belong; each role is held once `here` and once `elsewhere`.
Add what a route's arguments need as a cached property; it is made once, on first use.
"""

from datetime import date, timedelta
from functools import cached_property
from uuid import uuid4

from django.http import SimpleCookie
from django.test import Client
from django.utils import timezone

from accounts.domain.jobs import queue_job
from accounts.domain.rosters import RosterRow, load_roster
from accounts.domain.sign_in_links import issue_activation_link, issue_sign_in_link
from accounts.enums import Role
from accounts.models import DataRequest, Job, OrgUnit, Roster, RosterEntry, User
from frontend.pages.entry import cookies
from quiz.domain.appeals import AppealInput, file_appeal
from quiz.domain.attempts import Sitting
from quiz.domain.items import add_items
from quiz.domain.log_seals import seal_log
from quiz.domain.media import keep_media
from quiz.domain.own_data_requests import ask_correction
from quiz.domain.printed_pages import mark_page
from quiz.domain.registration import Registered
from quiz.domain.release_documents import release_digest, release_document
from quiz.enums import (
    DuplicateReason,
    HintKind,
    MatchReason,
    PrintedPaper,
    TieMethod,
    UnitDecisionKind,
    ValidityChoice,
)
from quiz.models import (
    Appeal,
    Award,
    ClauseEnd,
    Contest,
    Correction,
    DuplicateCase,
    DuplicateMember,
    Entrant,
    EntrantReport,
    IntegrityHint,
    Item,
    ItemBank,
    ItemImport,
    ItemVersion,
    KeyAmendment,
    LegalDocument,
    LotNotice,
    MayNotWin,
    MediaFile,
    Rehearsal,
    Release,
    RosterMatch,
    Round,
    Seal,
    Tag,
    TieDecision,
    Topic,
    UnfinishedItem,
    UnitCertificate,
    UnitDecision,
    ValidityDecision,
    Witness,
)
from tests.factories import HOUR, OpenContest, make_draft, make_open_contest, register, start
from tests.media_samples import PNG
from tests.people import make_person, make_unit
from tests.quiz.item_readings import read_item, start_import
from tests.training.course_world import CourseWorld
from tests.training.courses import enrol, make_course
from tests.training.enrolment_things import EnrolmentThings
from tests.training.library import make_material
from tests.training.plan_world import PlanThings
from tests.training.scorm_packages import golf
from tests.training.scorm_world import ScormWorld, make_scorm_world
from tests.training.screens import add_text
from tests.training.stored_files import make_ready_file
from training.domain.articles import ArticleDraft, create_article
from training.domain.bulletins import create_bulletin
from training.domain.certificates import issue_certificate
from training.domain.credits import Paper, enter_credit
from training.domain.faqs import save_faq
from training.domain.inquiries import InquiryInput, send_inquiry
from training.domain.playlists import create_playlist
from training.domain.screens import create_screen
from training.domain.surveys import create_survey
from training.enums import Measure
from training.models import (
    Article,
    Bulletin,
    Certificate,
    ContactChannel,
    Credit,
    DutySetting,
    Faq,
    IndexResult,
    Inquiry,
    Material,
    Procedure,
    Screen,
    Survey,
    TrainingFile,
)

ANONYMOUS, ENTRANT, SIGNED_IN = "anonymous", "entrant", "signed-in"
HERE = tuple(f"{role} here" for role in Role)
ELSEWHERE = tuple(f"{role} elsewhere" for role in Role)
# Anonymous, an entrant with their cookies, a person without any role, and each role twice.
ACTORS = (ANONYMOUS, ENTRANT, SIGNED_IN, *HERE, *ELSEWHERE)


class World(CourseWorld, EnrolmentThings, PlanThings):
    """Everything made by domain functions, inside the test module's transaction.

    `made` is a contest whose round is open now, the factories' plain one unless given.
    """

    def __init__(self, made: OpenContest | None = None) -> None:
        self.made = made or make_open_contest()
        self.units = {"here": self.made.unit, "elsewhere": make_unit("elsewhere")}
        self._clients: dict[str, Client] = {}

    @property
    def unit(self) -> OrgUnit:
        return self.units["here"]

    def client(self, actor: str) -> Client:
        """A browser of this actor, always the same one."""
        if actor not in self._clients:
            self._clients[actor] = client = Client(raise_request_exception=False)
            if actor == ENTRANT:
                client.cookies = SimpleCookie(self.entrant_cookies)
            elif actor != ANONYMOUS:
                client.force_login(self.person(actor))
        return self._clients[actor]

    def person(self, actor: str) -> User:
        """The person behind an actor's name."""
        username = actor.replace(" ", ".")
        person = User.objects.filter(username=username).first()
        if person is not None:
            return person
        role, _space, place = actor.partition(" ")
        roles = [role] if place else []
        return make_person(username, *roles, unit=self.units[place or "here"])

    @cached_property
    def course_certificate(self) -> Certificate:
        """Of a course of the unit `here`, held by the signed-in person without a role."""
        course = make_course(self.unit, self.person("organiser here"), code="khoa-thu")
        enrolment = enrol(course, self.person(SIGNED_IN))
        enrolment.completed_at = timezone.now()
        return issue_certificate(enrolment=enrolment, now=timezone.now())

    @cached_property
    def article(self) -> Article:
        """Written by the organiser `here`, a draft."""
        draft = ArticleDraft(title="Bài thử", text="Nội dung.")
        return create_article(unit=self.unit, draft=draft, user=self.person("organiser here"))

    @cached_property
    def bulletin(self) -> Bulletin:
        """An issue of the unit `here` that is not published."""
        user = self.person("organiser here")
        return create_bulletin(unit=self.unit, title="", user=user, now=timezone.now())

    @cached_property
    def newcomer(self) -> User:
        """Someone who belongs `here` and is nobody's actor."""
        return make_person("newcomer", unit=self.unit)

    @cached_property
    def credit(self) -> Credit:
        """The newcomer's paper from elsewhere, with its scan, waiting."""
        paper = Paper("Kỹ năng số", "Học viện", "12/GCN", date(2026, 5, 4), 90)
        scan = b"%PDF-1.7\n%%EOF\n"
        who = self.newcomer
        return enter_credit(person=who, paper=paper, scan=scan, user=who, now=timezone.now())

    @cached_property
    def duty(self) -> DutySetting:
        return DutySetting.objects.create(
            unit=self.unit,
            from_date=date(2026, 1, 1),
            measure=Measure.PERIOD,
            minutes_per_unit=45,
            yearly=40,
            source="Kế hoạch",
            set_by=self.newcomer,
            set_at=timezone.now(),
        )

    @cached_property
    def sign_in_token(self) -> str:
        return issue_sign_in_link(user=self.newcomer, now=timezone.now()).split("/")[-2]

    @cached_property
    def activation_token(self) -> str:
        link = issue_activation_link(user=self.newcomer, issued_by=None, now=timezone.now())
        return link.split("/")[-2]

    @cached_property
    def roster(self) -> Roster:
        rows = [RosterRow(place="", full_name="Người Trong Danh Sách")]
        day = timezone.localdate()
        return load_roster(name="Thử", unit=self.unit, as_of=day, rows=rows, user=None)

    @cached_property
    def data_request(self) -> DataRequest:
        """The entrant asks for a correction."""
        entrant = Entrant.objects.get(pk=self.registered.entrant_id)
        wanted = {"full_name": "Nguyễn Thị Thử Nghiệm"}
        return ask_correction(entrant=entrant, wanted=wanted, now=timezone.now())

    @cached_property
    def listed_entry(self) -> RosterEntry:
        """On the list of the open contest, of the unit `here`."""
        self.contest.roster = self.roster
        self.contest.save(update_fields=["roster"])
        return self.roster.entries.get()

    @cached_property
    def roster_check(self) -> Job:
        """Asked for by the organiser here."""
        params = {"roster": self.roster.pk, "unit": self.unit.pk, "name": "", "as_of": ""}
        owner = self.person(f"{Role.ORGANISER} here")
        return queue_job(kind="check_roster", params=params, user=owner, now=timezone.now())

    @cached_property
    def item_import(self) -> ItemImport:
        """Begun by the organiser here."""
        owner = self.person(f"{Role.ORGANISER} here")
        return start_import(self.bank, owner, read_item(901), read_item(902, confidence=60))

    @cached_property
    def match(self) -> RosterMatch:
        """The entrant may be the person on the list."""
        return RosterMatch.objects.create(
            contest=self.contest,
            entry=self.listed_entry,
            entrant_id=self.registered.entrant_id,
            reason=MatchReason.NAME_UNIT,
        )

    @cached_property
    def rehearsal(self) -> Rehearsal:
        return Rehearsal.objects.create(contest=self.contest, entrants=5, minutes=1)

    @cached_property
    def screen(self) -> Screen:
        """At the unit `here`, its playlist one page of text."""
        organiser = self.made.organiser
        playlist = create_playlist(unit=self.unit, name="Quầy", user=organiser)
        add_text(playlist, organiser, "Giờ làm việc")
        return create_screen(unit=self.unit, name="TV", playlist=playlist, user=organiser)

    @cached_property
    def survey(self) -> Survey:
        """Put to people at the desks of the unit `here`."""
        organiser, now = self.made.organiser, timezone.now()
        return create_survey(unit=self.unit, title="Khảo sát", user=organiser, now=now)

    @cached_property
    def hint(self) -> IntegrityHint:
        return IntegrityHint.objects.create(
            round=self.round, kind=HintKind.SPEED, mark="0" * 64, found_at=timezone.now()
        )

    @cached_property
    def certificate(self) -> UnitCertificate:
        return UnitCertificate.objects.create(
            round=self.round,
            unit=self.units["elsewhere"],
            number=1,
            code="0123abcd",
            persons=1,
            exempt=0,
            issued_by=self.made.organiser,
            issued_at=timezone.now(),
        )

    @cached_property
    def job(self) -> Job:
        """Asked for by the organiser here."""
        owner = self.person(f"{Role.ORGANISER} here")
        return queue_job(kind="test", title="Thử", params={}, user=owner, now=timezone.now())

    @cached_property
    def checked_list(self) -> Job:
        """A workbook of units sent by the administrator here, not read yet."""
        owner = self.person(f"{Role.ADMINISTRATOR} here")
        return queue_job(kind="check_units", title="Thử", params={}, user=owner, now=timezone.now())

    @property
    def contest(self) -> Contest:
        """Published, its first round open now; the entrant sits in it."""
        return self.made.contest

    @property
    def round(self) -> Round:
        return self.made.round

    @property
    def bank(self) -> ItemBank:
        return self.made.banks[0]

    @cached_property
    def item(self) -> Item:
        return self.bank.items.order_by("number").first()

    @cached_property
    def sitting(self) -> Sitting:
        """The entrant's open attempt."""
        return start(self.made, self.registered)

    @cached_property
    def registered(self) -> Registered:
        return register(self.made)

    @cached_property
    def version(self) -> ItemVersion:
        """A proposal that waits for a reviewer."""
        drafts = [make_draft(99, citation="Nghị định 118/2025/NĐ-CP")]
        return add_items(bank=self.bank, drafts=drafts, author=self.made.organiser)[0]

    @cached_property
    def media(self) -> MediaFile:
        return keep_media(bank=self.bank, content=PNG, user=self.made.organiser)

    @property
    def document(self) -> LegalDocument:
        """Cited by the proposal."""
        return self.version.citations.get().document

    @cached_property
    def topic(self) -> Topic:
        return Topic.objects.create(bank=self.bank, name="Chủ đề để đổi tên")

    @cached_property
    def tag(self) -> Tag:
        return Tag.objects.create(bank=self.bank, name="nhãn")

    @cached_property
    def unfinished(self) -> UnfinishedItem:
        """Of the organiser here."""
        return UnfinishedItem.objects.create(
            bank=self.bank,
            author=self.person(f"{Role.ORGANISER} here"),
            document={"fields": {}, "options": [], "key": [], "media": []},
            saved_at=timezone.now(),
        )

    @cached_property
    def drop(self) -> ValidityDecision:
        """An item left out of the round."""
        return ValidityDecision.objects.create(
            version=self.item.current,
            round=self.round,
            choice=ValidityChoice.DROP,
            reason="Sai",
            decided_by=self.made.organiser,
        )

    def clause_end(self) -> int:
        """A new one each time, since whoever gets in takes it back."""
        made, _new = ClauseEnd.objects.get_or_create(
            document=self.document, clause="Điều 99", effective_to=timezone.localdate()
        )
        return made.pk

    @cached_property
    def release(self) -> Release:
        """A draft that waits for a second person."""
        now, organiser = timezone.now(), self.made.organiser
        Seal.objects.create(
            round=self.round, counts={}, root="0" * 64, size=0, sealed_by=organiser, sealed_at=now
        )
        document = release_document(round=self.round, number=1, previous=None)
        return Release.objects.create(
            contest=self.contest,
            round=self.round,
            number=1,
            document=document,
            digest=release_digest(document),
            submitted_by=organiser,
            submitted_at=now,
        )

    @property
    def printed_mark(self) -> str:
        """Of a page of that draft."""
        marked = mark_page(release=self.release, paper=PrintedPaper.ANNEX, content=[["1", "A"]])
        return marked.path.split("/")[-2]

    @cached_property
    def case(self) -> DuplicateCase:
        """The entrant, who may be somebody else."""
        made = DuplicateCase.objects.create(
            contest=self.contest, reason=DuplicateReason.PHONE, mark=b"1"
        )
        DuplicateMember.objects.create(case=made, entrant_id=self.registered.entrant_id)
        return made

    @cached_property
    def report(self) -> EntrantReport:
        return EntrantReport.objects.create(
            contest=self.contest, text="Không phải tôi", reported_at=timezone.now()
        )

    @cached_property
    def appeal(self) -> Appeal:
        """The entrant complains of their own entry."""
        given = AppealInput(
            request_key="00000000-0000-4000-8000-000000000001",
            round_number="1",
            kind="technical",
            text="Trang bị treo",
            code=self.registered.code,
        )
        assert self.sitting.row.entrant_id == self.registered.entrant_id
        return file_appeal(
            contest=self.contest, given=given, address="::1", now=timezone.now()
        ).appeal

    @cached_property
    def log_seal(self) -> str:
        attempt = self.sitting.row.id
        return seal_log(attempt_id=attempt, made_at=timezone.now(), digest="0" * 64)

    @cached_property
    def barred(self) -> MayNotWin:
        return MayNotWin.objects.create(
            contest=self.contest, full_name="Người Ra Đề", staff_code="RD-1", reason="Tổ ra đề"
        )

    @cached_property
    def correction(self) -> Correction:
        """The organiser's own, of the round."""
        return Correction.objects.create(
            round=self.round,
            number=1,
            reason="Đáp án sai",
            opened_by=self.person(f"{Role.ORGANISER} here"),
            opened_at=timezone.now(),
        )

    @cached_property
    def amendment(self) -> KeyAmendment:
        return KeyAmendment.objects.create(
            correction=self.correction,
            pool=self.round.pools.first(),
            place=1,
            remedy="drop",
            old_mask=1,
            reason="Sai",
        )

    @cached_property
    def submitted_correction(self) -> Correction:
        """Of another round, made by somebody else, waiting for the second person."""
        closed = Round.objects.create(
            contest=self.contest,
            number=98,
            name="Vòng đã đóng",
            opens_at=self.round.opens_at - timedelta(days=9),
            closes_at=self.round.opens_at - timedelta(days=8),
            state="closed",
            rules=self.contest.rules,
        )
        return Correction.objects.create(
            round=closed,
            number=1,
            state="submitted",
            reason="Đáp án sai",
            opened_by=self.made.organiser,
            opened_at=timezone.now(),
        )

    @cached_property
    def material(self) -> Material:
        organiser = self.person(f"{Role.ORGANISER} here")
        return make_material(self.unit, organiser, text="Nộp hồ sơ trực tuyến.")

    @cached_property
    def faq(self) -> Faq:
        organiser = self.person(f"{Role.ORGANISER} here")
        return save_faq(unit=self.unit, question="Hỏi?", answer="Đáp.", user=organiser)

    @cached_property
    def channel(self) -> ContactChannel:
        return ContactChannel.objects.create(unit=self.unit, kind="phone", value="0257 1")

    @cached_property
    def procedure(self) -> Procedure:
        link = "https://dichvucong.gov.vn"
        return Procedure.objects.create(unit=self.unit, code="1.1", name="Khai sinh", link=link)

    @cached_property
    def index_result(self) -> IndexResult:
        return IndexResult.objects.create(name="DTI", year=2025, unit=self.unit, score=80)

    @cached_property
    def inquiry(self) -> Inquiry:
        """Sent by a citizen to the unit `here`."""
        given = InquiryInput(request_key=str(uuid4()), text="Nộp hồ sơ ở đâu?")
        sent = send_inquiry(given=given, address="", now=timezone.now()).inquiry
        Inquiry.objects.filter(pk=sent.pk).update(unit=self.unit)
        return sent

    @cached_property
    def award(self) -> Award:
        assert self.release  # drafted before, since it looks for the standings of those awarded
        return Award.objects.create(
            round=self.round,
            group=self.made.groups[0],
            entrant_id=self.registered.entrant_id,
            attempt_id=self.sitting.row.id,
            tier="nhat",
            tier_name="Giải Nhất",
            place=1,
            rank=1,
        )

    @cached_property
    def training_file(self) -> TrainingFile:
        return make_ready_file(unit=self.unit, user=self.person("organiser here"))

    @cached_property
    def scorm(self) -> ScormWorld:
        return make_scorm_world(
            golf(), organiser=self.person("organiser here"), learner=self.person(SIGNED_IN)
        )

    @cached_property
    def spare_training_file(self) -> TrainingFile:
        """To be deleted by the one who may."""
        return make_ready_file(unit=self.unit, user=self.person("organiser here"), name="bỏ.png")

    @cached_property
    def witness(self) -> Witness:
        return Witness.objects.create(contest=self.contest, email="a@b.vn")

    @cached_property
    def lot_notice(self) -> LotNotice:
        now = timezone.now()
        return LotNotice.objects.create(
            round=self.round,
            group=self.made.groups[0],
            digest="0" * 64,
            attempts=[],
            source="Xổ số",
            draws_at=now + HOUR,
            published_by=self.made.organiser,
            published_at=now,
        )

    @cached_property
    def tie_decision(self) -> TieDecision:
        return TieDecision.objects.create(
            round=self.round,
            group=self.made.groups[0],
            method=TieMethod.DECISION,
            order=[],
            minutes="01/BB",
            decided_by=self.made.organiser,
        )

    @cached_property
    def unit_decision(self) -> UnitDecision:
        return UnitDecision.objects.create(
            round=self.round,
            kind=UnitDecisionKind.TIE,
            values=[],
            minutes="02/BB",
            reason="Phong trào",
            decided_by=self.made.organiser,
        )

    @cached_property
    def entrant_cookies(self) -> dict[str, str]:
        return {
            cookies.ENTRANT: self.registered.token,
            cookies.ATTEMPT: self.sitting.token,
        }
