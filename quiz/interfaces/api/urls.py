"""Routes of the API: the schema, the entry calls, everything else by DRF."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from quiz.interfaces.api import (
    appealing,
    appeals,
    banks,
    contests,
    corrections,
    documents,
    entry_media,
    imports,
    items,
    people,
    public,
    receipts,
)

router = SimpleRouter(use_regex_path=False)
router.register("contests", public.ContestViewSet, basename="api-contest")
router.register("units", people.UnitViewSet, basename="api-unit")
router.register("jobs", people.JobViewSet, basename="api-job")
router.register("work/banks", banks.BankViewSet, basename="api-work-bank")
router.register("work/items", items.ItemViewSet, basename="api-work-item")
router.register("work/versions", banks.ItemVersionViewSet, basename="api-work-version")
router.register("work/documents", documents.DocumentViewSet, basename="api-work-document")
router.register("work/imports", imports.ImportViewSet, basename="api-work-import")
router.register("work/contests", contests.WorkContestViewSet, basename="api-work-contest")
router.register("work/rounds", contests.WorkRoundViewSet, basename="api-work-round")
router.register("work/appeals", appeals.AppealViewSet, basename="api-work-appeal")
router.register("work/corrections", corrections.WorkCorrectionViewSet, "api-work-correction")
router.register("work/releases", contests.WorkReleaseViewSet, basename="api-work-release")

urlpatterns = [
    path(
        "schema/",
        SpectacularAPIView.as_view(permission_classes=[AllowAny]),
        name="api-schema",
    ),
    path("v1/media/<str:sha256>/", entry_media.EntryMediaView.as_view(), name="api-entry-media"),
    path("v1/entry/", include("quiz.interfaces.api.entry_urls")),
    path("v1/return/contests/<slug:code>/", include("quiz.interfaces.api.return_urls")),
    path("v1/appeals/contests/<slug:code>/file", appealing.file, name="api-appeal-file"),
    path("v1/appeals/contests/<slug:code>/answer", appealing.answer, name="api-appeal-answer"),
    path("v1/receipts/proof/", receipts.ReceiptProofView.as_view(), name="api-receipt-proof"),
    path(
        "v1/receipts/signature/",
        receipts.ReceiptSignatureView.as_view(),
        name="api-receipt-signature",
    ),
    path("v1/me/", people.MeView.as_view(), name="api-me"),
    path("v1/", include(router.urls)),
]
