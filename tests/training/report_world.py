"""A third quarter of 2026 in which something of everything happened, for the report of its plan."""

import uuid
from datetime import UTC, date, datetime, timedelta

from quiz.domain.items import add_items
from quiz.enums import RoundState
from quiz.models import Contest, ItemVersion, Round
from tests.factories import OpenContest, make_bank, make_draft, make_open_contest
from tests.people import make_person
from tests.results_factory import Entry, Person, make_entrants
from tests.training.enrolment_world import Province, make_province
from tests.training.plan_world import make_plan, make_task, prove
from tests.training.surveys import answer_many
from training.domain.faqs import save_faq
from training.domain.inquiries import InquiryInput, send_inquiry
from training.domain.plan_tasks import confirm_task, explain_task
from training.domain.plan_things import find_thing
from training.domain.surveys import create_survey
from training.domain.weak_clauses import gather_clauses
from training.enums import (
    ArticleState,
    BulletinState,
    CreditState,
    EnrolmentSource,
    InquiryState,
    MaterialKind,
    MaterialState,
    PlanThing,
)
from training.models import (
    Article,
    Bulletin,
    CommunicationPlan,
    CourseModule,
    Credit,
    Enrolment,
    Inquiry,
    Lesson,
    Material,
    QuizTry,
    TrainingClass,
    VisitDay,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
AUGUST = datetime(2026, 8, 10, 2, tzinfo=UTC)
MAY = datetime(2026, 5, 10, 2, tzinfo=UTC)
CLAUSE = "Điều 5"
LEARNERS = 12


def make_quarter() -> tuple[Province, CommunicationPlan]:
    """The province with all of it; its plan's first task is proven by the contest and done."""
    world = make_province()
    add_contest(world, "Cuộc thi hè", people=3)
    _classes(world)
    _courses(world)
    _library(world)
    _reach(world)
    return world, _plan(world)


def add_contest(
    world: Province, title: str, *, people: int, state: str = RoundState.CLOSED, **given: object
) -> OpenContest:
    """One round of August with two entries of the first person and one of each other."""
    made = make_open_contest(unit=world.top, **given)
    entries = [[Entry(), Entry(wrong=1)], *([Entry()] for _person in range(people - 1))]
    make_entrants(
        made,
        [
            Person(identity=f"{title}-{n}", entries=each, unit=world.commune)
            for n, each in enumerate(entries)
        ],
    )
    made.contest.title = title
    made.contest.save()
    Round.objects.filter(pk=made.round.pk).update(
        opens_at=AUGUST, closes_at=AUGUST + timedelta(days=7), state=state
    )
    world.commune.headcounts.get_or_create(on_date=date(2026, 1, 1), defaults={"count": 8})
    return made


def _classes(world: Province) -> None:
    held = TrainingClass.objects.create(
        unit=world.commune, title="Lớp", place="Xã", made_by=world.organiser, made_at=AUGUST
    )
    for day in (0, 1):
        begins = AUGUST + timedelta(days=day)
        session = held.sessions.create(begins_at=begins, ends_at=begins + timedelta(hours=2))
        for person in (world.an, world.anh)[: 2 - day]:
            session.attendances.create(
                person=person,
                unit=person.unit,
                in_at=begins,
                in_way="code",
                out_at=begins + timedelta(hours=2),
                out_way="code",
            )


def _courses(world: Province) -> None:
    """Twelve people answer one item, five of them right; half of them complete the course."""
    author = make_person("soan", "author", unit=world.top, totp=False)
    bank = make_bank(unit=world.top, author=author, reviewer=world.organiser, drafts=[])
    add_items(
        bank=bank,
        drafts=[make_draft(1, citation=f"{CLAUSE} Nghị định 118/2025/NĐ-CP")],
        author=author,
    )
    version = ItemVersion.objects.latest("pk")
    module = CourseModule.objects.create(course=world.course, position=1, title="Phần 1")
    lesson = Lesson.objects.create(module=module, position=1, title="Kiểm tra", kind="quiz")
    wrong = 1 if version.key_mask != 1 else 2
    for number in range(LEARNERS):
        person = make_person(f"hoc-{number}", unit=world.commune, totp=False)
        enrolment = Enrolment.objects.create(
            course=world.course,
            person=person,
            unit=person.unit,
            source=EnrolmentSource.ORGANISER,
            enrolled_by=world.organiser,
            enrolled_at=AUGUST,
            completed_at=AUGUST if number % 2 else None,
            due_on=date(2026, 9, 1) if number == 0 else None,
        )
        QuizTry.objects.create(
            enrolment=enrolment,
            lesson=lesson,
            ordinal=1,
            seed=b"s",
            draw_version=1,
            paper=[[version.pk, [0, 1, 2, 3]]],
            answers=[version.key_mask if number < 5 else wrong],
            began_at=AUGUST,
            ended_at=AUGUST,
            score=100,
        )
    gather_clauses(now=AUGUST + timedelta(hours=1))
    for number, day in enumerate((date(2026, 7, 2), date(2026, 5, 4)), 1):
        Credit.objects.create(
            person=world.an,
            title="Kỹ năng số",
            issuer="Học viện",
            number=str(number),
            taken_on=day,
            minutes=150,
            state=CreditState.APPROVED,
            entered_by=world.an,
            entered_at=AUGUST,
            decided_by=world.lead_an,
            decided_at=AUGUST,
        )


def _library(world: Province) -> None:
    for number, (kind, moment) in enumerate(
        (
            (MaterialKind.LEAFLET, AUGUST),
            (MaterialKind.LEAFLET, AUGUST),
            (MaterialKind.VIDEO, AUGUST),
            (MaterialKind.VIDEO, MAY),
        )
    ):
        Material.objects.create(
            unit=world.top,
            slug=f"tai-lieu-{number}",
            kind=kind,
            title=f"Tài liệu {number}",
            text="Nội dung",
            state=MaterialState.PUBLISHED,
            published_at=moment,
            made_by=world.organiser,
        )
    issue = Bulletin.objects.create(
        unit=world.top,
        year=2026,
        number=3,
        slug="so-3",
        title="Bản tin số 3",
        state=BulletinState.PUBLISHED,
        published_at=AUGUST,
        made_by=world.organiser,
    )
    for position in (1, 2):
        Article.objects.create(
            unit=world.commune,
            bulletin=issue,
            position=position,
            title=f"Bài {position}",
            state=ArticleState.APPROVED,
            author=world.lead_an,
            decided_by=world.organiser,
        )
    save_faq(unit=world.top, question="Nộp ở đâu?", answer="Ở xã.", user=world.organiser)
    # Answered after five days, after thirty, and not at all.
    for days in (5, 30, None):
        given = InquiryInput(request_key=str(uuid.uuid4()), text="Hỏi")
        sent = send_inquiry(given=given, address="a", now=AUGUST).inquiry
        if days:
            Inquiry.objects.filter(pk=sent.pk).update(
                state=InquiryState.PUBLISHED,
                decided_at=AUGUST + timedelta(days=days),
                shown_text="Hỏi",
                answer="Đáp",
            )


def _reach(world: Province) -> None:
    for day, visits in ((date(2026, 7, 1), 40), (date(2026, 8, 1), 60), (date(2026, 6, 30), 7)):
        VisitDay.objects.create(day=day, visits=visits, views=visits * 3)
    survey = create_survey(unit=world.top, title="Khảo sát", user=world.organiser, now=AUGUST)
    answer_many(survey, world.commune, now=AUGUST)


def _plan(world: Province) -> CommunicationPlan:
    plan = make_plan(
        world.top,
        world.organiser,
        answer_days=10,
        report_to="Ủy ban nhân dân tỉnh\nSở Nội vụ",
        signer_title="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        signer_name="Trần Thị Mẫu",
    )
    contest = make_task(plan, world.top, "Quý III", "3 lượt dự thi", content="Mở cuộc thi")
    late = make_task(plan, world.commune, "Tháng 9", content="Mở lớp")
    explain_task(task=late, reason="Chờ kinh phí.", user=world.lead_an)
    make_task(plan, world.sibling, "Quý IV", "2 video", content="Làm video")
    make_task(plan, world.top, "Cả năm", content="Phát thanh")
    articles = make_task(plan, world.top, "Quý III", "2 tin bài", content="Ra bản tin")
    for task, kind, thing in (
        (contest, PlanThing.CONTEST, Contest.objects.real().get()),
        (articles, PlanThing.BULLETIN, Bulletin.objects.get()),
    ):
        found = find_thing(kind=kind, pk=thing.pk, user=world.organiser)
        prove(task, world.organiser, thing=found)
        confirm_task(task=task, note="", user=world.organiser, now=NOW)
    return plan
