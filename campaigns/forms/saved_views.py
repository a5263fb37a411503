"""The name under which a list is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveViewForm(forms.Form):
    """A list of tasks as it stands; whose it will be is chosen once."""

    name = forms.CharField(label=_("Tên"), max_length=60)
    is_default = forms.BooleanField(label=_("Mở đầu tiên khi vào Nhiệm vụ"), required=False)
    for_unit = forms.BooleanField(label=_("Dùng chung cho cả đơn vị tôi"), required=False)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)


class ChangeViewForm(forms.Form):
    name = forms.CharField(label=_("Tên"), max_length=60)
    is_default = forms.BooleanField(label=_("Mở đầu tiên khi vào Nhiệm vụ"), required=False)
