from django.urls import path

from units import admin_views, views

app_name = "units"
urlpatterns = [
    path("chuc-vu/", views.act_as, name="act_as"),
    path("phien/", views.session, name="session"),
    path("mat-khau/", views.ChangePassword.as_view(), name="own_password"),
    path("mat-khau/<uidb64>/<token>/", views.ChoosePassword.as_view(), name="choose_password"),
    path("nguoi/", admin_views.people, name="people"),
    path("nguoi/them/", admin_views.person_create, name="person_create"),
    path("nguoi/<int:pk>/", admin_views.person, name="person"),
    path("nguoi/<int:pk>/sua/", admin_views.person_edit, name="person_edit"),
    path("nguoi/<int:pk>/bo-nhiem/", admin_views.appoint, name="appoint"),
    path("nguoi/<int:pk>/mat-khau/", admin_views.password, name="password"),
    path("nguoi/<int:pk>/khoa/", admin_views.set_active, name="set_active"),
    path("chuc-vu/<int:pk>/thoi/", admin_views.relieve, name="relieve"),
    path("don-vi/", admin_views.unit_list, name="units"),
    path("don-vi/them/", admin_views.unit_create, name="unit_create"),
    path("don-vi/<int:pk>/doi-ten/", admin_views.unit_rename, name="unit_rename"),
    path("don-vi/<int:pk>/ket-thuc/", admin_views.unit_dissolve, name="unit_dissolve"),
]
