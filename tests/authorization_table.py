"""Who may open what: one row a route (or one a method), walked by tests/test_authorization.py.

A row names the route, who gets in, and how to ask:

    row("w-bank", within_reach(*SEE_KEYS), pk=lambda w: w.bank.pk)
    row("w-banks", holders(*SEE_KEYS))
    row("save", everyone(), method="post")          # refused by token, not by person

* `everyone()`      all get in, signed in or not (also to a page that refuses by token)
* `signed_in()`     anonymous and entrants are sent to sign in, all others get in
* `holders(*roles)` holders of a role anywhere get in; others 403; anonymous sent to sign in
* `within_reach(*roles)` holders at the thing's unit get in, holders elsewhere 404, others 403
* `by_cookie()`     the entrant's browser gets in, all others 404, signed in or not
* `nobody()`        404 to all
* `only(*actors)`   just these; any other signed-in person gets 404

“Gets in” is any answer but a way to the sign-in page, 403 and 404; 405 and 500 always fail.
Arguments are values or functions of the `World` (tests/authorization_world.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.domain.data_requests import OFFICIALS
from accounts.enums import Role
from accounts.permissions import KEEP_ROSTERS, MANAGE, SEE_DIARY, SEE_ROSTERS
from quiz.domain.sample_rounds import SampleState
from quiz.domain.starter_bank import LOAD_STARTER
from quiz.permissions import (
    AUDIT_CONTEST,
    CHECK_DOCUMENTS,
    PREVIEW_ROUND,
    REVIEW_HINTS,
    REVIEW_ITEMS,
    RUN_CONTEST,
    SEE_APPEALS,
    SEE_BANKS,
    SEE_CONTEST,
    SEE_DUTY,
    SEE_KEYS,
    SEE_OPENINGS,
    WRITE_ITEMS,
)
from tests.authorization_world import ACTORS, ANONYMOUS, ELSEWHERE, ENTRANT, HERE, SIGNED_IN
from training.domain.files import DIGEST_SHOWN
from training.permissions import (
    ANSWER_INQUIRIES,
    KEEP_CHANNELS,
    KEEP_CREDITS,
    KEEP_EVIDENCE,
    RUN_TRAINING,
    SEE_TRAINING,
    WRITE_ARTICLES,
)

IN, SIGN_IN, FORBIDDEN, MISSING = "in", "sign in", "403", "404"
Answers = dict[str, str]


@dataclass(frozen=True)
class Row:
    """What each actor is answered on one route."""

    route: str
    answers: Answers
    method: str = "get"
    arguments: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    data: Any = None

    def __str__(self) -> str:
        return f"{self.route}:{self.method}"


def row(
    route: str,
    answers: Answers,
    *,
    method: str = "get",
    query: str = "",
    data: Any = None,
    **arguments: Any | Callable[..., Any],
) -> Row:
    return Row(route, answers, method, arguments, query, data)


def _answers(inside: set[str], *, others: str, missing: set[str] = frozenset()) -> Answers:
    answers = dict.fromkeys(ACTORS, others)
    answers |= {ANONYMOUS: SIGN_IN, ENTRANT: SIGN_IN}
    answers |= dict.fromkeys(missing, MISSING)
    return answers | dict.fromkeys(inside, IN)


def _at(places: tuple[str, ...], roles: tuple[str, ...]) -> set[str]:
    return {actor for actor in places if actor.partition(" ")[0] in roles}


def everyone() -> Answers:
    return dict.fromkeys(ACTORS, IN)


def signed_in() -> Answers:
    return _answers(set(ACTORS) - {ANONYMOUS, ENTRANT}, others=IN)


def holders(*roles: str) -> Answers:
    return _answers(_at(HERE + ELSEWHERE, roles), others=FORBIDDEN)


def within_reach(*roles: str) -> Answers:
    return _answers(_at(HERE, roles), others=FORBIDDEN, missing=_at(ELSEWHERE, roles))


def run_only(act: tuple[str, ...], see: tuple[str, ...]) -> Answers:
    """Holders of `act` at the thing's unit get in, those who may only see it there 403."""
    answers = within_reach(*see)
    return answers | dict.fromkeys(_at(HERE, see) - _at(HERE, act), FORBIDDEN)


def only(*actors: str) -> Answers:
    return _answers(set(actors), others=MISSING)


def nobody() -> Answers:
    """404 to all: the row shows that no person and no cookie is enough."""
    return dict.fromkeys(ACTORS, MISSING)


def seen_or_missing(*roles: str) -> Answers:
    """Open to all who are signed in; who does not reach the thing finds none."""
    return _answers(_at(HERE, roles), others=MISSING)


def by_cookie() -> Answers:
    """The entrant's browser gets in; to all others there is no such page."""
    return dict.fromkeys(ACTORS, MISSING) | {ENTRANT: IN}


def shown_here(*roles: str) -> Answers:
    """Holders at the thing's unit are shown it; to all others it is not there."""
    return nobody() | dict.fromkeys(_at(HERE, roles), IN)


TRAINING_FILE: dict[str, Any] = {
    "public_id": lambda w: w.training_file.public_id,
    "digest": lambda w: w.training_file.sha256[:DIGEST_SHOWN],
}


def learner_only(actor: str) -> Answers:
    """Who takes the course gets in; other signed-in people are told that they don't."""
    return _answers({actor}, others=FORBIDDEN)


SCORM_LESSON: dict[str, Any] = {
    "code": lambda w: w.scorm.lesson.module.course.code,
    "lesson_pk": lambda w: w.scorm.lesson.pk,
}
OWNER = f"{Role.ORGANISER} here"

HOURS = (
    row("my-hours", signed_in()),
    row("my-record", signed_in()),
    row("my-credit-new", signed_in()),
    row("my-credit-new", signed_in(), method="post"),
    row("my-credit-withdraw", seen_or_missing(), method="post", pk=lambda w: w.credit.pk),
    row("credit-scan", seen_or_missing(*SEE_TRAINING), pk=lambda w: w.credit.pk),
    row("w-hours", holders(*SEE_TRAINING)),
    row("w-hours-assign", holders(*RUN_TRAINING)),
    row("w-hours-assign", holders(*RUN_TRAINING), method="post"),
    row("w-hours-export", holders(*SEE_TRAINING), method="post"),
    row("w-hours-records", holders(*SEE_TRAINING), method="post"),
    row("w-person-hours", within_reach(*SEE_TRAINING), pk=lambda w: w.newcomer.pk),
    row("w-person-record", within_reach(*SEE_TRAINING), pk=lambda w: w.newcomer.pk),
    row("w-duties", holders(*SEE_TRAINING)),
    row("w-duty-remove", within_reach(*RUN_TRAINING), method="post", pk=lambda w: w.duty.pk),
    row("w-credits", holders(*KEEP_CREDITS)),
    row("w-credit-new", holders(*KEEP_CREDITS)),
    row("w-credit-new", holders(*KEEP_CREDITS), method="post"),
    row("w-credits-import", holders(*KEEP_CREDITS)),
    row("w-credits-import", holders(*KEEP_CREDITS), method="post"),
    row("w-credits-template", holders(*KEEP_CREDITS)),
    row("w-credit-decide", within_reach(*KEEP_CREDITS), method="post", pk=lambda w: w.credit.pk),
    row("api-work-hours-list", holders(*SEE_TRAINING)),
    row("api-work-gap-list", holders(*RUN_TRAINING)),
    row("api-work-credit-list", holders(*SEE_TRAINING)),
    row("api-work-credit-detail", within_reach(*SEE_TRAINING), pk=lambda w: w.credit.pk),
)

OWN_CHECK = holders(*KEEP_ROSTERS) | dict.fromkeys(_at(HERE + ELSEWHERE, KEEP_ROSTERS), MISSING)
OWN_CHECK |= {OWNER: IN}
ROSTER_ENTRY = {"pk": lambda w: w.roster.pk, "entry_pk": lambda w: w.listed_entry.pk}
STANDING = {"pk": lambda w: w.taken_course.pk, "rule_pk": lambda w: w.unit_rule.pk}
ENROL_LIST = {
    "pk": lambda w: w.taken_course.pk,
    "public_id": lambda w: w.enrolment_check.public_id,
}
OWN_LIST = within_reach(*RUN_TRAINING) | dict.fromkeys(_at(HERE, RUN_TRAINING), MISSING)
OWN_LIST |= {OWNER: IN}
ROOM_SESSION = {"pk": lambda w: w.room.pk, "session_pk": lambda w: w.class_session.pk}
INVITEE = {"pk": lambda w: w.room.pk, "invitee_pk": lambda w: w.room.invitees.get().pk}
DUTY = {
    "round_pk": lambda w: w.listed_entry.roster_id and w.round.pk,
    "pk": lambda w: w.listed_entry.unit_id,
}

