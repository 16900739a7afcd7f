"""Routes of the library's API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from training.interfaces.api import library

router = SimpleRouter(use_regex_path=False)
router.register("materials", library.MaterialViewSet, basename="api-library-material")
router.register("faq", library.FaqViewSet, basename="api-library-faq")
router.register("answers", library.AnswerViewSet, basename="api-library-answer")
router.register("procedures", library.ProcedureViewSet, basename="api-library-procedure")
router.register("index-results", library.IndexResultViewSet, basename="api-library-index")
router.register("channels", library.ChannelViewSet, basename="api-library-channel")
router.register("search", library.SearchViewSet, basename="api-library-search")

urlpatterns = [path("", include(router.urls))]
