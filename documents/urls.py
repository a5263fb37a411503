from django.urls import path

from documents import agent_views, credential_views, house_views, outgoing_views, register_views, signing_views, views

app_name = "documents"
urlpatterns = [
    path("", outgoing_views.register, name="register"),
    path("so/in/", outgoing_views.sheet, name="register_sheet"),
    path("so/bang-tinh/", outgoing_views.workbook, name="register_workbook"),
    path("so/giu-so/", outgoing_views.reserve, name="reserve"),
    path("so/tiep-so/", outgoing_views.continue_after, name="continue_after"),
    path("so/<int:pk>/", outgoing_views.paper, name="paper"),
    path("so/<int:pk>/khong-dung/", outgoing_views.unused, name="unused"),
    path("den/", register_views.received, name="received"),
    path("den/<int:pk>/", register_views.received_detail, name="received_detail"),
    path("kiem-tra/", register_views.verify, name="verify"),
    path("cong-viec/<int:pk>/", register_views.job, name="job"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ky/", signing_views.sign, name="sign"),
    path("<int:pk>/da-ky/", signing_views.signed, name="signed"),
    path("<int:pk>/dong-dau/", signing_views.seal, name="seal"),
    path("<int:pk>/tai-de-ky/<slug:purpose>/", signing_views.take_out, name="take_out"),
    path("<int:pk>/phien-ky/<slug:purpose>/", agent_views.open_session, name="agent_session"),
    path("tac-tu/<str:secret>/tep.pdf", agent_views.fetch, name="agent_fetch"),
    path("tac-tu/<str:secret>/", agent_views.deliver, name="agent_deliver"),
    path("tac-tu-ky-so.js", agent_views.plugin, name="agent_plugin"),
    path("quy-dinh/", house_views.rules, name="rules"),
    path("chung-thu/", credential_views.listing, name="credentials"),
    path("chung-thu/moi/", credential_views.create, name="credential_create"),
    path("chung-thu/<int:pk>/thoi-dung/", credential_views.end, name="credential_end"),
    path("<int:pk>/thay-the/", views.replace, name="replace"),
    path("<int:pk>/cap-so/", views.number, name="number"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/trang/", views.pages, name="pages"),
    path("<int:pk>/trang/<str:sha256>/<int:number>/", views.picture, name="picture"),
    path("<int:pk>/pdf/<str:sha256>/", views.rendition, name="rendition"),
    path("<int:pk>/buoc/<slug:move>/", views.step, name="step"),
]
