"""Routes of training in the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from training.interfaces.api import screens, surveys
from training.interfaces.api.training_reports import TrainingReportView

router = SimpleRouter(use_regex_path=False)
router.register("work/screens", screens.ScreenViewSet, basename="api-work-screen")
router.register("work/surveys", surveys.SurveyViewSet, basename="api-work-survey")

urlpatterns = [
    path("v1/work/training-report/", TrainingReportView.as_view(), name="api-training-report"),
    path("v1/", include(router.urls)),
]
