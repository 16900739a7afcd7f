"""Routes of courses in the workplace."""

from django.urls import path

from frontend.pages.workplace import course_modules, course_preview, courses, lessons

_course = "tap-huan/khoa-hoc/<int:pk>"
course_routes = [
    path("tap-huan/khoa-hoc/", courses.courses, name="w-courses"),
    path("tap-huan/khoa-hoc/moi/", courses.new_course, name="w-course-new"),
    path("tap-huan/khoa-hoc/can-cu/", lessons.flagged, name="w-lessons-flagged"),
    path(f"{_course}/", courses.course, name="w-course"),
    path(f"{_course}/sua/", courses.change, name="w-course-change"),
    path(f"{_course}/trang-thai/", courses.course_state, name="w-course-state"),
    path(f"{_course}/sao-chep/", courses.course_copy, name="w-course-copy"),
    path(f"{_course}/xem-thu/", course_preview.course_preview, name="w-course-preview"),
    path(
        f"{_course}/xem-thu/<int:lesson_pk>/",
        course_preview.lesson_preview,
        name="w-lesson-preview",
    ),
    path(
        f"{_course}/xem-thu/<int:lesson_pk>/trang/<int:number>.webp",
        course_preview.page_preview,
        name="w-page-preview",
    ),
    path(
        f"{_course}/xem-thu/<int:lesson_pk>/goi/",
        course_preview.package_preview,
        name="w-package-preview",
    ),
    path(f"{_course}/phan/", course_modules.module_add, name="w-module-add"),
    path(f"{_course}/phan/<int:module_pk>/", course_modules.module_act, name="w-module"),
    path(
        f"{_course}/phan/<int:module_pk>/bai-moi/<slug:kind>/",
        lessons.new_lesson,
        name="w-lesson-new",
    ),
    path(f"{_course}/bai/<int:lesson_pk>/", lessons.lesson, name="w-lesson"),
    path(f"{_course}/bai/<int:lesson_pk>/viec/", course_modules.lesson_act, name="w-lesson-act"),
    path(f"{_course}/bai/<int:lesson_pk>/van-dung/", lessons.keep, name="w-lesson-keep"),
]