DOCUMENT = {"pk": lambda w: w.document.pk}
CLAUSE_END = DOCUMENT | {"end_pk": lambda w: w.clause_end()}
UNFINISHED = (
    within_reach(*WRITE_ITEMS) | dict.fromkeys(_at(HERE, WRITE_ITEMS), MISSING) | {OWNER: IN}
)

PLAN = {"public_id": lambda w: w.checked_list.public_id}

PRINTED_PAGE = {
    "code": lambda w: w.contest.code,
    "round_number": 1,
    "number": 1,
    "mark": lambda w: w.printed_mark,
}

SIGNING_IN = [
    row("account_login", everyone()),
    row("account_logout", everyone(), method="post"),
    row("account_signup", everyone()),
    row("account_inactive", everyone()),
    row("account_reauthenticate", signed_in()),
    row("account_change_password", signed_in()),
    row("account_set_password", signed_in()),
    row("account_reset_password", everyone()),
    row("account_reset_password_done", everyone()),
    row("account_reset_password_from_key_done", everyone()),
    row("account_reset_password_from_key", everyone(), uidb36="1", key="khong-co"),
    row("mfa_index", signed_in()),
    # Only in the middle of signing in; sends everyone else to where they belong.
    row("mfa_authenticate", signed_in()),
    row("mfa_reauthenticate", signed_in()),
    row("mfa_activate_totp", signed_in()),
    row("mfa_deactivate_totp", signed_in()),
    row("mfa_view_recovery_codes", only()),
    row("mfa_generate_recovery_codes", signed_in()),
    row("mfa_download_recovery_codes", only()),
    row("account_request_login_code", everyone()),
    # Only in the middle of signing in by a code.
    row("account_confirm_login_code", everyone()),
    row("mfa_login_webauthn", signed_in()),
    row("mfa_reauthenticate_webauthn", signed_in()),
    row("mfa_list_webauthn", everyone()),
    row("mfa_add_webauthn", signed_in()),
    row("mfa_remove_webauthn", signed_in(), pk=0),
    row("socialaccount_login_cancelled", everyone()),
    # No other system is set up.
    row("openid_connect_login", nobody(), provider_id="khong-co"),
    row("openid_connect_callback", nobody(), provider_id="khong-co"),
    row("w-account", signed_in()),
    row("w-account-contact", signed_in(), kind="email"),
    row("w-account-confirm", signed_in(), kind="phone"),
    row("w-account-forget-phone", signed_in(), method="post"),
    row("w-account-sessions", signed_in()),
    row("w-account-sessions-end", signed_in(), method="post"),
    row("sign-in-link", everyone(), token=lambda w: w.sign_in_token),
    row("activate", everyone(), token=lambda w: w.activation_token),
]


def people_of_here() -> Answers:
    """The audience of the unit's courses; to all others there is no such course."""
    return _answers({SIGNED_IN, *HERE}, others=MISSING)


LEARNING = {"code": lambda w: w.course.code, "lesson_pk": lambda w: w.lesson.pk}
# Who doesn't take the course is sent to its page.
LEARNERS = [
    row("learning", signed_in()),
    row("learn-course", people_of_here(), code=lambda w: w.course.code),
    row("learn-enrol", people_of_here(), method="post", code=lambda w: w.course.code),
    *(
        row(route, people_of_here(), method=method, **LEARNING)
        for route, method in (
            ("learn-lesson", "get"),
            ("learn-progress", "get"),
            ("learn-progress", "post"),
            ("learn-said-read", "post"),
            ("learn-quiz-start", "post"),
            ("learn-quiz-answer", "post"),
        )
    ),
    row("learn-page", people_of_here(), number=1, **LEARNING),
    row("learn-item-media", people_of_here(), sha256="0" * 64, **LEARNING),
]
COURSE = {"pk": lambda w: w.course.pk}
MODULE = COURSE | {"module_pk": lambda w: w.lesson.module_id}
LESSON = COURSE | {"lesson_pk": lambda w: w.lesson.pk}
COURSES = [
    row("w-courses", holders(*SEE_TRAINING)),
    row("w-course-new", holders(*RUN_TRAINING)),
    row("w-lessons-flagged", holders(*RUN_TRAINING)),
    row("w-course", within_reach(*SEE_TRAINING), **COURSE),
    row("w-course-change", within_reach(*RUN_TRAINING), **COURSE),
    row(
        "w-course-state",
        within_reach(*RUN_TRAINING),
        method="post",
        data={"act": "open"},
        **COURSE,
    ),
    row("w-course-copy", within_reach(*RUN_TRAINING), method="post", **COURSE),
    row("w-course-preview", within_reach(*SEE_TRAINING), **COURSE),
    row("w-lesson-preview", within_reach(*SEE_TRAINING), **LESSON),
    row("w-lesson-preview", within_reach(*SEE_TRAINING), method="post", **LESSON),
    row("w-page-preview", within_reach(*SEE_TRAINING), number=1, **LESSON),
    *(
        row(
            "w-package-preview",
            within_reach(*SEE_TRAINING),
            method=method,
            pk=lambda w: w.scorm.lesson.module.course_id,
            lesson_pk=lambda w: w.scorm.lesson.pk,
        )
        for method in ("get", "post")
    ),
    row("w-module-add", within_reach(*RUN_TRAINING), method="post", **COURSE),
    row("w-module", within_reach(*RUN_TRAINING), method="post", data={"act": "up"}, **MODULE),
    row("w-lesson-new", within_reach(*RUN_TRAINING), kind="text", **MODULE),
    row("w-lesson-new", within_reach(*RUN_TRAINING), method="post", kind="text", **MODULE),
    row("w-lesson", within_reach(*RUN_TRAINING), **LESSON),
    row("w-lesson", within_reach(*RUN_TRAINING), method="post", **LESSON),
    row("w-lesson-act", within_reach(*RUN_TRAINING), method="post", data={"act": "up"}, **LESSON),
    row("w-lesson-keep", within_reach(*RUN_TRAINING), method="post", **LESSON),
    row("w-bank-practice", within_reach(*WRITE_ITEMS), method="post", pk=lambda w: w.bank.pk),
]

