"""The administrator's pages: people and units of the own organisation. A foreign id is as unknown as no id."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from units import accounts, appointments, queries, register
from units.admin_forms import (
    DissolveForm,
    NewPasswordForm,
    NewPersonForm,
    NewUnitForm,
    PersonForm,
    PostForm,
    ReliefForm,
    RenameForm,
)
from units.models import Appointment, Unit, User
from units.permissions import NotAllowed, has_permission
from units.web import Request

PERMISSION = "units.people.manage"
PAGE = 50


def manager(request: Request) -> Appointment:
    """The post of this request, if it may manage its organisation's people."""
    if not has_permission(request.post, PERMISSION):
        raise PermissionDenied
    return request.post


def person_or_404(by: Appointment, pk: int) -> User:
    return get_object_or_404(queries.people_of(by.organisation, on=timezone.localdate()), pk=pk)


def unit_or_404(by: Appointment, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.working(), pk=pk, organisation=by.organisation)


def note_refusal(form: BaseForm, problem: NotAllowed | ValidationError) -> None:
    """What the verb refused becomes an error of the form."""
    for text in problem.messages if isinstance(problem, ValidationError) else [str(problem)]:
        form.add_error(None, text)


def show_form(request: Request, form: Any, **context: Any) -> HttpResponse:
    return render(request, "units/form.html", {"form": form, **context})


@require_safe
def people(request: Request) -> HttpResponse:
    """Who works here, with the posts they hold today."""
    by = manager(request)
    text = request.GET.get("q", "").strip()
    found = queries.people_of(by.organisation, text=text, on=timezone.localdate())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    filters = [{"name": "q", "label": _("Tên"), "value": text, "kind": "search"}]
    return render(request, "units/people.html", {"page": page, "filters": filters})


