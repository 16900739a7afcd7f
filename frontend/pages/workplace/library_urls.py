"""Routes of the library in the workplace."""

from django.urls import path

from frontend.pages.workplace import faqs, inquiries, materials

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
library_routes = [*material_routes, *faq_routes, *inquiry_routes]
