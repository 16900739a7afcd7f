"""Routes of training in the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from training.interfaces.api import classes, enrolments, hours, screens, surveys
from training.interfaces.api.training_reports import TrainingReportView

router = SimpleRouter(use_regex_path=False)
router.register(
    "work/courses", enrolments.TrainingCourseViewSet, basename="api-work-training-course"
)
router.register("work/enrolments", enrolments.EnrolmentViewSet, basename="api-work-enrolment")
router.register("work/classes", classes.TrainingClassViewSet, basename="api-work-class")
router.register("work/class-sessions", classes.ClassSessionViewSet, "api-work-class-session")
router.register("work/hours", hours.HoursViewSet, basename="api-work-hours")
router.register("work/gaps", hours.GapViewSet, basename="api-work-gap")
router.register("work/credits", hours.CreditViewSet, basename="api-work-credit")
router.register("work/screens", screens.ScreenViewSet, basename="api-work-screen")
router.register("work/surveys", surveys.SurveyViewSet, basename="api-work-survey")

urlpatterns = [
    path("v1/work/training-report/", TrainingReportView.as_view(), name="api-training-report"),
    path("v1/", include(router.urls)),
]
