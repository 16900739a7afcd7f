"""Routes of training in the workplace."""

from django.urls import path

from frontend.pages.workplace import training_home
from frontend.pages.workplace.training_file_urls import training_file_routes

training_routes = [
    path("tap-huan/", training_home.training_home, name="w-training"),
    *training_file_routes,
]
