"""What can be clicked for a step of the checklist: one button, or the way to the place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from quiz.domain.checklist import Step
from quiz.models import Contest
from quiz.permissions import may_run_contest


@dataclass(frozen=True)
class Action:
    """A link, or with `posts` a form's button; `hidden` fields go with it."""

    label: str
    url: str
    posts: bool = False
    icon: str = ""
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownStep:
    """A step as the checklist component draws it."""

    title: str
    state: str
    missing: Sequence[str]
    url: str
    action: str = ""


# Steps done by one click, with the words on the button.
POSTED = {
    "publish": ("w-contest-publish", "megaphone"),
    "freeze": ("w-round-freeze", "lock"),
    "close": ("w-round-close", "door-closed"),
    "rank": ("w-rank", "list-ordered"),
    "seal": ("w-seal", "stamp"),
    "submit": ("w-submit-release", "send"),
}


def _label(step: Step) -> str:
    return {
        "groups": _("Chọn đối tượng và ngân hàng"),
        "rules": _("Soạn thể lệ"),
        "items": _("Bổ sung, duyệt câu hỏi"),
        "rounds": _("Đặt thời gian"),
        "publish": _("Đăng cuộc thi"),
        "freeze": _("Chốt đề"),
        "open": _("Xem vòng thi"),
        "close": _("Xem vòng thi") if step.waits else _("Đóng vòng"),
        "duplicates": _("Xem xét trường hợp nghi trùng"),
        "rank": _("Chấm, xếp hạng, xét giải"),
        "ties": _("Phân định đồng hạng"),
        "seal": _("Niêm phong"),
        "submit": _("Trình ký"),
        "release": _("Duyệt hoặc nhờ người thứ hai duyệt"),
        "download": _("Tải bảng"),
    }.get(step.code, step.title)


def step_url(step: Step) -> str:
    return reverse(step.route, kwargs=step.kwargs)


def actions_for(*, step: Step, contest: Contest, user: User) -> list[Action]:
    """The buttons of the next step, the main one first; a reader only gets the way there."""
    way = Action(_label(step), step_url(step), icon="arrow-right")
    blocked = step.waits or step.missing
    if not may_run_contest(user, contest) or step.code not in POSTED or blocked:
        return [way]
    route, icon = POSTED[step.code]
    kwargs = {"pk": contest.pk} | ({"round_pk": step.round.pk} if step.round else {})
    act = Action(_label(step), reverse(route, kwargs=kwargs), posts=True, icon=icon)
    first = contest.rounds.filter(state="draft").order_by("number").first()
    if step.code != "publish" or first is None:
        return [act]
    both = Action(
        _("Đăng cuộc thi và chốt đề %(round)s") % {"round": first.name},
        reverse("w-round-freeze", kwargs={"pk": contest.pk, "round_pk": first.pk}),
        posts=True,
        icon="lock",
        hidden={"publish": "1"},
    )
    return [both, act]


def shown_steps(steps: Sequence[Step]) -> list[ShownStep]:
    """What waits for the clock stands as “todo”, with its hour among what is missing."""
    states = {"waiting": "todo"}
    return [
        ShownStep(
            step.title,
            states.get(step.state, step.state),
            (*step.missing, *step.advice) if step.state != "blocked" else (),
            step_url(step) if step.code != "publish" else "",
        )
        for step in steps
    ]
