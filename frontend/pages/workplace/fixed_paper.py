"""A group's fixed paper: items chosen from its bank by number or words, moved up and down.

The list travels in the form until it is saved, so the page works without script and two people
choosing at once each save a whole list.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError, Faults
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.fixed_papers import (
    MOST_ITEMS,
    look_up_items,
    problems_of,
    read_numbers,
    set_fixed_items,
)
from quiz.domain.rule_sets import rules_of
from quiz.models import AudienceGroup, Contest, ItemVersion
from quiz.permissions import RUN_CONTEST, may_see_keys

FOUND_AT_MOST = 30


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def fixed_paper(request: HttpRequest, contest: Contest, code: str) -> HttpResponse:
    """GET shows the saved list; POST changes the list in the form, searches, or saves."""
    groups = contest.groups.select_related("bank")
    group = get_object_or_404(groups, code=code)
    if request.method == "GET":
        return _page(request, contest, group, _saved(contest, code))
    try:
        numbers = _changed(request, read_numbers(request.POST.get("numbers", "")))
        if request.POST.get("action") != "save":
            return _page(request, contest, group, numbers, unsaved=True)
        set_fixed_items(contest=contest, group=group, numbers=numbers, user=request.user)
    except DomainError as refusal:
        kept = _readable(request.POST.get("numbers", ""))
        return _page(request, contest, group, kept, unsaved=True, refusal=refusal)
    messages.success(request, _("Đã lưu đề cố định thành phiên bản thể lệ mới."))
    return redirect("w-rules", pk=contest.pk)


def _saved(contest: Contest, code: str) -> list[int]:
    document = rules_of(contest=contest)
    part = document.group(code) if document else None
    return list(part.paper.fixed_items or []) if part else []


def _readable(text: str) -> list[int]:
    """The numbers as far as they can be read: a refused form keeps what it held."""
    try:
        return read_numbers(text)
    except Faults:
        return []


def _changed(request: HttpRequest, numbers: list[int]) -> list[int]:
    """The list after the button pressed: “up 2”, “down 2”, “drop 2” (a place), “take 14”."""
    act, _space, word = request.POST.get("action", "").partition(" ")
    if act in ("add", "search"):  # Enter in either box does what both boxes ask
        return (numbers + read_numbers(request.POST.get("more", "")))[:MOST_ITEMS]
    if not (word.isascii() and word.isdigit()):
        return numbers
    place = int(word)
    if act == "take":
        return numbers if place in numbers else [*numbers, place][:MOST_ITEMS]
    if not 0 <= place < len(numbers):
        return numbers
    taken = numbers[place]
    rest = numbers[:place] + numbers[place + 1 :]
    if act == "drop":
        return rest
    target = place + {"up": -1, "down": 1}.get(act, 0)
    target = min(max(target, 0), len(rest))
    return [*rest[:target], taken, *rest[target:]]


def _page(
    request: HttpRequest,
    contest: Contest,
    group: AudienceGroup,
    numbers: list[int],
    *,
    unsaved: bool = False,
    refusal: DomainError | None = None,
) -> HttpResponse:
    bank = group.bank
    sees = bank is not None and may_see_keys(request.user, bank)
    chosen = look_up_items(bank=bank, numbers=numbers) if bank is not None else []
    words = request.POST.get("q", "").strip()[:200]
    context = contest_context(
        request,
        contest,
        "w-rules",
        refusal=refusal,
        group=group,
        bank=bank,
        sees=sees,
        chosen=chosen,
        problems=problems_of(chosen),
        numbers=", ".join(map(str, numbers)),
        taken=set(numbers),
        query=words,
        found=_found(group, words) if sees and words else [],
        more=request.POST.get("more", "") if refusal else "",
        unsaved=unsaved,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/contest/fixed_paper.html", context, status=status)


def _found(group: AudienceGroup, words: str) -> list[ItemVersion]:
    """Items of the bank by words, or the one of that number first."""
    newest = ItemVersion.objects.current().filter(item__bank=group.bank)
    by_words = newest.matching(words).select_related("item", "topic").order_by("item__number")
    found = list(by_words[:FOUND_AT_MOST])
    if words.isascii() and words.isdigit() and len(words) < 8:
        numbered = newest.filter(item__number=int(words)).select_related("item", "topic")
        found = [*numbered, *(each for each in found if each.item.number != int(words))]
    return found[:FOUND_AT_MOST]
