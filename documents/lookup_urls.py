from django.urls import path

from documents import lookup_views

app_name = "lookup"
urlpatterns = [
    path("", lookup_views.search, name="search"),
    path("<str:code>/", lookup_views.document, name="document"),
]
