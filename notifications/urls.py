from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("<int:pk>/", views.message_open, name="open"),
    path("<int:pk>/da-doc/", views.read, name="read"),
    path("da-doc-het/", views.read_all, name="read_all"),
    path("lua-chon/", views.preferences, name="preferences"),
]