WORKPLACE = [
    *COURSES,
    *LEARNERS,
    row("workplace", signed_in()),
    row("after-second-factor", signed_in()),
    row("w-units", holders(*Role)),
    row("w-unit-new", holders(*MANAGE)),
    row("w-units-json", holders(*KEEP_ROSTERS), query="?q=o"),
    row("w-unit", within_reach(*Role), pk=lambda w: w.unit.pk),
    row("w-unit-change", within_reach(*MANAGE), method="post", pk=lambda w: w.unit.pk),
    row("w-headcount", within_reach(*MANAGE), method="post", pk=lambda w: w.unit.pk),
    row("w-unit-aliases", holders(*MANAGE), method="post"),
    row("w-units-import", holders(*MANAGE)),
    row("w-units-import", holders(*MANAGE), method="post"),
    row("w-units-template", holders(*MANAGE)),
    row("w-unit-arrange", within_reach(*MANAGE), pk=lambda w: w.unit.pk),
    row("w-unit-arrange", within_reach(*MANAGE), method="post", pk=lambda w: w.unit.pk),
    row("w-rosters", holders(*SEE_ROSTERS)),
    row("w-roster-new", holders(*KEEP_ROSTERS)),
    row("w-roster", within_reach(*SEE_ROSTERS), pk=lambda w: w.roster.pk),
    row("w-roster-template", holders(*KEEP_ROSTERS)),
    row("w-roster-upload", within_reach(*KEEP_ROSTERS), pk=lambda w: w.roster.pk),
    row("w-roster-check", OWN_CHECK, public_id=lambda w: w.roster_check.public_id),
    row("w-roster-store", OWN_CHECK, method="post", public_id=lambda w: w.roster_check.public_id),
    row(
        "w-roster-export",
        within_reach(Role.EXPORTER),
        method="post",
        pk=lambda w: w.roster.pk,
    ),
    row("w-roster-entry-new", within_reach(*KEEP_ROSTERS), pk=lambda w: w.roster.pk),
    row("w-roster-entry", within_reach(*KEEP_ROSTERS), **ROSTER_ENTRY),
    row("w-roster-exempt", within_reach(*KEEP_ROSTERS), method="post", **ROSTER_ENTRY),
    row("w-roster-remove", within_reach(*KEEP_ROSTERS), method="post", **ROSTER_ENTRY),
    row("w-duty", holders(Role.UNIT_LEAD)),
    row("w-duty-unit", within_reach(*SEE_DUTY), **DUTY),
    row("w-duty-print", within_reach(*SEE_DUTY), **DUTY),
    *(
        row(route, within_reach(*SEE_DUTY), method="post", **DUTY)
        for route in ("w-duty-deadline", "w-duty-remind", "w-duty-open", "w-duty-issue")
    ),
    # There is no certificate yet, whoever asks.
    row(
        "w-duty-certificate",
        within_reach(*SEE_DUTY) | dict.fromkeys(_at(HERE, SEE_DUTY), MISSING),
        **DUTY,
    ),
    row("w-people", holders(*MANAGE)),
    row("w-diary", holders(*SEE_DIARY)),
    row("w-diary-export", holders(*SEE_DIARY), method="post"),
    row("w-roles", holders(*Role)),
    row("w-training", holders(*SEE_TRAINING)),
    *HOURS,
    row("w-training-files", holders(*SEE_TRAINING)),
    row(
        "w-training-file-delete",
        within_reach(*RUN_TRAINING),
        method="post",
        public_id=lambda w: w.spare_training_file.public_id,
    ),
    row("learn-package", learner_only(SIGNED_IN), **SCORM_LESSON),
    row("learn-package-save", learner_only(SIGNED_IN), method="post", **SCORM_LESSON),
    row("w-enrolments", holders(*SEE_TRAINING)),
    *(
        row(route, holders(*SEE_TRAINING))
        for route in ("w-training-report", "w-late", "w-training-export", "api-training-report")
    ),
    row("w-classes", holders(*SEE_TRAINING)),
    row("w-class-new", holders(*RUN_TRAINING)),
    row("w-class", within_reach(*SEE_TRAINING), pk=lambda w: w.room.pk),
    row("w-class-change", within_reach(*RUN_TRAINING), pk=lambda w: w.room.pk),
    *(
        row(route, within_reach(*RUN_TRAINING), method="post", pk=lambda w: w.room.pk)
        for route in ("w-class-session", "w-class-invite")
    ),
    row(
        "w-class-files",
        within_reach(*RUN_TRAINING),
        method="post",
        data=lambda w: {"file": w.training_file.pk},
        pk=lambda w: w.room.pk,
    ),
    row("w-class-session-remove", within_reach(*RUN_TRAINING), method="post", **ROOM_SESSION),
    row("w-class-feedback", within_reach(*SEE_TRAINING), pk=lambda w: w.room.pk),
    row("w-course-feedback", within_reach(*SEE_TRAINING), pk=lambda w: w.taken_course.pk),
    row(
        "w-gain-pair",
        within_reach(*RUN_TRAINING),
        method="post",
        pk=lambda w: w.taken_course.pk,
    ),
    # The newcomer alone takes the course and is invited.
    row("course-feedback", only(), pk=lambda w: w.enrolment.course_id),
    row("class-feedback", only(), pk=lambda w: w.room.pk),
    row("w-class-uninvite", within_reach(*RUN_TRAINING), method="post", **INVITEE),
    row("w-attendance", within_reach(*SEE_TRAINING), pk=lambda w: w.class_session.pk),
    row("w-attendance-print", within_reach(*SEE_TRAINING), pk=lambda w: w.class_session.pk),
    *(
        row(route, within_reach(*RUN_TRAINING), pk=lambda w: w.class_session.pk)
        for route in ("w-class-screen", "w-class-code", "w-attendance-export")
    ),
    row("classes", signed_in()),
    # The newcomer alone is invited.
    row("class", only(), pk=lambda w: w.room.pk),
    row("class-sign", signed_in(), pk=lambda w: w.class_session.pk),
    row("w-class-cancel", within_reach(*RUN_TRAINING), method="post", pk=lambda w: w.room.pk),
    row("w-enrol-template", holders(*RUN_TRAINING)),
    row("w-course-people", within_reach(*SEE_TRAINING), pk=lambda w: w.taken_course.pk),
    *(
        row(route, within_reach(*RUN_TRAINING), method=method, pk=lambda w: w.taken_course.pk)
        for route in ("w-enrol-people", "w-enrol-unit", "w-enrol-list", "w-course-terms")
        for method in ("get", "post")
    ),
    row("w-enrol-unit-end", within_reach(*RUN_TRAINING), method="post", **STANDING),
    row("w-enrol-check", OWN_LIST, **ENROL_LIST),
    row("w-enrol-store", OWN_LIST, method="post", **ENROL_LIST),
    row("w-enrolment", within_reach(*SEE_TRAINING), pk=lambda w: w.enrolment.pk),
    *(
        row(
            f"w-enrolment-{act}",
            within_reach(*RUN_TRAINING),
            method="post",
            pk=lambda w: w.enrolment.pk,
        )
        for act in ("due", "exempt", "lift", "withdraw")
    ),
    row("w-uploads", holders(*KEEP_EVIDENCE), method="post"),
    # The organiser's own; a lead has the page, and finds none of others there.
    row(
        "w-upload",
        within_reach(*RUN_TRAINING)
        | dict.fromkeys(_at(HERE + ELSEWHERE, (Role.UNIT_LEAD,)), MISSING),
        public_id=lambda w: w.training_file.public_id,
    ),
    row("api-work-training-course-list", holders(*SEE_TRAINING)),
    row("api-work-enrolment-list", holders(*SEE_TRAINING)),
    row("api-work-class-list", holders(*SEE_TRAINING)),
    *(
        row(f"api-work-{route}", within_reach(*SEE_TRAINING), pk=thing)
        for route, thing in (
            ("training-course-detail", lambda w: w.taken_course.pk),
            ("enrolment-detail", lambda w: w.enrolment.pk),
            ("class-detail", lambda w: w.room.pk),
            ("class-session-detail", lambda w: w.class_session.pk),
            ("class-session-sign-ins", lambda w: w.class_session.pk),
        )
    ),
    *(
        row(f"api-work-{route}", within_reach(*RUN_TRAINING), method="post", pk=thing)
        for route, thing in (
            ("training-course-enrol", lambda w: w.taken_course.pk),
            ("training-course-enrol-unit", lambda w: w.taken_course.pk),
            *(
                (f"enrolment-{act}", lambda w: w.enrolment.pk)
                for act in ("due", "exempt", "lift", "withdraw")
            ),
        )
    ),
    row("training-file", shown_here(*SEE_TRAINING), **TRAINING_FILE),
    row("training-file-part", nobody(), **TRAINING_FILE, part="content"),
    row("w-consent-texts", holders(*RUN_CONTEST, *MANAGE)),
    row("w-consent-text-new", holders(*MANAGE), purpose="enter_contest"),
    row("w-person-new", holders(*MANAGE)),
    row("w-person", within_reach(*MANAGE), pk=lambda w: w.newcomer.pk),
    row("w-person-roles", within_reach(*MANAGE), method="post", pk=lambda w: w.newcomer.pk),
    row("w-person-link", within_reach(*MANAGE), method="post", pk=lambda w: w.newcomer.pk),
    row("w-person-active", within_reach(*MANAGE), method="post", pk=lambda w: w.newcomer.pk),
    row("w-person-change", within_reach(*MANAGE), method="post", pk=lambda w: w.newcomer.pk),
    row("w-person-transfer", within_reach(*MANAGE), method="post", pk=lambda w: w.newcomer.pk),
    row("w-people-import", holders(*MANAGE)),
    row("w-people-import", holders(*MANAGE), method="post"),
    row("w-people-template", holders(*MANAGE)),
    row("w-slips", holders(*MANAGE)),
    row("w-slips", holders(*MANAGE), method="post"),
    row("w-plan", within_reach(*MANAGE), **PLAN),
    row("w-plan", within_reach(*MANAGE), method="post", **PLAN),
    row("w-data-requests", holders(*OFFICIALS)),
    row("w-data-request", within_reach(*OFFICIALS), number=lambda w: w.data_request.number),
    row("w-retention", holders(*MANAGE)),
    # The world's administrators hold their role at units that have none above them.
    row("w-setup", holders(*MANAGE)),
    row("w-setup-body", holders(*MANAGE)),
    row("w-setup-units", holders(*MANAGE)),
    row("w-setup-people", holders(*MANAGE)),
    row("w-setup-senders", holders(*MANAGE)),
    row("w-setup-address", holders(*MANAGE)),
    row("w-setup-later", holders(*MANAGE), method="post"),
    row("w-jobs", signed_in()),
    row("w-job", only(OWNER), public_id=lambda w: w.job.public_id),
    row("w-job-file", only(), public_id=lambda w: w.job.public_id),
]

