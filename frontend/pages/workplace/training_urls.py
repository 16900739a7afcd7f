"""Routes of training in the workplace."""

from django.urls import path

from frontend.pages.workplace import training_home

training_routes = [path("tap-huan/", training_home.training_home, name="w-training")]
