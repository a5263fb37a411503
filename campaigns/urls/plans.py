from django.urls import path

from campaigns.views import plan_editor, plan_imports, plan_versions, plans

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("moi/", plans.new, name="new"),
    path("nhap/", plan_imports.upload, name="import"),
    path("nhap/<int:pk>/", plan_imports.import_detail, name="import_detail"),
    path("nhap/<int:pk>/tien-do/", plan_imports.progress, name="import_progress"),
    path("nhap/<int:pk>/huy/", plan_imports.undo, name="import_undo"),
    path("<int:pk>/", plans.detail, name="detail"),
    path("<int:pk>/pdf/", plans.pdf, name="pdf"),
    path("<int:pk>/lich-su/", plans.history, name="history"),
    path("<int:pk>/phien-ban/", plan_versions.version_list, name="versions"),
    path("<int:pk>/phien-ban/<int:number>/", plan_versions.version_detail, name="version"),
    path("<int:pk>/phien-ban/<int:number>/lay-lai/", plan_versions.restore, name="restore"),
    path("<int:pk>/noi-dung/", plan_editor.left, name="left"),
    path("<int:pk>/ben-canh/", plan_editor.aside, name="aside"),
    path("<int:pk>/phan/<slug:name>/", plan_editor.part, name="part"),
    path("<int:pk>/muc/<int:item>/cho/", plan_editor.place, name="place"),
    path("<int:pk>/muc/<int:item>/<slug:way>/", plan_editor.arrange, name="arrange"),
    path("<int:pk>/can-cu/tim/", plan_editor.sources, name="sources"),
    path("<int:pk>/can-cu/chon/", plan_editor.pick_base, name="pick_base"),
    path("<int:pk>/can-cu/<int:base>/<slug:way>/", plan_editor.arrange_base, name="arrange_base"),
    path("<int:pk>/bo/<slug:kind>/<int:row>/", plan_editor.remove, name="remove"),
    path("<int:pk>/hoan-tac/", plan_editor.put_back, name="put_back"),
    path("<int:pk>/han/", plan_editor.due, name="due"),
    path("<int:pk>/noi-nhan/luu/", plan_editor.keep_recipients, name="keep_recipients"),
]