READING = [
    row("home", everyone()),
    row("lookup", everyone()),
    row("visits", everyone(), method="post"),
    row("address-probe", everyone(), token="a"),
    # Sent back to the form unless a code was given in this browser.
    row("own-data", everyone()),
    row("own-data-page", everyone()),
    row("own-data-ask", everyone(), method="post"),
    row("own-data-json", everyone()),
    row("own-data-html", everyone()),
    row("own-data-leave", everyone(), method="post"),
    row("own-account", signed_in()),
    row("own-account-ask", signed_in(), method="post"),
    row("own-account-json", signed_in()),
    row("language", everyone(), code="en"),
    row("contest", everyone(), code=lambda w: w.contest.code),
    row("contest-rules", everyone(), code=lambda w: w.contest.code),
    row("contest-rules-docx", everyone(), code=lambda w: w.contest.code),
    row("recheck", everyone()),
    row("winner-certificate", nobody(), code="0123abcd"),
    row("unit-certificate", everyone(), code=lambda w: w.certificate.code),
    row("receipt-check", everyone()),
    row("receipt-check", everyone(), method="post", data={"receipt": "ab" * 32}),
    row("heads", everyone(), code=lambda w: w.contest.code),
    row("lots", everyone(), code=lambda w: w.contest.code),
    row("printed-page", everyone(), **PRINTED_PAGE),
    row("figures", everyone(), code=lambda w: w.contest.code),
    row("results", everyone(), code=lambda w: w.contest.code),
    row("appeals", everyone(), code=lambda w: w.contest.code),
    row("appeals", everyone(), method="post", code=lambda w: w.contest.code),
    # The form for the code, unless it was given in this browser: by it alone an appeal opens.
    row("appeal-mine", everyone(), code=lambda w: w.contest.code),
    row("appeal-log", nobody(), code=lambda w: w.contest.code, ordinal=1),
    row("appeal-withdraw", nobody(), method="post", code=lambda w: w.contest.code),
    row("appeal-leave", everyone(), method="post", code=lambda w: w.contest.code),
    row("attempt-log-check", everyone(), seal=lambda w: w.log_seal),
    # There is nothing to download until a release is published.
    row(
        "release-bundle",
        dict.fromkeys(ACTORS, MISSING),
        code=lambda w: w.contest.code,
        round_number=1,
        number=1,
    ),
]

# Entering is refused by tokens and rules, not by person; tests/quiz says which.
ENTERING = [
    row("register", everyone(), code=lambda w: w.contest.code),
    row("ready", everyone(), code=lambda w: w.contest.code),
    row("start", everyone(), method="post", code=lambda w: w.contest.code),
    row("return", everyone(), code=lambda w: w.contest.code),
    row("return-contact", everyone(), method="post", code=lambda w: w.contest.code),
    row("return-code", everyone(), code=lambda w: w.contest.code),
    # What acts is the token chosen; without one there is no such person, whoever asks.
    row("return-person", nobody(), method="post", code=lambda w: w.contest.code),
    row("return-staff", everyone(), code=lambda w: w.contest.code),
    row("leave", everyone(), code=lambda w: w.contest.code),
    row("not-me", everyone(), code=lambda w: w.contest.code),
    row("attempt", by_cookie()),
    # The cookie opens pages only; what acts is the token in the form, whoever holds it.
    row("save", nobody(), method="post"),
    row("submit", nobody(), method="post"),
    row("save", everyone(), method="post", query="?", data=lambda w: {"token": w.sitting.token}),
    row("submit", everyone(), method="post", query="?", data=lambda w: {"token": w.sitting.token}),
    # Of a paper without pictures: tests/frontend/test_item_media.py shows who gets one.
    row("attempt-media", nobody(), sha256="0" * 64),
    row("receipt", by_cookie()),
    row("receipt-file", by_cookie()),
    row("receipt-qr", by_cookie()),
    row("units-json", everyone(), query="?q=hoa"),
]

CODE = {"code": lambda w: w.contest.code}
BANK = {"pk": lambda w: w.bank.pk}
VERSION = {"pk": lambda w: w.version.pk}
CONTEST = {"pk": lambda w: w.contest.pk}
ROUND = {"pk": lambda w: w.round.pk}
RELEASE = {"pk": lambda w: w.release.pk}
CORRECTION = {"pk": lambda w: w.correction.pk}
TO_DECIDE = {"pk": lambda w: w.submitted_correction.pk}
SECOND_AMONG = run_only((*RUN_CONTEST, Role.ADMINISTRATOR), SEE_CONTEST)
IMPORT = BANK | {"session": lambda w: w.item_import.public_id}
API_IMPORT = {"public_id": lambda w: w.item_import.public_id}
# An import is its own person's: colleagues in the same bank don't find it.
OWN_IMPORT = within_reach(*WRITE_ITEMS) | dict.fromkeys(_at(HERE, WRITE_ITEMS), MISSING)
OWN_IMPORT |= {OWNER: IN}
REVIEWS = within_reach(Role.REVIEWER)
SECOND = within_reach(*RUN_CONTEST, Role.ADMINISTRATOR)
REASON = {"reason": "Sửa lại"}
WHY = {"reason": "authority", "reason_text": "Công văn 12"}
EXPORTS = run_only((Role.EXPORTER,), SEE_CONTEST)
DECISION = {"decision_number": "12/QĐ-BTC", "decision_date": "2026-11-22"}
OF_APPEAL = {"pk": lambda w: w.appeal.pk}
CONFIRMS = run_only((*RUN_CONTEST, Role.ADMINISTRATOR), SEE_APPEALS)

SIGNATURE = {"contest": "khong-co", "round": 1, "digest": "ab" * 32, "signature": "ab" * 64}

