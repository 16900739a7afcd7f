"""The first page of the workplace: what waits for me, and what I may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.dates import show_moment
from accounts.domain.data_requests import OFFICIALS, requests_in_reach
from accounts.domain.installation import waits_for_set_up
from accounts.models import OrgUnit, User
from accounts.permissions import MANAGE, holds_any, managed_people, needs_second_factor, seen_jobs
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.person_forms import ROLE_NOTES
from frontend.pages.workplace.setup import sets_up_first
from frontend.pages.workplace.setup_steps import first_undone_url
from quiz.domain.checklist import contest_steps, next_step
from quiz.domain.item_comments import unread_comments
from quiz.domain.roster_duty import duties_of
from quiz.enums import ContestState
from quiz.permissions import (
    appeals_to_decide,
    contests_to_run,
    releases_to_approve,
    versions_to_review,
)

CONTESTS_SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """Something for me to do: what, why, where."""

    title: str
    note: str
    url: str
    icon: str


@require_GET
@workplace_view()
def workplace(request: HttpRequest) -> HttpResponse:
    user = request.user
    if sets_up_first(request):
        return redirect(first_undone_url())
    memberships = user.memberships.select_related("unit").order_by("unit__sort_name", "role")
    context = {
        "waiting": list(_waiting_for(user, timezone.now())),
        "roles": [(m.get_role_display(), m.unit.name, ROLE_NOTES[m.role]) for m in memberships],
        "unfinished": seen_jobs(user).unfinished()[:5],
    }
    return render(request, "frontend/workplace/home.html", context)


def _waiting_for(user: User, now: datetime) -> Iterator[Waiting]:
    yield from _about_signing_in(user)
    if holds_any(user, *OFFICIALS):
        yield from _about_data_requests(user, now)
    if holds_any(user, *MANAGE):
        yield from _first_steps(user)
    yield from _about_appeals(user)
    yield from _about_contests(user, now)
    yield from _about_duties(user, now)


def _about_signing_in(user: User) -> Iterator[Waiting]:
    if needs_second_factor(user):
        yield Waiting(
            _("Bật xác thực hai lớp"),
            _("Vai trò của bạn thấy đáp án hoặc dữ liệu cá nhân nên cần thêm mã từ điện thoại."),
            reverse("mfa_activate_totp"),
            "smartphone",
        )
    if not user.has_usable_password():
        yield Waiting(
            _("Đặt mật khẩu"),
            _("Bạn vào bằng liên kết dùng một lần; cần mật khẩu cho lần sau."),
            reverse("account_set_password"),
            "key-round",
        )


def _about_data_requests(user: User, now: datetime) -> Iterator[Waiting]:
    """The clock of two working days runs for each of them."""
    waiting = requests_in_reach(user).waiting()
    first = waiting.order_by("due_at").first()
    if first is None:
        return
    late = waiting.overdue(now).count()
    note = (
        ngettext("%(n)s yêu cầu đã quá hạn.", "%(n)s yêu cầu đã quá hạn.", late) % {"n": late}
        if late
        else _("Trả lời trước %(due)s.") % {"due": show_moment(first.due_at)}
    )
    yield Waiting(
        _("Trả lời yêu cầu về dữ liệu cá nhân"), note, reverse("w-data-requests"), "shield-check"
    )


def _first_steps(user: User) -> Iterator[Waiting]:
    """An installation that only has its first administrator."""
    if waits_for_set_up(user):
        yield Waiting(
            _("Cài đặt ban đầu"),
            _("Tên cơ quan, đơn vị, người tổ chức, gửi thư và địa chỉ công khai."),
            reverse("w-setup"),
            "landmark",
        )
    if OrgUnit.objects.count() == 1:
        yield Waiting(
            _("Thêm đơn vị"),
            _("Khai cây đơn vị: tỉnh, xã, phường, sở, ngành."),
            reverse("w-units"),
            "network",
        )
    if managed_people(user).count() == 1:
        yield Waiting(
            _("Thêm người"),
            _("Mời người soạn câu hỏi, người duyệt, người tổ chức."),
            reverse("w-person-new"),
            "user-plus",
        )


def _about_appeals(user: User) -> Iterator[Waiting]:
    waiting = appeals_to_decide(user).order_by().values_list("contest", "contest__title")
    for contest, title, count in waiting.annotate(Count("pk")).order_by("contest"):
        yield Waiting(
            _("Trả lời khiếu nại"),
            _("%(contest)s: %(count)s khiếu nại chờ bạn.") % {"contest": title, "count": count},
            f"{reverse('w-appeals', args=[contest])}?trang-thai=waiting",
            "message-square-warning",
        )


def _about_duties(user: User, now: datetime) -> Iterator[Waiting]:
    """Without figures: how far a unit is stands on its own page only."""
    for round, unit in duties_of(user=user):
        if now < round.closes_at:
            yield Waiting(
                _("Xem ai của đơn vị chưa dự thi"),
                f"{round.contest.title} – {unit.name}",
                reverse("w-duty-unit", args=[round.pk, unit.pk]),
                "clipboard-check",
            )


def _about_contests(user: User, now: datetime) -> Iterator[Waiting]:
    waiting = versions_to_review(user).values_list("item__bank", "item__bank__name")
    for bank, name, proposed in waiting.annotate(Count("pk")).order_by("item__bank"):
        yield Waiting(
            _("Duyệt câu hỏi"),
            _("%(bank)s: %(count)s câu đang chờ bạn duyệt.") % {"bank": name, "count": proposed},
            reverse("w-item-review", args=[bank]),
            "list-checks",
        )
    said = unread_comments(user).order_by().values_list("item__bank", "item__bank__name")
    for bank, name, count in said.annotate(Count("pk")).order_by("item__bank"):
        yield Waiting(
            _("Đọc ý kiến về câu hỏi"),
            _("%(bank)s: %(count)s ý kiến bạn chưa đọc.") % {"bank": name, "count": count},
            reverse("w-bank", args=[bank]),
            "message-square",
        )
    for release in releases_to_approve(user).select_related("contest", "round"):
        yield Waiting(
            _("Phê duyệt công bố kết quả"),
            f"{release.contest.title} – {release.round.name}",
            reverse("w-results", args=[release.contest_id, release.round_id]),
            "stamp",
        )
    running = contests_to_run(user).exclude(state=ContestState.ARCHIVED).order_by("-pk")
    for contest in running[:CONTESTS_SHOWN]:
        step = next_step(contest_steps(contest=contest, now=now))
        if step is not None:
            url = reverse("w-contest", args=[contest.pk])
            yield Waiting(step.title, " – ".join([contest.title, *step.missing[:1]]), url, "trophy")
