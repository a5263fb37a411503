"""Word files of documents, and the page on which the office changes their template."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from documents import long_files, views, word_templates
from documents.layout import Family
from documents.models import Document, rules_of
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    """One file; the verb tries it out."""

    file = forms.FileField(
        label=gettext_lazy("Tệp mẫu (.docx)"),
        help_text=gettext_lazy("Tải mẫu đang dùng về, sửa bằng Word, giữ nguyên các thẻ trong ngoặc nhọn."),
    )


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=WORD)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def word(request: Request, pk: int) -> HttpResponse:
    """The document as a Word file, to be worked on; for the house that makes it."""
    document: Document = views.own(request, pk)
    name = re.sub(r"[^\w.-]+", "-", f"{document.kind}-{document.code or document.pk}")
    text = document.definition.compose(document)
    if not long_files.is_long(text):
        return _file(word_templates.render(document), name)
    made = long_files.ready(document, text, "docx")
    return views.wait_for(request, document, text, "docx") if made is None else _file(made, name)


def _manager(request: Request) -> Appointment:
    """The post of this request, if it may change its organisation's template."""
    if not has_permission(request.post, word_templates.PERMISSION):
        raise PermissionDenied
    return request.post


def template(request: Request) -> HttpResponse:
    """Which template is used; a POST puts another in its place, or says why not."""
    by = _manager(request)
    rules = rules_of(by.organisation)
    family = Family(rules.layout)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            word_templates.replace(
                organisation=by.organisation, family=family, content=given.read(word_templates.LARGEST + 1),
                name=given.name, by=by, at=timezone.now(),
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Từ bây giờ tệp Word được dựng theo mẫu này."))
            return redirect("documents:word_template")
    page = {"form": form, "used": word_templates.in_use(by.organisation, family), "family": rules.get_layout_display()}
    return render(request, "documents/word_template.html", page, status=422 if form.errors else 200)


@require_GET
def template_file(request: Request) -> HttpResponse:
    """The template in use, to be edited in Word; `?goc=1` the portal's own, `?thu=1` a plan printed by it."""
    by = _manager(request)
    rules = rules_of(by.organisation)
    family = Family(rules.layout)
    if "thu" in request.GET:
        return _file(word_templates.sample(by.organisation, family, size=rules.type_size), f"dung-thu-{family}")
    used = None if "goc" in request.GET else word_templates.in_use(by.organisation, family)
    data = bytes(used.content) if used else word_templates.standard_of(family, size=rules.type_size)
    return _file(data, f"mau-{family}")


@require_POST
def template_restore(request: Request) -> HttpResponse:
    """Use the portal's own template again."""
    by = _manager(request)
    family = Family(rules_of(by.organisation).layout)
    try:
        word_templates.restore(organisation=by.organisation, family=family, by=by, at=timezone.now())
    except NotAllowed as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("Đã dùng lại mẫu của cổng."))
    return redirect("documents:word_template")