API = [
    row("api-schema", everyone()),
    row("api-receipt-proof", everyone(), query=f"?leaf={'ab' * 32}"),
    row("api-receipt-signature", everyone(), method="post", data=SIGNATURE),
    row("api-me", signed_in()),
    row("api-unit-list", everyone(), query="?q=o"),
    row("api-contest-list", everyone()),
    row("api-contest-detail", everyone(), **CODE),
    row("api-contest-rules", everyone(), **CODE),
    row("api-contest-results", everyone(), **CODE),
    row("api-contest-figures", everyone(), **CODE),
    row("api-job-list", signed_in()),
    row("api-job-detail", only(OWNER), job=lambda w: w.job.public_id),
    row("api-job-file", only(), job=lambda w: w.job.public_id),
    row("api-work-bank-list", holders(*SEE_KEYS)),
    row("api-work-bank-detail", within_reach(*SEE_KEYS), **BANK),
    row("api-work-bank-import-items", within_reach(*WRITE_ITEMS), method="post", **BANK),
    row("api-work-bank-export-items", within_reach(*SEE_KEYS), method="post", **BANK),
    row("api-work-bank-items", within_reach(*SEE_KEYS), **BANK),
    row("api-work-item-list", holders(*SEE_BANKS), query="?q=a"),
    row("api-work-bank-imports", within_reach(*WRITE_ITEMS), method="post", **BANK),
    row("api-work-bank-media", within_reach(*WRITE_ITEMS), method="post", **BANK),
    row("api-work-import-detail", OWN_IMPORT, **API_IMPORT),
    row("api-work-import-detail", OWN_IMPORT, method="delete", **API_IMPORT),
    row("api-work-import-drafts", OWN_IMPORT, **API_IMPORT),
    row("api-work-import-decide", OWN_IMPORT, method="post", place=1, **API_IMPORT),
    row("api-work-import-accept-certain", OWN_IMPORT, method="post", **API_IMPORT),
    row("api-work-import-skip-waiting", OWN_IMPORT, method="post", **API_IMPORT),
    row("api-work-import-key-column", OWN_IMPORT, method="post", **API_IMPORT),
    row("api-work-import-store", OWN_IMPORT, method="post", **API_IMPORT),
    row("api-work-version-detail", REVIEWS, **VERSION),
    row("api-work-version-comments", within_reach(*SEE_KEYS), **VERSION),
    row(
        "api-work-version-tags",
        within_reach(*WRITE_ITEMS),
        method="put",
        data={"tags": ["một cửa"]},
        **VERSION,
    ),
    row("api-work-document-list", holders(*SEE_KEYS)),
    row("api-work-document-detail", within_reach(*SEE_KEYS), **DOCUMENT),
    row(
        "api-work-document-describe",
        within_reach(*CHECK_DOCUMENTS),
        method="put",
        data={},
        **DOCUMENT,
    ),
    row(
        "api-work-document-clauses",
        within_reach(*CHECK_DOCUMENTS),
        method="post",
        data={"clause": "Điều 1", "effective_to": "2025-01-01"},
        **DOCUMENT,
    ),
    row("api-work-version-approve", REVIEWS, method="post", **VERSION),
    row("api-work-version-send-back", REVIEWS, method="post", data=REASON, **VERSION),
    row("api-work-contest-list", holders(*SEE_CONTEST)),
    row("api-work-contest-detail", within_reach(*SEE_CONTEST), **CONTEST),
    row("api-work-contest-checklist", within_reach(*SEE_CONTEST), **CONTEST),
    row("api-work-contest-figures", within_reach(*SEE_CONTEST), **CONTEST),
    row("api-work-contest-count", within_reach(*SEE_CONTEST), method="post", **CONTEST),
    row("api-work-round-detail", within_reach(*SEE_CONTEST), **ROUND),
    row("api-work-round-figures", within_reach(*SEE_CONTEST), **ROUND),
    row("api-work-round-items", within_reach(*SEE_CONTEST), **ROUND),
    row("api-work-round-live", run_only(RUN_CONTEST, SEE_CONTEST), **ROUND),
    row("api-work-round-certainty", within_reach(*SEE_CONTEST), **ROUND),
    *(
        row(f"api-work-round-{act}", run_only(RUN_CONTEST, SEE_CONTEST), method="post", **ROUND)
        for act in ("freeze", "close", "rank", "seal", "submit", "certificates")
    ),
    row("api-work-round-export-winners", within_reach(*SEE_CONTEST), method="post", **ROUND),
    row("api-work-round-export-participation", within_reach(*SEE_CONTEST), method="post", **ROUND),
    row("api-work-round-papers", within_reach(*SEE_CONTEST), method="post", **ROUND),
    row("api-work-round-count", within_reach(*SEE_CONTEST), method="post", **ROUND),
    *(
        row(f"api-work-round-export-{what}", EXPORTS, method="post", data=WHY, **ROUND)
        for what in ("entries", "missing")
    ),
    row("api-work-appeal-list", holders(*SEE_APPEALS)),
    row("api-work-appeal-detail", within_reach(*SEE_APPEALS), **OF_APPEAL),
    row(
        "api-work-appeal-answer",
        run_only(RUN_CONTEST, SEE_APPEALS),
        method="post",
        data={"accept": False, "answer": "Không"},
        **OF_APPEAL,
    ),
    row("api-work-appeal-confirm", CONFIRMS, method="post", **OF_APPEAL),
    row("api-work-appeal-send-back", CONFIRMS, method="post", data=REASON, **OF_APPEAL),
    row(
        "api-work-round-correct",
        run_only(RUN_CONTEST, SEE_CONTEST),
        method="post",
        data=REASON,
        **ROUND,
    ),
    row("api-work-correction-detail", within_reach(*SEE_CONTEST), **CORRECTION),
    row("api-work-correction-changes", within_reach(*SEE_CONTEST), **CORRECTION),
    *(
        row(
            f"api-work-correction-{act}",
            run_only(RUN_CONTEST, SEE_CONTEST),
            method="post",
            data=data,
            **CORRECTION,
        )
        for act, data in (
            ("amend", {"group": "nguoi-dan", "place": 0, "remedy": "drop", "reason": "Sai"}),
            ("entry", lambda w: {"attempt": w.sitting.row.id, "reason": "Sai"}),
            ("withdraw", lambda w: {"group": w.award.group.code, "place": 1, "reason": "Sai"}),
            ("preview", None),
            ("submit", None),
            ("drop", None),
        )
    ),
    row("api-work-correction-approve", SECOND_AMONG, method="post", **TO_DECIDE),
    row("api-work-correction-send-back", SECOND_AMONG, method="post", data=REASON, **TO_DECIDE),
    row("api-work-release-detail", SECOND, **RELEASE),
    row("api-work-release-approve", SECOND, method="post", data=DECISION, **RELEASE),
    row("api-work-release-send-back", SECOND, method="post", data=REASON, **RELEASE),
]

# As the pages: refused by tokens and rules (404 or 422), not by person.
API_ENTERING = [
    row("api-entry-media", nobody(), sha256="0" * 64),
    row("api-entry-register", everyone(), method="post", code=lambda w: w.contest.code),
    row("api-entry-start", nobody(), method="post", round_id=lambda w: w.made.round.pk),
    row("api-entry-save", everyone(), method="post"),
    row("api-entry-submit", everyone(), method="post"),
    row("api-entry-receipt", nobody(), method="post"),
    row("api-return-code", everyone(), method="post", **CODE),
    row("api-return-contact", everyone(), method="post", **CODE),
    row("api-return-confirm", everyone(), method="post", **CODE),
    row("api-return-staff", everyone(), method="post", **CODE),
    row("api-return-staff-register", everyone(), method="post", **CODE),
    row("api-return-report", everyone(), method="post", **CODE),
    row("api-appeal-file", everyone(), method="post", **CODE),
    row("api-appeal-answer", everyone(), method="post", **CODE),
]

ITEM = BANK | {"item_pk": lambda w: w.version.item_id}

BANKS = [
    row("w-banks", holders(*SEE_BANKS)),
    row("w-bank-new", holders(*WRITE_ITEMS)),
    row("w-items", holders(*SEE_BANKS), query="?q=a"),
    row("w-starter-bank", holders(*LOAD_STARTER), method="post"),
    row("w-import-template", holders(*WRITE_ITEMS)),
    row("w-documents", holders(*SEE_KEYS)),
    row("w-document", within_reach(*SEE_KEYS), **DOCUMENT),
    row("w-document-describe", within_reach(*CHECK_DOCUMENTS), method="post", **DOCUMENT),
    row("w-document-check", within_reach(*CHECK_DOCUMENTS), method="post", **DOCUMENT),
    row("w-clause-end", within_reach(*CHECK_DOCUMENTS), method="post", **DOCUMENT),
    row("w-clause-back", within_reach(*CHECK_DOCUMENTS), method="post", **CLAUSE_END),
    row("w-bank", within_reach(*SEE_BANKS), **BANK),
    row("w-media", within_reach(*SEE_KEYS), sha256=lambda w: w.media.sha256, **BANK),
    row("w-bank-check", within_reach(*SEE_KEYS), **BANK),
    row("w-bank-check-run", within_reach(*SEE_KEYS), method="post", **BANK),
    *(
        row(
            route,
            within_reach(*SEE_KEYS),
            method="post",
            data=lambda w: {"version": w.version.pk, "code": "no_citation", "reason": "Đã xem"},
            **BANK,
        )
        for route in ("w-bank-check-leave", "w-bank-check-again")
    ),
    row("w-item-new", within_reach(*WRITE_ITEMS), **BANK),
    row("w-item", within_reach(*SEE_KEYS), **ITEM),
    row("w-item-edit", within_reach(*WRITE_ITEMS), **ITEM),
    row("w-item-comment", within_reach(*SEE_KEYS), method="post", **ITEM),
    row("w-item-tags", within_reach(*WRITE_ITEMS), method="post", **ITEM),
    row("w-item-keep", within_reach(*CHECK_DOCUMENTS), method="post", **ITEM),
    # Only its author finds an unfinished item, the organiser here.
    row(
        "w-unfinished-discard",
        UNFINISHED,
        method="post",
        unfinished_pk=lambda w: w.unfinished.pk,
        **BANK,
    ),
    row("w-bank-words", within_reach(*SEE_KEYS), **BANK),
    row(
        "w-topic", within_reach(*WRITE_ITEMS), method="post", topic_pk=lambda w: w.topic.pk, **BANK
    ),
    row("w-tag", within_reach(*WRITE_ITEMS), method="post", tag_pk=lambda w: w.tag.pk, **BANK),
    row("w-key-openings", within_reach(*SEE_OPENINGS), **BANK),
    row("w-item-propose", within_reach(*WRITE_ITEMS), method="post", **ITEM),
    row("w-item-retire", within_reach(*SEE_KEYS), method="post", **ITEM),
    row("w-item-review", within_reach(*REVIEW_ITEMS), **BANK),
    row("w-item-approve-all", within_reach(*REVIEW_ITEMS), method="post", **BANK),
    row("w-item-export", within_reach(*SEE_KEYS), **BANK),
    row("w-item-import", within_reach(*WRITE_ITEMS), **BANK),
    row("w-item-import-run", within_reach(*WRITE_ITEMS), method="post", **BANK),
    row("w-item-import-annotated", within_reach(*WRITE_ITEMS), **BANK),
    row("w-item-import-look", within_reach(*WRITE_ITEMS), method="post", **BANK),
    row("w-import", OWN_IMPORT, **IMPORT),
    row("w-import-draft", OWN_IMPORT, place=1, **IMPORT),
    row("w-import-draft", OWN_IMPORT, method="post", place=1, **IMPORT),
    row("w-import-draft-edit", OWN_IMPORT, place=1, **IMPORT),
    row("w-import-draft-edit", OWN_IMPORT, method="post", place=1, **IMPORT),
    row("w-import-many", OWN_IMPORT, method="post", **IMPORT),
    row("w-import-store", OWN_IMPORT, method="post", **IMPORT),
    row("w-import-key-column", OWN_IMPORT, method="post", **IMPORT),
    row("w-import-discard", OWN_IMPORT, method="post", **IMPORT),
]

