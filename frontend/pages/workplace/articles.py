"""Articles for the bulletin: written by units, approved or returned by editors."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import OrgUnit
from accounts.rich_text import to_html
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.library_access import library_room, reached
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.state_tabs import state_tabs
from training.domain.articles import (
    WRITABLE,
    ArticleDraft,
    approve_article,
    change_article,
    create_article,
    return_article,
    send_article,
)
from training.enums import ArticleState
from training.models import Article
from training.permissions import (
    RUN_TRAINING,
    SEE_TRAINING,
    WRITE_ARTICLES,
    may_run_training_at,
    may_write_articles_at,
)

PER_PAGE = 30
FIELDS = {"title_empty": "title", "article_empty": "text"}


class ArticleForm(forms.Form):
    """What an author writes."""

    title = forms.CharField(label=gettext_lazy("Tên bài"), max_length=250)
    summary = forms.CharField(label=gettext_lazy("Tóm tắt"), max_length=500, required=False)
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "Dòng trống để tách đoạn; ## trước tiêu đề; - trước mỗi gạch đầu dòng."
        ),
    )
    byline = forms.CharField(
        label=gettext_lazy("Ghi tên tác giả"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Để trống thì chỉ ghi tên đơn vị."),
    )

    def as_draft(self) -> ArticleDraft:
        return ArticleDraft(**self.cleaned_data)


@require_GET
@workplace_view(*SEE_TRAINING)
def articles(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("trang-thai", "")
    rows = Article.objects.within_reach_of(request.user, *SEE_TRAINING)
    rows = rows.select_related("unit", "author", "bulletin").order_by("-changed_at")
    if state in ArticleState.values:
        rows = rows.filter(state=state)
    context = library_room(
        request,
        "w-articles",
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        state=state,
        state_tabs=state_tabs(ArticleState.choices),
        writes=OrgUnit.objects.reached_by(request.user, *WRITE_ARTICLES).exists(),
    )
    return render(request, "frontend/workplace/library/articles.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*WRITE_ARTICLES)
def new_article(request: HttpRequest) -> HttpResponse:
    """In the name of one's own unit, or of the topmost one writes for."""
    form = ArticleForm(request.POST or None)
    unit = _own_unit(request)
    if form.is_bound and form.is_valid():
        try:
            made = create_article(unit=unit, draft=form.as_draft(), user=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lưu bản nháp. Xem lại rồi gửi người biên tập."))
            return redirect("w-article", pk=made.pk)
    return _form_page(request, form, unit)


def _own_unit(request: HttpRequest) -> OrgUnit:
    units = OrgUnit.objects.reached_by(request.user, *WRITE_ARTICLES)
    own = units.filter(pk=request.user.unit_id).first()
    return own or units.tops().order_by("sort_name", "code")[0]


@require_http_methods(["GET", "POST"])
@workplace_view(*WRITE_ARTICLES)
def article_form(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Article, pk, *WRITE_ARTICLES)
    known = {name: getattr(shown, name) for name in ArticleForm.base_fields}
    form = ArticleForm(request.POST or None, initial=known)
    if form.is_bound and form.is_valid():
        try:
            change_article(article=shown, draft=form.as_draft(), user=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("w-article", pk=pk)
    return _form_page(request, form, shown.unit, shown)


def _form_page(
    request: HttpRequest, form: ArticleForm, unit: OrgUnit, article: Article | None = None
) -> HttpResponse:
    context = library_room(request, "w-articles", form=form, unit=unit, article=article)
    status = form_status(form)
    return render(request, "frontend/workplace/library/article_form.html", context, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The article as its readers will see it, and what can be done with it."""
    return _show(request, reached(request, Article, pk, *SEE_TRAINING))


def _show(
    request: HttpRequest, article: Article, refusal: DomainError | None = None
) -> HttpResponse:
    edits = may_run_training_at(request.user, article.unit)
    waits = article.state == ArticleState.SENT
    writable = article.state in WRITABLE
    writes = may_write_articles_at(request.user, article.unit)
    context = library_room(
        request,
        "w-articles",
        article=article,
        html=to_html(article.text),
        may_change=(writes and writable) or (edits and waits),
        may_send=writes and writable,
        may_decide=edits and waits and article.author_id != request.user.pk,
        is_own=edits and waits and article.author_id == request.user.pk,
        refusal=refusal,
        typed=request.POST,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/library/article.html", context, status=status)


def _act(
    request: HttpRequest, article: Article, act: Callable[[], None], done: str
) -> HttpResponse:
    try:
        act()
    except DomainError as refusal:
        return _show(request, article, refusal)
    messages.success(request, done)
    return redirect("w-article", pk=article.pk)


@require_POST
@workplace_view(*WRITE_ARTICLES)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Article, pk, *WRITE_ARTICLES)
    now = timezone.now()
    return _act(
        request,
        shown,
        lambda: send_article(article=shown, user=request.user, now=now),
        _("Đã gửi người biên tập."),
    )


@require_POST
@workplace_view(*RUN_TRAINING)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Article, pk, *RUN_TRAINING)
    now = timezone.now()
    return _act(
        request,
        shown,
        lambda: approve_article(article=shown, user=request.user, now=now),
        _("Đã duyệt. Bài chờ vào một số bản tin."),
    )


@require_POST
@workplace_view(*RUN_TRAINING)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Article, pk, *RUN_TRAINING)
    reason, now = request.POST.get("reason", ""), timezone.now()
    return _act(
        request,
        shown,
        lambda: return_article(article=shown, reason=reason, user=request.user, now=now),
        _("Đã trả lại kèm lý do."),
    )
