from django.urls import path

from directives import recognition_views, views

app_name = "directives"
urlpatterns = [
    path("", views.directive_list, name="list"),
    path("moi/", views.create, name="create"),
    path("nhan-dang/", recognition_views.recognise, name="recognise"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/so-den/", views.receive, name="receive"),
    path("<int:pk>/quan-he/", views.relate, name="relate"),
    path("<int:pk>/hieu-luc/", views.validity, name="validity"),
    path("<int:pk>/y-kien/", views.note, name="note"),
    path("<int:pk>/tep/", views.add_file, name="add_file"),
    path("<int:pk>/tep/<int:file_pk>/", views.file, name="file"),
]
