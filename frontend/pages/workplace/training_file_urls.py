"""Routes of training files: taken in, looked through."""

from django.urls import path

from frontend.pages.workplace import uploads

training_file_routes = [
    path("tap-huan/tai-len/", uploads.uploads, name="w-uploads"),
    path("tap-huan/tai-len/<uuid:public_id>/", uploads.upload, name="w-upload"),
]