IN_ROUND = CONTEST | {"round_pk": lambda w: w.round.pk}
GROUP = CONTEST | {"code": lambda w: w.made.groups[0].code}
SIGNED = CONTEST | {"round_pk": lambda w: w.release.round_id}
ENTRANT_OF = CONTEST | {"entrant_pk": lambda w: w.registered.entrant_id}
REVIEWS_HINTS = within_reach(*REVIEW_HINTS)
RUNS, SEES = within_reach(*RUN_CONTEST), within_reach(*SEE_CONTEST)
APPEAL = CONTEST | {"appeal_pk": lambda w: w.appeal.pk}
READS_APPEALS = within_reach(*SEE_APPEALS)
ACTS_ON_APPEALS = run_only(RUN_CONTEST, SEE_APPEALS)
CORRECTED = CONTEST | {"round_pk": lambda w: w.correction.round_id}
DECIDING = CONTEST | {"round_pk": lambda w: w.submitted_correction.round_id}
RUNS_AMONG_READERS = run_only(RUN_CONTEST, SEE_CONTEST)
SECOND_AMONG_READERS = run_only((*RUN_CONTEST, Role.ADMINISTRATOR), SEE_CONTEST)

CONTESTS = [
    row("w-contests", holders(*SEE_CONTEST)),
    row("w-calendar", holders(*SEE_CONTEST)),
    row("w-calendar-file", holders(*SEE_CONTEST)),
    row("w-contest-calendar", SEES, **CONTEST),
    row("w-contest-calendar-file", SEES, **CONTEST),
    row("w-season", RUNS, **CONTEST),
    row("w-season", RUNS, method="post", **CONTEST),
    row("w-round-copy", RUNS, **IN_ROUND),
    row("w-round-copy", RUNS, method="post", **IN_ROUND),
    row("w-preview", within_reach(*PREVIEW_ROUND), **IN_ROUND),
    *(
        row(
            "w-preview-state",
            within_reach(*PREVIEW_ROUND),
            query=f"?{state}",
            state=str(state),
            **IN_ROUND,
        )
        for state in SampleState
    ),
    row("w-print", RUNS, **IN_ROUND),
    row("w-fairness", RUNS, **IN_ROUND),
    row("w-fairness-chart", RUNS, **IN_ROUND | {"code": lambda w: w.made.groups[0].code}),
    row("w-figures", SEES, **CONTEST),
    row("w-figures-count", SEES, method="post", **CONTEST),
    row("w-figure-entries", SEES, query="?by=day&value=2026-01-01", **CONTEST),
    row("w-round-figures", SEES, **IN_ROUND),
    row("w-round-figures-count", SEES, method="post", **IN_ROUND),
    row("w-item-analysis", SEES, **IN_ROUND),
    row("w-audit", within_reach(*AUDIT_CONTEST), **IN_ROUND),
    row("w-item-analyse", RUNS, method="post", **IN_ROUND),
    row("w-item-workbook", SEES, method="post", **IN_ROUND),
    row("w-hints", REVIEWS_HINTS, **IN_ROUND),
    row("w-hints-find", REVIEWS_HINTS, method="post", **IN_ROUND),
    row("w-hint", REVIEWS_HINTS, method="post", hint_pk=lambda w: w.hint.pk, **IN_ROUND),
    row("w-print", RUNS, method="post", **IN_ROUND),
    row("w-contest-new", holders(*RUN_CONTEST)),
    row("w-contest-template", holders(*RUN_CONTEST)),
    *(
        row(route, SEES, **CONTEST)
        for route in (
            "w-contest",
            "w-contest-settings",
            "w-contest-consent",
            "w-rules",
            "w-rules-preview",
            "w-rules-trial",
            "w-rules-docx",
            "w-poster",
            "w-papers",
            "w-launch-letter",
            "w-entrants",
            "w-may-not-win",
            "w-witnesses",
            "w-duplicates",
            "w-reports",
        )
    ),
    *(
        row(route, RUNS, method="post", **CONTEST)
        for route in (
            "w-contest-publish",
            "w-contest-copy",
            "w-contest-archive",
            "w-contest-address",
            "w-contest-describe",
            "w-contest-groups",
            "w-round-new",
            "w-follow-advice",
        )
    ),
    row("w-rules", RUNS_AMONG_READERS, method="post", **CONTEST),
    row("w-rules-trial", SEES, method="post", **CONTEST),
    row(
        "w-contest-consent",
        RUNS_AMONG_READERS,
        method="post",
        data=lambda w: {"text": w.contest.consent_text_id},
        **CONTEST,
    ),
    row("w-may-not-win", RUNS_AMONG_READERS, method="post", **CONTEST),
    row("w-witnesses", RUNS_AMONG_READERS, method="post", **CONTEST),
    row("w-witness-remove", RUNS, method="post", witness_pk=lambda w: w.witness.pk, **CONTEST),
    row("w-contest-copy", RUNS, **CONTEST),
    row("w-fixed-paper", RUNS, **GROUP),
    row("w-fixed-paper", RUNS, method="post", **GROUP),
    row("w-layouts", RUNS, **CONTEST),
    row("w-layout", RUNS, kind="winners", **CONTEST),
    row("w-layout", RUNS, method="post", kind="winners", **CONTEST),
    row("w-layout-forget", RUNS, method="post", kind="winners", **CONTEST),
    row("w-posters", SEES, method="post", **CONTEST),
    row("w-open-counts", SEES, method="post", **CONTEST),
    row("w-entrant", SEES, **ENTRANT_OF),
    row("w-entrant-reveal", within_reach(Role.EXPORTER), method="post", **ENTRANT_OF),
    row("w-entrant-change", RUNS, method="post", **ENTRANT_OF),
    row("w-attempt", RUNS, method="post", attempt_pk=lambda w: w.sitting.row.id, **ENTRANT_OF),
    row("w-duplicate", RUNS, method="post", case_pk=lambda w: w.case.pk, **CONTEST),
    row("w-report", RUNS, method="post", report_pk=lambda w: w.report.pk, **CONTEST),
    row("w-appeals", READS_APPEALS, **CONTEST),
    row("w-appeal", READS_APPEALS, **APPEAL),
    row("w-appeal-act", ACTS_ON_APPEALS, method="post", data={"act": "examine"}, **APPEAL),
    row("w-appeal-keys", RUNS, method="post", **APPEAL),
    row("w-attempt-log", READS_APPEALS, attempt_pk=lambda w: w.sitting.row.id, **CONTEST),
    row("w-may-not-win-remove", RUNS, method="post", named_pk=lambda w: w.barred.pk, **CONTEST),
    row("w-matches", RUNS, **CONTEST),
    row("w-matches-find", RUNS, method="post", **CONTEST),
    row("w-matches-sure", RUNS, method="post", **CONTEST),
    row("w-match", RUNS, method="post", match_pk=lambda w: w.match.pk, **CONTEST),
    row("w-round", SEES, **IN_ROUND),
    row("w-round-validity", within_reach(*RUN_CONTEST), **IN_ROUND),
    row(
        "w-round-undrop",
        within_reach(*RUN_CONTEST),
        method="post",
        decision_pk=lambda w: w.drop.pk,
        **IN_ROUND,
    ),
    row("w-control-room", RUNS, **IN_ROUND),
    row("w-certainty", SEES, **IN_ROUND),
    row("w-decision", RUNS, method="post", data=DECISION, **SIGNED),
    row("w-rehearsals", RUNS, pk=lambda w: w.contest.pk),
    row("w-rehearsals", RUNS, method="post", pk=lambda w: w.contest.pk),
    row(
        "w-rehearsal-cancel",
        RUNS,
        method="post",
        pk=lambda w: w.contest.pk,
        rehearsal_pk=lambda w: w.rehearsal.pk,
    ),
    row("w-results", SEES, **IN_ROUND),
    row("w-bundle", SEES | dict.fromkeys(_at(HERE, SEE_CONTEST), MISSING), **IN_ROUND),
    *(
        row(route, RUNS, method="post", **IN_ROUND)
        for route in (
            "w-round-change",
            "w-round-remove",
            "w-round-freeze",
            "w-round-unfreeze",
            "w-round-close",
            "w-rank",
            "w-seal",
            "w-unseal",
            "w-submit-release",
            "w-official",
        )
    ),
    row("w-lot-withdraw", RUNS, method="post", notice_pk=lambda w: w.lot_notice.pk, **IN_ROUND),
    row("w-tie", RUNS, method="post", data={"group": "nguoi-dan"}, **IN_ROUND),
    row("w-unit-prizes", SEES, **IN_ROUND),
    row("w-unit-points", RUNS, method="post", **IN_ROUND),
    row("w-unit-tie", RUNS, method="post", **IN_ROUND),
    row("w-unit-withdraw", RUNS, method="post", made_pk=lambda w: w.unit_decision.pk, **IN_ROUND),
    row("w-tie-withdraw", RUNS, method="post", made_pk=lambda w: w.tie_decision.pk, **IN_ROUND),
    row(
        "w-ask-approval",
        RUNS,
        method="post",
        data=lambda w: {"approver": w.made.reviewer.pk},
        **SIGNED,
    ),
    row("w-release", SECOND_AMONG_READERS, method="post", data=DECISION, **SIGNED),
    row("w-return-release", SECOND_AMONG_READERS, method="post", data=REASON, **SIGNED),
    row("w-export", SEES, method="post", **IN_ROUND),
    row("w-dossier", SEES, **IN_ROUND),
    row("w-dossier-make", SEES, method="post", **IN_ROUND),
    row("w-corrections", SEES, **CORRECTED),
    row("w-correction-begin", RUNS, method="post", data=REASON, **IN_ROUND),
    row("w-correction-items", RUNS, **CORRECTED),
    row("w-correction-item", RUNS, code="nguoi-dan", place=0, **CORRECTED),
    row("w-correction-item", RUNS, method="post", code="nguoi-dan", place=0, **CORRECTED),
    row(
        "w-correction-entry",
        RUNS,
        method="post",
        data=lambda w: {"attempt": w.sitting.row.id},
        **CORRECTED,
    ),
    row(
        "w-correction-prize",
        RUNS,
        method="post",
        data=lambda w: {"award": w.award.pk},
        **CORRECTED,
    ),
    row(
        "w-correction-take-back",
        RUNS,
        method="post",
        kind="dap-an",
        change_pk=lambda w: w.amendment.pk,
        **CORRECTED,
    ),
    row("w-correction-tie", RUNS, method="post", data={"group": "nguoi-dan"}, **CORRECTED),
    *(
        row(route, RUNS, method="post", **CORRECTED)
        for route in ("w-correction-preview", "w-correction-submit", "w-correction-drop")
    ),
    row("w-correction-approve", SECOND_AMONG_READERS, method="post", **DECIDING),
    row("w-correction-return", SECOND_AMONG_READERS, method="post", data=REASON, **DECIDING),
    row("w-dossier-certificates", RUNS, method="post", **IN_ROUND),
    row("w-dossier-export", within_reach(Role.EXPORTER), method="post", **IN_ROUND),
    row("w-ceremony", SEES, **IN_ROUND),
    # Opened by the link's secret and decided by the code, not by a role.
    row("approve-release", everyone(), token="khong-co"),
]

