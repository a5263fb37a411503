from django.urls import path

from campaigns.views import import_rows, plan_checks, plan_copies, plan_imports, plan_preview, plans

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("moi/", plans.new, name="new"),
    path("chep/", plan_copies.choose, name="copy_choose"),
    path("<int:pk>/chep/", plan_copies.review, name="copy"),
    path("nhap/", plan_imports.upload, name="import"),
    path("nhap/<int:pk>/", plan_imports.import_detail, name="import_detail"),
    path("nhap/<int:pk>/tien-do/", plan_imports.progress, name="import_progress"),
    path("nhap/<int:pk>/huy/", plan_imports.undo, name="import_undo"),
    path("nhap/<int:pk>/sua/<slug:key>/", import_rows.edit, name="import_edit"),
    path("nhap/<int:pk>/sap-xep/", import_rows.arrange, name="import_arrange"),
    path("nhap/<int:pk>/don-vi/", import_rows.choose_units, name="import_units"),
    path("nhap/<int:pk>/vao-so/", import_rows.register, name="import_register"),
    path("nhap/<int:pk>/da-xem/", import_rows.seen, name="import_seen"),
    path("nhap/<int:pk>/trang/<int:number>/", plan_imports.page_picture, name="import_page"),
    path("<int:pk>/", plans.detail, name="detail"),
    path("<int:pk>/pdf/", plans.pdf, name="pdf"),
    path("<int:pk>/lich-su/", plans.history, name="history"),
    path("<int:pk>/phan/<slug:name>/", plans.part, name="part"),
    path("<int:pk>/muc/<int:item>/<slug:way>/", plans.arrange, name="arrange"),
    path("<int:pk>/bo/<slug:kind>/<int:row>/", plans.remove, name="remove"),
    path("<int:pk>/xem-truoc/", plan_preview.preview, name="preview"),
    path("<int:pk>/kiem-tra/giu-nguyen/", plan_checks.keep, name="check_keep"),
    path("<int:pk>/kiem-tra/mo-lai/", plan_checks.reopen, name="check_reopen"),
    path("<int:pk>/kiem-tra/sua/", plan_checks.fix, name="check_fix"),
]
