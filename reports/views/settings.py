"""Settings of reporting: profiles, their outlines, the catalogue of indicators. The office and the administrator."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns.models import Indicator
from reports import profiles
from reports.models import ReportProfile
from reports.settings_forms import IndicatorForm, ProfileForm, outline_formset, parts_of
from reports.views.common import number_in
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request


def _keeper(request: Request) -> Appointment:
    """The post, if it may change its organisation's reporting; 404 for every other."""
    if not has_permission(request.post, profiles.SETTINGS):
        raise Http404
    return request.post


def _profile(request: Request, pk: int) -> ReportProfile:
    return get_object_or_404(ReportProfile, pk=pk, organisation=_keeper(request).organisation_id)


@require_GET
def profile_list(request: Request) -> HttpResponse:
    """The organisation's profiles."""
    by = _keeper(request)
    found = ReportProfile.objects.filter(organisation=by.organisation_id).select_related("recipient").order_by("id")
    return render(request, "reports/profile_list.html", {"profiles": found})


def profile_create(request: Request) -> HttpResponse:
    """A new profile: it starts with the shipped outline of its kind."""
    by = _keeper(request)
    return _edit_profile(request, None, ProfileForm(request.POST or None, organisation=by.organisation))


def profile_edit(request: Request, pk: int) -> HttpResponse:
    """Change a profile; open periods keep their days."""
    found = _profile(request, pk)
    form = ProfileForm(request.POST or None, organisation=request.post.organisation, instance=found)
    return _edit_profile(request, found, form)


def _edit_profile(request: Request, found: ReportProfile | None, form: ProfileForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = profiles.save(profile=found, values=form.cleaned_data, by=request.post, at=timezone.now())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu mẫu báo cáo “%(name)s”.") % {"name": saved.name})
            return redirect("reports:profiles")
    title = found.name if found else _("Thêm mẫu báo cáo")
    return _form_page(request, form, title=title, back=("reports:profiles", _("Mẫu báo cáo")))


def _form_page(request: Request, form: Any, *, title: str, back: tuple[str, str]) -> HttpResponse:
    context = {"form": form, "title": title, "back_url": reverse(back[0]), "back_name": back[1]}
    return render(request, "reports/settings_form.html", context)


def outline(request: Request, pk: int) -> HttpResponse:
    """The sections of a profile's reports: order, level, heading, and what feeds each."""
    found = _profile(request, pk)
    rows = outline_formset(found, request.POST or None)
    refusal = ""
    if request.method == "POST":
        if rows.is_valid():
            try:
                profiles.write_outline(
                    profile=found, parts=parts_of(rows), version=number_in(request, "version"), by=request.post,
                    at=timezone.now(),
                )  # fmt: skip
            except NotAllowed as problem:
                refusal = str(problem)
            else:
                messages.success(request, _("Đã lưu đề cương. Báo cáo đã lập giữ đề cương của nó."))
                return redirect("reports:profiles")
        else:
            refusal = _("Có ô chưa đúng, xem chỗ báo lỗi bên dưới.")
    return render(request, "reports/outline.html", {"profile": found, "rows": rows, "refusal": refusal})


@require_GET
def indicator_list(request: Request) -> HttpResponse:
    """The catalogue."""
    by = _keeper(request)
    found = Indicator.objects.offered_to(by.organisation_id)
    context = {
        "indicators": found.select_related("numerator", "denominator", "incoming", "outgoing"),
        "keeps_catalogue": profiles.keeps_catalogue(by.organisation),
    }
    return render(request, "reports/indicator_list.html", context)


def indicator_create(request: Request) -> HttpResponse:
    """A new indicator."""
    by = _keeper(request)
    owner = None if profiles.keeps_catalogue(by.organisation) else by.organisation
    return _edit_indicator(request, None, IndicatorForm(request.POST or None, owner=owner))


def indicator_edit(request: Request, pk: int) -> HttpResponse:
    """Change an indicator of the own organisation, or a common one where they are kept; its kind stays once counted."""
    by = _keeper(request)
    rows = Indicator.objects.offered_to(by.organisation_id).select_related("organisation")
    if not profiles.keeps_catalogue(by.organisation):
        rows = rows.filter(organisation__isnull=False)
    found = get_object_or_404(rows, pk=pk)
    form = IndicatorForm(request.POST or None, instance=found, owner=found.organisation)
    return _edit_indicator(request, found, form)


def _edit_indicator(request: Request, found: Indicator | None, form: IndicatorForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = profiles.save_indicator(
                indicator=found, values=form.cleaned_data, by=request.post, at=timezone.now()
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu chỉ tiêu “%(name)s”.") % {"name": saved.name})
            return redirect("reports:indicators")
    title = found.name if found else _("Thêm chỉ tiêu")
    return _form_page(request, form, title=title, back=("reports:indicators", _("Danh mục chỉ tiêu")))
