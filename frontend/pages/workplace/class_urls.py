"""Routes of classes held in a room."""

from django.urls import path

from frontend.pages.workplace import class_attendance, classes, feedback

_ONE = "tap-huan/lop/<int:pk>/"
_SESSION = "tap-huan/buoi/<int:pk>/"
class_routes = [
    path("tap-huan/lop/", classes.classes, name="w-classes"),
    path("tap-huan/lop/moi/", classes.new_class, name="w-class-new"),
    path(_ONE, classes.training_class, name="w-class"),
    path(f"{_ONE}sua/", classes.class_form, name="w-class-change"),
    path(f"{_ONE}huy/", classes.cancel, name="w-class-cancel"),
    path(f"{_ONE}buoi/", classes.session_add, name="w-class-session"),
    path(f"{_ONE}buoi/<int:session_pk>/bo/", classes.session_remove, name="w-class-session-remove"),
    path(f"{_ONE}moi-du/", classes.invite_people, name="w-class-invite"),
    path(f"{_ONE}moi-du/<int:invitee_pk>/bo/", classes.uninvite_person, name="w-class-uninvite"),
    path(f"{_ONE}tai-lieu/", classes.attach, name="w-class-files"),
    path(f"{_ONE}danh-gia/", feedback.class_feedback, name="w-class-feedback"),
    path(_SESSION, class_attendance.attendance, name="w-attendance"),
    path(f"{_SESSION}man-chieu/", class_attendance.screen, name="w-class-screen"),
    path(f"{_SESSION}ma.json", class_attendance.code, name="w-class-code"),
    path(f"{_SESSION}in/", class_attendance.printed, name="w-attendance-print"),
    path(f"{_SESSION}diem-danh.xlsx", class_attendance.exported, name="w-attendance-export"),
]
