from django.urls import path

from units import views

app_name = "units"
urlpatterns = [path("chuc-vu/", views.act_as, name="act_as")]
