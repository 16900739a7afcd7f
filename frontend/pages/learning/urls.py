"""Routes of learners."""

from django.urls import path

from frontend.pages.learning import courses, lesson, progress, quiz

_lesson = "hoc/<slug:code>/<int:lesson_pk>"
urlpatterns = [
    path("hoc/", courses.home, name="learning"),
    path("hoc/<slug:code>/", courses.course, name="learn-course"),
    path("hoc/<slug:code>/ghi-danh/", courses.enrol, name="learn-enrol"),
    path(f"{_lesson}/", lesson.lesson, name="learn-lesson"),
    path(f"{_lesson}/tien-do/", progress.progress, name="learn-progress"),
    path(f"{_lesson}/da-doc/", lesson.said_read, name="learn-said-read"),
    path(f"{_lesson}/trang/<int:number>.webp", lesson.page_picture, name="learn-page"),
    path(f"{_lesson}/bat-dau/", quiz.start, name="learn-quiz-start"),
    path(f"{_lesson}/tra-loi/", quiz.answer, name="learn-quiz-answer"),
    path(f"{_lesson}/hinh/<str:sha256>/", quiz.item_media, name="learn-item-media"),
]
