from django.urls import path

from reports.views import contributions, outputs, periods, reports

app_name = "reports"
urlpatterns = [
    path("", periods.period_list, name="list"),
    path("mo-ky/", periods.open_period, name="open_period"),
    path("ky/<int:pk>/", periods.period_detail, name="period"),
    path("ky/<int:pk>/nhac/", periods.remind, name="remind"),
    path("ky/<int:pk>/tong-hop/", periods.compile_report, name="compile"),
    path("cong-viec/<int:pk>/", periods.job, name="job"),
    path("phan-don-vi/<int:pk>/", contributions.contribution, name="contribution"),
    path("phan-don-vi/<int:pk>/cap-nhat/", contributions.refill, name="refill"),
    path("phan-don-vi/<int:pk>/gui/", contributions.confirm_contribution, name="confirm_contribution"),
    path("phan-don-vi/<int:pk>/tra-lai/", contributions.return_contribution, name="return_contribution"),
    path("phan-don-vi/<int:pk>/nhac/", periods.remind_unit, name="remind_unit"),
    path(
        "phan-don-vi/<int:pk>/nguon/<int:indicator>/", contributions.contribution_sources, name="contribution_sources"
    ),
    path("<int:pk>/", reports.detail, name="detail"),
    path("<int:pk>/tep/<slug:ending>/", outputs.report_file, name="file"),
    path("<int:pk>/phan/<slug:key>/", reports.section, name="section"),
    path("<int:pk>/nguon/<int:indicator>/", reports.figure_sources, name="figure_sources"),
    path("<int:pk>/nhiem-vu/<int:unit>/<slug:name>/", reports.task_sources, name="task_sources"),
]