MATERIAL = {"pk": lambda w: w.material.pk}
FAQ = {"pk": lambda w: w.faq.pk}
CHANNEL = {"pk": lambda w: w.channel.pk}
INQUIRY = {"pk": lambda w: w.inquiry.pk}
LIBRARY = [
    row("library", everyone()),
    row("library", everyone(), query="?q=dich+vu+cong"),
    row("library-material", everyone(), slug=lambda w: w.material.slug),
    row("library-script", everyone(), slug=lambda w: w.material.slug),
    row("faq", everyone()),
    row("faq-entry", everyone(), **FAQ),
    row("faq-verdict", everyone(), method="post", data={"verdict": "useful"}, **FAQ),
    row("answers", everyone()),
    # There is no answer to read until one is published.
    row("answer", nobody(), number=lambda w: w.inquiry.number),
    row("inquiry-ask", everyone()),
    row("inquiry-ask", everyone(), method="post"),
    # The form for the code, unless it was given in this browser: by it alone an inquiry opens.
    row("inquiry-mine", everyone()),
    row("inquiry-take-back", nobody(), method="post"),
    row("inquiry-leave", everyone(), method="post"),
    row("procedures", everyone()),
    row("procedure", everyone(), code=lambda w: w.procedure.code),
    row("indexes", everyone()),
    row("index-unit", everyone(), pk=lambda w: w.index_result.unit_id),
    row("indexes-xlsx", everyone(), data=lambda w: {"chi-so": f"2025 {w.index_result.name}"}),
    row("channels", everyone()),
    row("feedback", everyone()),
    row("w-materials", holders(*SEE_TRAINING)),
    row("w-material-new", holders(*RUN_TRAINING)),
    row("w-material", within_reach(*SEE_TRAINING), **MATERIAL),
    row("w-material-change", within_reach(*RUN_TRAINING), **MATERIAL),
    *(
        row(route, within_reach(*RUN_TRAINING), method="post", **MATERIAL)
        for route in ("w-material-publish", "w-material-withdraw")
    ),
    row("w-faqs", holders(*SEE_TRAINING)),
    row("w-faq-new", holders(*RUN_TRAINING)),
    row("w-faq", within_reach(*RUN_TRAINING), **FAQ),
    row("w-faq-delete", within_reach(*RUN_TRAINING), method="post", **FAQ),
    row("w-inquiries", holders(*SEE_TRAINING)),
    row("w-inquiry", within_reach(*SEE_TRAINING), **INQUIRY),
    row("w-inquiry-answer", within_reach(*ANSWER_INQUIRIES), method="post", **INQUIRY),
    *(
        row(route, within_reach(*RUN_TRAINING), method="post", **INQUIRY)
        for route in ("w-inquiry-assign", "w-inquiry-publish", "w-inquiry-refuse")
    ),
    row("w-indexes", holders(*SEE_TRAINING)),
    row("w-indexes-upload", holders(*RUN_TRAINING), method="post"),
    row("w-indexes-template", holders(*RUN_TRAINING)),
    row("w-index-delete", holders(*RUN_TRAINING), method="post"),
    row("w-procedures", holders(*SEE_TRAINING)),
    row("w-procedures-upload", holders(*RUN_TRAINING), method="post"),
    row("w-procedures-template", holders(*RUN_TRAINING)),
    row("w-procedure-delete", holders(*RUN_TRAINING), method="post"),
    row("w-channels", holders(*SEE_TRAINING)),
    row("w-channel-new", holders(*KEEP_CHANNELS)),
    row("w-channel", within_reach(*KEEP_CHANNELS), **CHANNEL),
    row("w-channel-delete", within_reach(*KEEP_CHANNELS), method="post", **CHANNEL),
    row("w-feedback-text", holders(*RUN_TRAINING)),
    row("api-library-material-list", everyone()),
    row("api-library-material-detail", everyone(), slug=lambda w: w.material.slug),
    row("api-library-faq-list", everyone()),
    row("api-library-answer-list", everyone()),
    row("api-library-answer-detail", nobody(), number=lambda w: w.inquiry.number),
    row("api-library-procedure-list", everyone()),
    row("api-library-index-list", everyone(), query="?year=2025"),
    row("api-library-channel-list", everyone()),
    row("api-library-search-list", everyone(), query="?q=dich+vu+cong"),
]

