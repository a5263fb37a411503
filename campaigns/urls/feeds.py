from django.urls import path

from campaigns.views import feeds

app_name = "feeds"
urlpatterns = [
    path("", feeds.listing, name="list"),
    path("<int:pk>/thu-hoi/", feeds.revoke, name="revoke"),
    path("<str:secret>.ics", feeds.calendar, name="calendar"),
]
