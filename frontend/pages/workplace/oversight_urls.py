"""Routes of what is kept an eye on: the diary, the roles, the consent texts."""

from django.urls import path

from frontend.pages.workplace import consent_texts, diary

oversight_routes = [
    path("nhat-ky/", diary.diary, name="w-diary"),
    path("nhat-ky/xuat/", diary.export, name="w-diary-export"),
    path("vai-tro/", diary.roles, name="w-roles"),
    path("dong-y/", consent_texts.consent_texts, name="w-consent-texts"),
    path("dong-y/<str:purpose>/", consent_texts.new_consent_text, name="w-consent-text-new"),
]