def person_create(request: Request) -> HttpResponse:
    """An account with its first post; without a password the next page shows a link to choose one."""
    by = manager(request)
    form = NewPersonForm(request.POST or None, organisation=by.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            user = _create_person(form.cleaned_data, by)
        except ValidationError as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã lập tài khoản %(name)s.") % {"name": user.username})
            return redirect("units:person", pk=user.pk)
    return show_form(request, form, title=_("Thêm người"), submit=_("Lập tài khoản"), back="units:people")


@transaction.atomic
def _create_person(data: dict[str, Any], by: Appointment) -> User:
    at = timezone.now()
    account = {name: data[name] for name in ("username", "full_name", "email")}
    user = accounts.create_account(**account, password=data["password"] or None, by=by, at=at)
    post = {name: data[name] for name in PostForm.base_fields}
    appointments.appoint(user=user, **post, by=by, at=at)
    return user


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """One person: account, posts of all days, what can be done."""
    by = manager(request)
    found = person_or_404(by, pk)
    has_link = not found.has_usable_password() and accounts.may_change(found, by=by, at=timezone.now())
    link = request.build_absolute_uri(accounts.password_link(found)) if has_link else ""
    today = timezone.localdate()
    posts = [(post, post.holds_on(today)) for post in queries.posts_of(found, by.organisation)]
    return render(request, "units/person.html", {"person": found, "posts": posts, "link": link})


def person_edit(request: Request, pk: int) -> HttpResponse:
    by = manager(request)
    found = person_or_404(by, pk)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_account(user=found, **form.cleaned_data, by=by, at=timezone.now())
        except NotAllowed as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("units:person", pk=pk)
    return show_form(
        request, form, title=_("Sửa họ tên, thư điện tử"), submit=_("Lưu"), back="units:person", person=found
    )


def appoint(request: Request, pk: int) -> HttpResponse:
    by = manager(request)
    found = person_or_404(by, pk)
    form = PostForm(request.POST or None, organisation=by.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            appointments.appoint(user=found, **form.cleaned_data, by=by, at=timezone.now())
        except ValidationError as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã bổ nhiệm."))
            return redirect("units:person", pk=pk)
    return show_form(request, form, title=_("Bổ nhiệm"), submit=_("Bổ nhiệm"), back="units:person", person=found)


def relieve(request: Request, pk: int) -> HttpResponse:
    by = manager(request)
    post = get_object_or_404(Appointment.objects.with_people(), pk=pk, unit__organisation=by.organisation)
    form = ReliefForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            appointments.relieve(post=post, ends_on=form.cleaned_data["ends_on"], by=by, at=timezone.now())
        except NotAllowed as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã ghi thôi giữ chức vụ."))
            return redirect("units:person", pk=post.user_id)
    title = _("Thôi giữ chức vụ %(post)s") % {"post": post.post_title}
    return show_form(request, form, title=title, submit=_("Ghi thôi chức vụ"), back="units:person", person=post.user)


def password(request: Request, pk: int) -> HttpResponse:
    by = manager(request)
    found = person_or_404(by, pk)
    form = NewPasswordForm(request.POST or None, user=found)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.set_password(user=found, password=form.cleaned_data["password"], by=by, at=timezone.now())
        except NotAllowed as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã đặt mật khẩu mới."))
            return redirect("units:person", pk=pk)
    return show_form(
        request, form, title=_("Đặt mật khẩu mới"), submit=_("Đặt mật khẩu"), back="units:person", person=found
    )


@require_POST
def set_active(request: Request, pk: int) -> HttpResponse:
    """Close the account, or open it again. Nobody closes the own account."""
    by = manager(request)
    found = person_or_404(by, pk)
    if found.pk == by.user_id:
        messages.error(request, _("Bạn không thể khóa tài khoản của chính mình."))
        return redirect("units:person", pk=pk)
    is_active = request.POST.get("active") == "1"
    try:
        is_changed = accounts.set_active(user=found, is_active=is_active, by=by, at=timezone.now())
    except NotAllowed as problem:
        messages.error(request, str(problem))
    else:
        if is_changed:
            messages.success(request, _("Đã mở lại tài khoản.") if is_active else _("Đã khóa tài khoản."))
    return redirect("units:person", pk=pk)


@require_safe
def unit_list(request: Request) -> HttpResponse:
    """The organisation's units as a tree."""
    by = manager(request)
    return render(request, "units/units.html", {"branches": queries.tree_of(by.organisation)})


def unit_create(request: Request) -> HttpResponse:
    by = manager(request)
    form = NewUnitForm(request.POST or None, organisation=by.organisation, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        unit = register.create_unit(**form.cleaned_data, by=by, at=timezone.now())
        messages.success(request, _("Đã lập đơn vị %(name)s.") % {"name": unit.name})
        return redirect("units:units")
    return show_form(request, form, title=_("Lập đơn vị"), submit=_("Lập đơn vị"), back="units:units")


def unit_rename(request: Request, pk: int) -> HttpResponse:
    by = manager(request)
    unit = unit_or_404(by, pk)
    form = RenameForm(request.POST or None, initial={"name": unit.name, "starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            register.rename(unit=unit, **form.cleaned_data, by=by, at=timezone.now())
        except ValidationError as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã đổi tên đơn vị."))
            return redirect("units:units")
    title = _("Đổi tên %(name)s") % {"name": unit.name}
    return show_form(request, form, title=title, submit=_("Đổi tên"), back="units:units")


def unit_dissolve(request: Request, pk: int) -> HttpResponse:
    by = manager(request)
    unit = unit_or_404(by, pk)
    if unit.pk == by.organisation_id:
        raise PermissionDenied
    form = DissolveForm(request.POST or None, unit=unit, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"successors": list(form.cleaned_data["successors"])}
        try:
            register.dissolve(unit=unit, **data, by=by, at=timezone.now())
        except NotAllowed as problem:
            note_refusal(form, problem)
        else:
            messages.success(request, _("Đã ghi đơn vị kết thúc hoạt động."))
            return redirect("units:units")
    title = _("Kết thúc hoạt động của %(name)s") % {"name": unit.name}
    return show_form(request, form, title=title, submit=_("Kết thúc hoạt động"), back="units:units")
