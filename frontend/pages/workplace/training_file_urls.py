"""Routes of training files: taken in, looked through."""

from django.urls import path

from frontend.pages.workplace import training_files, uploads

training_file_routes = [
    path("tap-huan/tep/", training_files.training_files, name="w-training-files"),
    path(
        "tap-huan/tep/<uuid:public_id>/xoa/",
        training_files.delete_training_file,
        name="w-training-file-delete",
    ),
    path("tap-huan/tai-len/", uploads.uploads, name="w-uploads"),
    path("tap-huan/tai-len/<uuid:public_id>/", uploads.upload, name="w-upload"),
]
