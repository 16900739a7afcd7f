"""Routes of the workplace, grouped by noun."""

from django.urls import include, path

from frontend.pages.workplace import home, sign_in

signing_in = [
    path("vao/<str:token>/", sign_in.sign_in_link, name="sign-in-link"),
    path("kich-hoat/<str:token>/", sign_in.activate, name="activate"),
]
workplace = [
    path("", home.workplace, name="workplace"),
    path("tiep-tuc/", sign_in.after_second_factor, name="after-second-factor"),
]
urlpatterns = [*signing_in, path("lam-viec/", include(workplace))]
