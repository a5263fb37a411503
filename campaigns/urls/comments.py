from django.urls import path

from campaigns.views import comments

app_name = "comments"
urlpatterns = [
    path("nguoi/", comments.people, name="people"),
    path("nhiem-vu/<int:pk>/", comments.task, name="task"),
    path("muc/<int:pk>/", comments.item, name="item"),
    path("<int:pk>/sua/", comments.edit, name="edit"),
    path("<int:pk>/xoa/", comments.remove, name="remove"),
]