ARTICLE = {"pk": lambda w: w.article.pk}
ISSUE = {"pk": lambda w: w.bulletin.pk}
BULLETINS = [
    row("bulletins", everyone()),
    # Nothing is read before it is published.
    row("bulletin", nobody(), slug=lambda w: w.bulletin.slug),
    row("bulletin-pdf", nobody(), slug=lambda w: w.bulletin.slug),
    row("bulletin-article", nobody(), **ARTICLE),
    row("w-bulletins", holders(*SEE_TRAINING)),
    row("w-bulletin-new", holders(*RUN_TRAINING), method="post"),
    row("w-bulletin", within_reach(*SEE_TRAINING), **ISSUE),
    row("w-bulletin-pdf", within_reach(*SEE_TRAINING), **ISSUE),
    *(
        row(route, within_reach(*RUN_TRAINING), method="post", **ISSUE)
        for route in ("w-bulletin-publish", "w-bulletin-mail")
    ),
    row("w-articles", holders(*SEE_TRAINING)),
    row("w-article-new", holders(*WRITE_ARTICLES)),
    row("w-article", within_reach(*SEE_TRAINING), **ARTICLE),
    row("w-article-change", within_reach(*WRITE_ARTICLES), **ARTICLE),
    row("w-article-send", within_reach(*WRITE_ARTICLES), method="post", **ARTICLE),
    *(
        row(route, within_reach(*RUN_TRAINING), method="post", **ARTICLE)
        for route in ("w-article-approve", "w-article-return")
    ),
]

PRACTICE = [
    row("practice", everyone()),
    # There is nothing to ask until a bank is opened for practice.
    row("practice-item", everyone()),
    row("practice-item", everyone(), method="post", data={"version": 1}),
    row("practice-media", nobody(), sha256="0" * 64),
]

CERTIFICATE = {"code": lambda w: w.course_certificate.code}
CERTIFICATES = [
    row("certificate-check", everyone()),
    row("certificate-check", everyone(), method="post", data={"code": "MT1.x.y"}),
    row("certificate-keys", everyone()),
    row("certificate-state", everyone()),
    row("certificate-worker", everyone()),
    row("certificate", everyone(), **CERTIFICATE),
    row("own-certificates", signed_in()),
    row("own-certificate-pdf", only(SIGNED_IN), **CERTIFICATE),
    row("w-certificates", holders(*SEE_TRAINING)),
    row("w-certificate", within_reach(*SEE_TRAINING), **CERTIFICATE),
    row("w-certificate-file", within_reach(*SEE_TRAINING), **CERTIFICATE),
    row(
        "w-certificates-issue",
        within_reach(*RUN_TRAINING),
        method="post",
        data=lambda w: {"course": w.course_certificate.enrolment.course_id},
    ),
    row("w-certificate-layout", within_reach(*RUN_TRAINING), unit=lambda w: w.unit.pk),
]

ALL_ROWS = [*SIGNING_IN, *WORKPLACE, *READING, *ENTERING, *API_ENTERING, *BANKS, *CONTESTS, *API]
ALL_ROWS += LIBRARY
SURVEY = {"pk": lambda w: w.survey.pk}
SCREEN = {"pk": lambda w: w.screen.pk}
PLAYLIST = {"pk": lambda w: w.screen.playlist_id}
SLIDE = {**PLAYLIST, "slide_pk": lambda w: w.screen.playlist.slides.get().pk}
KEY = {"key": lambda w: w.screen.key}

DESKS = [
    row("survey", everyone(), code=lambda w: w.survey.code),
    row("survey", everyone(), method="post", code=lambda w: w.survey.code),
    row("survey-thanks", everyone(), code=lambda w: w.survey.code),
    row("screen-pair", everyone()),
    row("screen", everyone(), **KEY),
    row("screen-worker", everyone(), **KEY),
    row("screen-playlist", everyone(), **KEY),
    row("screen-report", everyone(), method="post", **KEY),
    # Shows no page of a PDF.
    row("screen-page", nobody(), public_id=lambda w: w.training_file.public_id, number=1, **KEY),
    row("api-work-screen-list", holders(*SEE_TRAINING)),
    row("api-work-screen-detail", within_reach(*SEE_TRAINING), **SCREEN),
    row("w-screens", holders(*SEE_TRAINING)),
    row("w-screen-new", holders(*RUN_TRAINING)),
    row("w-screen", within_reach(*SEE_TRAINING), **SCREEN),
    row("w-screen-pair", within_reach(*RUN_TRAINING), method="post", **SCREEN),
    row("w-screen-revoke", within_reach(*RUN_TRAINING), method="post", **SCREEN),
    row("w-playlist-new", holders(*RUN_TRAINING)),
    row("w-playlist", within_reach(*SEE_TRAINING), **PLAYLIST),
    row("w-playlist-delete", within_reach(*RUN_TRAINING), method="post", **PLAYLIST),
    row("w-slide-new", within_reach(*RUN_TRAINING), **PLAYLIST),
    row("w-slide", within_reach(*RUN_TRAINING), **SLIDE),
    row("w-slide-act", within_reach(*RUN_TRAINING), method="post", **SLIDE),
    row("w-surveys", holders(*SEE_TRAINING)),
    row("w-survey-new", holders(*RUN_TRAINING)),
    row("w-survey-new", holders(*RUN_TRAINING), method="post"),
    row("w-survey", within_reach(*SEE_TRAINING), **SURVEY),
    row("w-survey-chart", within_reach(*SEE_TRAINING), **SURVEY),
    row("w-survey-workbook", within_reach(*SEE_TRAINING), **SURVEY),
    row("w-survey-poster", within_reach(*SEE_TRAINING), **SURVEY),
    row("w-survey-edit", within_reach(*RUN_TRAINING), **SURVEY),
    row("w-survey-edit", within_reach(*RUN_TRAINING), method="post", **SURVEY),
    row("w-survey-open", within_reach(*RUN_TRAINING), method="post", **SURVEY),
    row("api-work-survey-list", holders(*SEE_TRAINING)),
    row("api-work-survey-detail", within_reach(*SEE_TRAINING), **SURVEY),
    row("api-work-survey-figures", within_reach(*SEE_TRAINING), **SURVEY),
    row("w-visits", holders(*SEE_TRAINING)),
    row("w-visits", holders(*MANAGE), method="post"),
]

ALL_ROWS += DESKS
ALL_ROWS += CERTIFICATES
ALL_ROWS += BULLETINS
ALL_ROWS += PRACTICE

PLAN: dict[str, Any] = {"pk": lambda w: w.communication_plan.pk}
PLAN_TASK: dict[str, Any] = {"pk": lambda w: w.plan_task.pk}
PLANS = [
    row("w-communication", holders(*SEE_TRAINING)),
    row("w-communication-new", holders(*RUN_TRAINING)),
    row("w-communication-plan", within_reach(*SEE_TRAINING), **PLAN),
    row("w-communication-export", within_reach(*SEE_TRAINING), **PLAN),
    row(
        "w-communication-report",
        within_reach(*SEE_TRAINING),
        method="post",
        data={"period": "q1"},
        **PLAN,
    ),
    *(
        row(f"w-communication-{act}", within_reach(*RUN_TRAINING), **PLAN)
        for act in ("change", "load", "template", "task-new")
    ),
    *(
        row(f"w-communication-{act}", within_reach(*RUN_TRAINING), method="post", **PLAN)
        for act in ("load", "copy", "delete")
    ),
    row("w-communication-task", within_reach(*SEE_TRAINING), **PLAN_TASK),
    row("w-communication-task-change", within_reach(*RUN_TRAINING), **PLAN_TASK),
    *(
        row(f"w-communication-{act}", within_reach(*RUN_TRAINING), method="post", **PLAN_TASK)
        for act in ("confirm", "reopen", "task-delete")
    ),
    *(
        row(f"w-communication-{act}", within_reach(*KEEP_EVIDENCE), method="post", **PLAN_TASK)
        for act in ("prove", "explain")
    ),
    row(
        "w-communication-take-back",
        within_reach(*KEEP_EVIDENCE),
        method="post",
        evidence_pk=lambda w: w.plan_evidence.pk,
        **PLAN_TASK,
    ),
]
ALL_ROWS += PLANS
