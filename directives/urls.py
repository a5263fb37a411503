from django.urls import path

from directives import act_views, book_views, entry_views, recognition_views, views, vocabulary_views

app_name = "directives"
urlpatterns = [
    path("", views.directive_list, name="list"),
    path("nhan-dang/", recognition_views.recognise, name="recognise"),
    path("so-den/", book_views.incoming, name="incoming"),
    path("moi/", entry_views.create, name="create"),
    path("moi/nhan-dang/", entry_views.recognise, name="fill_in"),
    path("moi/da-co/", entry_views.known, name="known"),
    path("loai/", vocabulary_views.kinds, name="kinds"),
    path("loai/them/", vocabulary_views.kind, name="kind_create"),
    path("loai/<int:pk>/", vocabulary_views.kind, name="kind"),
    path("loai/chu/", vocabulary_views.symbol, name="symbol"),
    path("loai/chu/<int:pk>/bo/", vocabulary_views.forget_symbol, name="forget_symbol"),
    path("loai/co-quan/", vocabulary_views.issuer, name="issuer"),
    path("loai/co-quan/<int:pk>/bo/", vocabulary_views.forget_issuer, name="forget_issuer"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", entry_views.edit, name="edit"),
    path("<int:pk>/so-den/", act_views.receive, name="receive"),
    path("<int:pk>/quan-he/", act_views.relate, name="relate"),
    path("<int:pk>/quan-he/<int:relation_pk>/bo/", act_views.unrelate, name="unrelate"),
    path("<int:pk>/hieu-luc/", act_views.validity, name="validity"),
    path("<int:pk>/trung/<int:other_pk>/", act_views.settle, name="settle"),
    path("<int:pk>/yeu-cau/", act_views.requirement, name="requirement_create"),
    path("<int:pk>/yeu-cau/<int:requirement_pk>/", act_views.requirement, name="requirement"),
    path("<int:pk>/y-kien/", act_views.note, name="note"),
    path("<int:pk>/y-kien/<int:note_pk>/nhan/", act_views.accept, name="accept"),
    path("<int:pk>/y-kien/<int:note_pk>/xong/", act_views.finish, name="finish"),
    path("<int:pk>/y-kien/<int:note_pk>/lam-tiep/", act_views.reopen, name="reopen"),
    path("<int:pk>/tep/", act_views.add_file, name="add_file"),
    path("<int:pk>/tep/<int:file_pk>/", views.file, name="file"),
    path("<int:pk>/tep/<int:file_pk>/trang/", views.file_pages, name="file_pages"),
    path("<int:pk>/tep/<int:file_pk>/trang/<int:number>/", views.file_picture, name="file_picture"),
]
