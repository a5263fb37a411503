from django.urls import path

from notifications import views, webhook_views

app_name = "notifications"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("<int:pk>/", views.message_open, name="open"),
    path("<int:pk>/da-doc/", views.read, name="read"),
    path("da-doc-het/", views.read_all, name="read_all"),
    path("lua-chon/", views.preferences, name="preferences"),
    path("he-thong/", webhook_views.listing, name="webhooks"),
    path("he-thong/moi/", webhook_views.create, name="webhook_create"),
    path("he-thong/<int:pk>/", webhook_views.detail, name="webhook"),
    path("he-thong/<int:pk>/thu/", webhook_views.ping, name="webhook_ping"),
    path("he-thong/<int:pk>/bat-tat/", webhook_views.switch, name="webhook_switch"),
    path("he-thong/lan-gui/<int:pk>/gui-lai/", webhook_views.resend, name="webhook_resend"),
]
