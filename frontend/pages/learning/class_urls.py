"""Routes of one's own classes, and of the forms at their end."""

from django.urls import path

from frontend.pages.learning import classes, feedback

urlpatterns = [
    path("hoc/lop/", classes.classes, name="classes"),
    path("hoc/lop/<int:pk>/", classes.training_class, name="class"),
    path("hoc/lop/buoi/<int:pk>/", classes.class_sign, name="class-sign"),
    path("hoc/lop/<int:pk>/danh-gia/", feedback.class_feedback, name="class-feedback"),
    path("hoc/danh-gia/<int:pk>/", feedback.course_feedback, name="course-feedback"),
]
