"""Routes of training in the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from training.interfaces.api import screens, surveys

router = SimpleRouter(use_regex_path=False)
router.register("work/screens", screens.ScreenViewSet, basename="api-work-screen")
router.register("work/surveys", surveys.SurveyViewSet, basename="api-work-survey")

urlpatterns = [path("v1/", include(router.urls))]
