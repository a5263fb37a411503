"""Pages for entering and correcting a document of the register."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives import entry, register
from directives.access import directive_or_404, need
from directives.forms import DirectiveForm, EditDirectiveForm, NewDirectiveForm
from directives.models import Directive
from units.models import Appointment
from units.permissions import NotAllowed
from units.web import Request, whole_number

CREATE = "directives/create.html"


def _known(data: dict[str, Any], by: Appointment, apart_from: int | None = None) -> register.Match:
    """What the register has of the document that the form's values name."""
    return register.match(
        organisation=by.organisation, kind=data["kind"].abbreviation if data.get("kind") else "",
        code=data.get("code") or None, subject=data.get("subject", ""), dated_on=data.get("dated_on"),
        issuer=data.get("issuer", ""), strict_issuer=True, apart_from=apart_from,
    )  # fmt: skip


def _peek(form: DirectiveForm, by: Appointment, apart_from: int | None = None) -> register.Match:
    """The same of a form that is not filled in yet."""
    form.is_valid()
    data = form.cleaned_data
    return _known(data, by, apart_from) if data.get("code") else register.Match(None)


@require_safe
def known(request: Request) -> HttpResponse:
    """Is this document there already? Asked while somebody types; the part of a page."""
    need(request, register.RECORD)
    form = DirectiveForm(request.GET, organisation=request.post.organisation)
    found = _peek(form, request.post, whole_number(request.GET.get("apart", "")))
    return render(request, "directives/_known.html", {"known": found.directive, "doubts": found.doubts})


def create(request: Request) -> HttpResponse:
    """Enter a document: by hand, or filled from ?text= of another page."""
    need(request, register.RECORD)
    if request.method != "POST":
        return _filled(request, NewDirectiveForm.initial_of_query(request.GET) | {"text": request.GET.get("text", "")})
    form = NewDirectiveForm(request.POST, request.FILES, organisation=request.post.organisation)
    if form.is_valid():
        found = _known(form.cleaned_data, request.post)
        if found.directive or (found.doubts and not form.cleaned_data["anyway"]):
            return _ask(request, CREATE, form, found)
        made = _entered(request, form)
        if made is not None:
            return redirect("directives:detail", made.pk)
    return render(request, CREATE, {"form": form})


@require_POST
def recognise(request: Request) -> HttpResponse:
    """Fill the fields from the sentence and the file; what somebody typed stays. A part of the page for htmx."""
    need(request, register.RECORD)
    return _filled(request, {"received_on": f"{timezone.localdate():%d/%m/%Y}"} | request.POST.dict())


def _filled(request: Request, typed: dict[str, Any]) -> HttpResponse:
    """The form with what the sources say in it, and what there is to say about them."""
    organisation = request.post.organisation
    sources = NewDirectiveForm({"text": typed.get("text", "")}, request.FILES, organisation=organisation)
    sources.is_valid()
    problems = [str(error) for name in ("text", "file") for error in sources.errors.get(name, [])]
    data = sources.cleaned_data
    found = entry.suggest(request.post, text=data.get("text", ""), file=data.get("file"))
    values = entry.merged(typed, found)
    there = _peek(NewDirectiveForm(values, organisation=organisation), request.post)
    is_asked = bool(typed.get("text") or request.FILES) and not problems
    context = {
        "form": NewDirectiveForm(initial=values, organisation=organisation), "problems": problems, "found": found,
        "nothing_recognised": is_asked and not found.values, "known": there.directive, "doubts": there.doubts,
        "file_is_lost": bool(request.FILES) and not request.htmx,
    }  # fmt: skip
    return render(request, "directives/_entry_fields.html" if request.htmx else CREATE, context)


def _entered(request: Request, form: DirectiveForm) -> Directive | None:
    """The new entry, or None with the refusal as an error of the form."""
    day, file = form.cleaned_data["received_on"], form.cleaned_data["file"]
    try:
        made = register.enter(content=form.content(), received_on=day, file=file, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    number = _("Số đến %(number)s.") % {"number": made.received_number} if made.received_number else ""
    messages.success(request, _("Đã vào sổ %(mention)s. %(number)s") % {"mention": made.mention, "number": number})
    return made


def _ask(request: Request, template: str, form: DirectiveForm, found: register.Match, **context: Any) -> HttpResponse:
    """The form again, with the document that is there already or the ones that may be meant: the person decides."""
    if found.doubts:
        form.ask_anyway()
    context |= {"form": form, "known": found.directive, "doubts": found.doubts, "asks": True}
    return render(request, template, context)


def edit(request: Request, pk: int) -> HttpResponse:
    """Correct what the register says."""
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)
    form = EditDirectiveForm(
        request.POST or None, initial=EditDirectiveForm.initial_from(directive), organisation=directive.organisation
    )
    if request.method == "POST" and form.is_valid():
        found = _known(form.cleaned_data, request.post, apart_from=directive.pk)
        is_same = found.directive and found.directive.dated_on == form.cleaned_data["dated_on"]
        if is_same or (_identity_changed(form) and found.doubts and not form.cleaned_data["anyway"]):
            return _ask(request, "directives/edit.html", form, found, directive=directive)
        try:
            register.correct(directive=directive, by=request.post, at=timezone.now(), **form.content())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu thông tin văn bản."))
            return redirect("directives:detail", pk)
    return render(request, "directives/edit.html", {"directive": directive, "form": form})


def _identity_changed(form: forms.Form) -> bool:
    return bool({"kind", "code", "dated_on", "issuer"} & set(form.changed_data))
