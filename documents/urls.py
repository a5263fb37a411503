from django.urls import path

from documents import register_views, views

app_name = "documents"
urlpatterns = [
    path("", register_views.register, name="register"),
    path("den/", register_views.received, name="received"),
    path("den/<int:pk>/", register_views.received_detail, name="received_detail"),
    path("kiem-tra/", register_views.verify, name="verify"),
    path("cong-viec/<int:pk>/", register_views.job, name="job"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ky/", views.sign, name="sign"),
    path("<int:pk>/da-ky/", views.signed, name="signed"),
    path("<int:pk>/cap-so/", views.number, name="number"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/trang/", views.pages, name="pages"),
    path("<int:pk>/trang/<str:sha256>/<int:number>/", views.picture, name="picture"),
    path("<int:pk>/pdf/<str:sha256>/", views.rendition, name="rendition"),
    path("<int:pk>/buoc/<slug:move>/", views.step, name="step"),
]
