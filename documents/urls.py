from django.urls import path

from documents import agent_views, credential_views, register_views, signing_views, views

app_name = "documents"
urlpatterns = [
    path("", register_views.register, name="register"),
    path("den/", register_views.received, name="received"),
    path("den/<int:pk>/", register_views.received_detail, name="received_detail"),
    path("kiem-tra/", register_views.verify, name="verify"),
    path("cong-viec/<int:pk>/", register_views.job, name="job"),
    path("cong-viec/<int:pk>/dung/", register_views.cancel_job, name="cancel_job"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ky/", signing_views.sign, name="sign"),
    path("<int:pk>/da-ky/", signing_views.signed, name="signed"),
    path("<int:pk>/dong-dau/", signing_views.seal, name="seal"),
    path("<int:pk>/tai-de-ky/<slug:purpose>/", signing_views.take_out, name="take_out"),
    path("<int:pk>/phien-ky/<slug:purpose>/", agent_views.open_session, name="agent_session"),
    path("tac-tu/<str:secret>/tep.pdf", agent_views.fetch, name="agent_fetch"),
    path("tac-tu/<str:secret>/", agent_views.deliver, name="agent_deliver"),
    path("tac-tu-ky-so.js", agent_views.plugin, name="agent_plugin"),
    path("chung-thu/", credential_views.listing, name="credentials"),
    path("chung-thu/moi/", credential_views.create, name="credential_create"),
    path("chung-thu/<int:pk>/thoi-dung/", credential_views.end, name="credential_end"),
    path("<int:pk>/cap-so/", views.number, name="number"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/trang/", views.pages, name="pages"),
    path("<int:pk>/trang/<str:sha256>/<int:number>/", views.picture, name="picture"),
    path("<int:pk>/pdf/<str:sha256>/", views.rendition, name="rendition"),
    path("<int:pk>/buoc/<slug:move>/", views.step, name="step"),
]
