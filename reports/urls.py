from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.period_list, name="list"),
    path("mo-ky/", views.open_period, name="open_period"),
    path("ky/<int:pk>/", views.period_detail, name="period"),
    path("ky/<int:pk>/nhac/", views.remind, name="remind"),
    path("ky/<int:pk>/tong-hop/", views.compile_report, name="compile"),
    path("cong-viec/<int:pk>/", views.job, name="job"),
    path("phan-don-vi/<int:pk>/", views.contribution, name="contribution"),
    path("phan-don-vi/<int:pk>/gui/", views.confirm_contribution, name="confirm_contribution"),
    path("phan-don-vi/<int:pk>/tra-lai/", views.return_contribution, name="return_contribution"),
    path("phan-don-vi/<int:pk>/nguon/<int:indicator>/", views.contribution_sources, name="contribution_sources"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/phan/<slug:key>/", views.section, name="section"),
    path("<int:pk>/nguon/<int:indicator>/", views.figure_sources, name="figure_sources"),
    path("<int:pk>/nhiem-vu/<int:unit>/<slug:name>/", views.task_sources, name="task_sources"),
]
