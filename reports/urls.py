from django.urls import path

from reports.views import below, contributions, outputs, periods, reports, settings, skilful

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
    path("phan-don-vi/<int:pk>/tra-lai/", contributions.return_contribution, name="return_contribution"),
    path("phan-don-vi/<int:pk>/nhac/", periods.remind_unit, name="remind_unit"),
    path(
        "phan-don-vi/<int:pk>/nguon/<int:indicator>/", contributions.contribution_sources, name="contribution_sources"
    ),
    path("mau/", settings.profile_list, name="profiles"),
    path("mau/them/", settings.profile_create, name="profile_create"),
    path("mau/<int:pk>/", settings.profile_edit, name="profile_edit"),
    path("mau/<int:pk>/de-cuong/", settings.outline, name="outline"),
    path("chi-tieu/", settings.indicator_list, name="indicators"),
    path("chi-tieu/them/", settings.indicator_create, name="indicator_create"),
    path("chi-tieu/<int:pk>/", settings.indicator_edit, name="indicator_edit"),
    path("mo-hinh/", skilful.model_list, name="models"),
    path("mo-hinh/them/", skilful.model_create, name="model_create"),
    path("mo-hinh/<int:pk>/", skilful.model_edit, name="model_edit"),
    path("cap-duoi/", below.below, name="below"),
    path("cap-duoi/chi-tieu/<int:indicator>/", below.by_body, name="below_figure"),
    path("<int:pk>/trao-doi/", below.thread, name="thread"),
    path("<int:pk>/", reports.detail, name="detail"),
    path("<int:pk>/tep/<slug:ending>/", outputs.report_file, name="file"),
    path("<int:pk>/so-sanh/", reports.compare, name="compare"),
    path("<int:pk>/phan/<slug:key>/", reports.section, name="section"),
    path("<int:pk>/phan/<slug:key>/luu/", reports.autosave, name="autosave"),
    path("<int:pk>/phan/<slug:key>/lay-lai/", reports.retake, name="retake"),
    path("<int:pk>/nguon/<int:indicator>/", reports.figure_sources, name="figure_sources"),
    path("<int:pk>/nhiem-vu/<int:unit>/<slug:name>/", reports.task_sources, name="task_sources"),
]
