from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.models import Preference
from notifications.reasons import Channel, Reason
from notifications.registry import default_channel
from units.models import User

USUAL = ""


class PreferencesForm(forms.Form):
    """One choice for each reason; the empty choice is the usual way, named in the list."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(Preference.objects.filter(user=user).values_list("reason", "channel"))
        for reason in Reason:
            usual = _("Như thường lệ: %(way)s") % {"way": str(default_channel(reason).label).lower()}
            self.fields[reason.value] = forms.ChoiceField(
                label=reason.label,
                required=False,
                choices=[(USUAL, usual), *Channel.choices],
                initial=chosen.get(reason.value, USUAL),
            )

    @property
    def choices(self) -> dict[Reason, Channel | None]:
        """What was chosen, for every reason; None is the usual way."""
        return {reason: Channel(way) if (way := self.cleaned_data[reason.value]) else None for reason in Reason}
