"""The page of an organisation's rules for its official files."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import house
from documents.models import HouseRules, rules_of
from units.fields import DayField
from units.permissions import NotAllowed, has_permission
from units.web import Request


class RulesForm(forms.ModelForm):
    """The rules; the verb saves them."""

    class Meta:
        model = HouseRules
        fields = house.NAMES
        field_classes = {"term_starts_on": DayField}


def rules(request: Request) -> HttpResponse:
    """Read and change the rules."""
    if not has_permission(request.post, house.PERMISSION):
        raise PermissionDenied
    organisation = request.post.organisation
    form = RulesForm(request.POST or None, instance=rules_of(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            house.change_rules(
                organisation=organisation, values=form.cleaned_data, by=request.post, at=timezone.now()
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu quy định của cơ quan về văn bản."))
            return redirect("documents:rules")
    page = {"form": form, "organisation": organisation, "is_admin": has_permission(request.post, "units.people.manage")}
    return render(request, "documents/rules.html", page, status=422 if form.errors else 200)
