"""Routes of the library in the workplace."""

from django.urls import path

from frontend.pages.workplace import channels, faqs, inquiries, materials, uploaded_lists

material_routes = [
    path("thu-vien/", materials.materials, name="w-materials"),
    path("thu-vien/moi/", materials.new_material, name="w-material-new"),
    path("thu-vien/<int:pk>/", materials.material, name="w-material"),
    path("thu-vien/<int:pk>/sua/", materials.material_form, name="w-material-change"),
    path("thu-vien/<int:pk>/dang/", materials.publish, name="w-material-publish"),
    path("thu-vien/<int:pk>/go/", materials.withdraw, name="w-material-withdraw"),
]
faq_routes = [
    path("thu-vien/hoi-dap/", faqs.faqs, name="w-faqs"),
    path("thu-vien/hoi-dap/moi/", faqs.new_faq, name="w-faq-new"),
    path("thu-vien/hoi-dap/<int:pk>/", faqs.faq, name="w-faq"),
    path("thu-vien/hoi-dap/<int:pk>/xoa/", faqs.faq_delete, name="w-faq-delete"),
]
inquiry_routes = [
    path("thu-vien/dan-hoi/", inquiries.inquiries, name="w-inquiries"),
    path("thu-vien/dan-hoi/<int:pk>/", inquiries.inquiry, name="w-inquiry"),
    path("thu-vien/dan-hoi/<int:pk>/chuyen/", inquiries.assign, name="w-inquiry-assign"),
    path("thu-vien/dan-hoi/<int:pk>/tra-loi/", inquiries.answer, name="w-inquiry-answer"),
    path("thu-vien/dan-hoi/<int:pk>/dang/", inquiries.publish, name="w-inquiry-publish"),
    path("thu-vien/dan-hoi/<int:pk>/tu-choi/", inquiries.refuse, name="w-inquiry-refuse"),
]
list_routes = [
    path("thu-vien/chi-so/", uploaded_lists.indexes, name="w-indexes"),
    path("thu-vien/chi-so/mau.xlsx", uploaded_lists.indexes_template, name="w-indexes-template"),
    path("thu-vien/chi-so/nhap/", uploaded_lists.indexes_upload, name="w-indexes-upload"),
    path("thu-vien/chi-so/xoa/", uploaded_lists.index_delete, name="w-index-delete"),
    path("thu-vien/thu-tuc/", uploaded_lists.procedures, name="w-procedures"),
    path(
        "thu-vien/thu-tuc/mau.xlsx",
        uploaded_lists.procedures_template,
        name="w-procedures-template",
    ),
    path("thu-vien/thu-tuc/nhap/", uploaded_lists.procedures_upload, name="w-procedures-upload"),
    path("thu-vien/thu-tuc/xoa/", uploaded_lists.procedure_delete, name="w-procedure-delete"),
]
channel_routes = [
    path("thu-vien/danh-ba/", channels.channels, name="w-channels"),
    path("thu-vien/danh-ba/moi/", channels.new_channel, name="w-channel-new"),
    path("thu-vien/danh-ba/<int:pk>/", channels.channel, name="w-channel"),
    path("thu-vien/danh-ba/<int:pk>/xoa/", channels.channel_delete, name="w-channel-delete"),
    path("thu-vien/phan-anh-kien-nghi/", channels.feedback_text, name="w-feedback-text"),
]
library_routes = [*material_routes, *faq_routes, *inquiry_routes, *list_routes, *channel_routes]
