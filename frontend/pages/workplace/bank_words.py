"""A bank's topics and tags: renamed, merged, taken away."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.posted import posted_number
from quiz.domain.tags import delete_tag, rename_tag
from quiz.domain.topics import LONGEST_TOPIC, contests_naming, merge_topics, rename_topic
from quiz.drafts import LONGEST_TAG
from quiz.models import Contest, ItemBank
from quiz.permissions import SEE_KEYS, WRITE_ITEMS, may_write_items


@require_GET
@bank_view(*SEE_KEYS)
def words(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Both lists, each word with how many items have it now."""
    return _page(request, bank)


def _page(request: HttpRequest, bank: ItemBank, refusal: DomainError | None = None) -> HttpResponse:
    topics = {topic.pk: topic for topic in bank.topics.order_by("name")}
    rows = bank.items.order_by().values_list("current__topic").annotate(Count("pk"))
    counts = dict(rows)
    context = {
        "bank": bank,
        "topics": [(topic, counts.get(pk, 0)) for pk, topic in topics.items()],
        "choices": [("", _("Chọn chủ đề")), *((pk, topic.name) for pk, topic in topics.items())],
        "tags": bank.tags.annotate(count=Count("items")),
        "writes": may_write_items(request.user, bank),
        "longest_topic": LONGEST_TOPIC,
        "longest_tag": LONGEST_TAG,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/bank/words.html", context, status=status)


def _act(
    request: HttpRequest, bank: ItemBank, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except DomainError as refusal:
        return _page(request, bank, refusal)
    messages.success(request, said)
    return redirect("w-bank-words", pk=bank.pk)


@require_POST
@bank_view(*WRITE_ITEMS)
def topic(request: HttpRequest, bank: ItemBank, topic_pk: int) -> HttpResponse:
    """Rename, or merge into another topic; papers that ask for the old name are told."""
    chosen = get_object_or_404(bank.topics.select_related("bank"), pk=topic_pk)
    naming = contests_naming(chosen)
    if "into" in request.POST:
        into = get_object_or_404(bank.topics, pk=posted_number(request, "into"))

        def act() -> None:
            merge_topics(topic=chosen, into=into, user=request.user)

        said = _("Đã gộp “%(one)s” vào “%(other)s”.") % {"one": chosen.name, "other": into.name}
    else:
        name = request.POST.get("name", "")

        def act() -> None:
            rename_topic(topic=chosen, name=name, user=request.user)

        said = _("Đã đổi tên chủ đề.")
    response = _act(request, bank, act, said)
    if response.status_code == 302:
        _warn(request, naming)
    return response


def _warn(request: HttpRequest, naming: list[Contest]) -> None:
    for contest in naming:
        messages.warning(
            request,
            _("Ma trận đề của “%s” còn gọi chủ đề này theo tên cũ: sửa lại ở Thể lệ.")
            % contest.title,
        )


@require_POST
@bank_view(*WRITE_ITEMS)
def tag(request: HttpRequest, bank: ItemBank, tag_pk: int) -> HttpResponse:
    """Rename (a word the bank has already makes the two one) or take away."""
    chosen = get_object_or_404(bank.tags.select_related("bank"), pk=tag_pk)

    def act() -> None:
        if "delete" in request.POST:
            delete_tag(tag=chosen, user=request.user)
        else:
            rename_tag(tag=chosen, name=request.POST.get("name", ""), user=request.user)

    said = _("Đã xóa nhãn.") if "delete" in request.POST else _("Đã sửa nhãn.")
    return _act(request, bank, act, said)
