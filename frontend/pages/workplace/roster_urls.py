"""Routes of compulsory lists, and of those who answer for the people on them."""

from django.urls import include, path

from frontend.pages.workplace import roster_entries, roster_uploads, rosters, unit_lead

of_roster = [
    path("", rosters.roster, name="w-roster"),
    path("tai-len/", roster_uploads.upload, name="w-roster-upload"),
    path("xuat/", rosters.export, name="w-roster-export"),
    path("them/", roster_entries.new_entry, name="w-roster-entry-new"),
    path("nguoi/<int:entry_pk>/", roster_entries.entry, name="w-roster-entry"),
    path("nguoi/<int:entry_pk>/mien/", roster_entries.exempt, name="w-roster-exempt"),
    path("nguoi/<int:entry_pk>/xoa/", roster_entries.remove, name="w-roster-remove"),
]
of_duty = [
    path("", unit_lead.duty, name="w-duty-unit"),
    path("in/", unit_lead.printed, name="w-duty-print"),
    path("han/", unit_lead.deadline, name="w-duty-deadline"),
    path("nhac/", unit_lead.remind, name="w-duty-remind"),
    path("mo-so-lieu/", unit_lead.show_counts, name="w-duty-open"),
    path("cap-giay/", unit_lead.issue, name="w-duty-issue"),
    path("giay-xac-nhan.pdf", unit_lead.certificate, name="w-duty-certificate"),
]
roster_routes = [
    path("danh-sach/", rosters.rosters, name="w-rosters"),
    path("danh-sach/moi/", roster_uploads.new_roster, name="w-roster-new"),
    path("danh-sach/mau.xlsx", rosters.template, name="w-roster-template"),
    path("danh-sach/kiem-tra/<uuid:public_id>/", roster_uploads.check, name="w-roster-check"),
    path("danh-sach/kiem-tra/<uuid:public_id>/luu/", roster_uploads.store, name="w-roster-store"),
    path("danh-sach/<int:pk>/", include(of_roster)),
    path("don-vi-toi/", unit_lead.duties, name="w-duty"),
    path("don-vi-toi/<int:round_pk>/<int:pk>/", include(of_duty)),
]
