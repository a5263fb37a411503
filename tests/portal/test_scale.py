"""The data set for measurements is whole, and never poured over real documents."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.models import Plan, ProgressEntry, Task, TaskUnit
from campaigns.queries import load_by_unit, total
from campaigns.workdays import WorkingCalendar
from documents.models import Document
from units.models import Appointment, Unit

pytestmark = pytest.mark.django_db


def test_scale_data_fills_in_proportion():
    call_command("scale_data", tasks=4000)
    counts = (Task.objects.count(), Plan.objects.count(), Unit.objects.count(), Appointment.objects.count())
    assert counts == (4000, 400, 21, 41)
    assert TaskUnit.objects.count() > 4000
    assert ProgressEntry.objects.count() > 6000
    counted = total(load_by_unit(Task.objects.all(), timezone.localdate(), WorkingCalendar()))
    assert counted.open + counted.done == 4000
    assert min(counted.overdue, counted.not_due, counted.done_in_time, counted.done_late) > 0


def test_scale_data_serves_several_organisations():
    call_command("scale_data", tasks=16_000)
    assert Unit.objects.organisations().count() == 4
    assert set(Task.objects.values_list("organisation_id", flat=True)) == set(
        Unit.objects.organisations().values_list("pk", flat=True)
    )


@pytest.mark.parametrize("wrong", [0, -1, 2_000_001])
def test_scale_data_refuses_senseless_numbers(wrong):
    with pytest.raises(CommandError, match="phải từ 1") as refused:
        call_command("scale_data", tasks=wrong)
    assert refused.value.returncode == 2


def test_scale_data_refuses_a_database_with_issued_documents():
    call_command("scale_data", tasks=100)
    assert Document.objects.published().exists()
    with pytest.raises(CommandError, match="văn bản ban hành") as refused:
        call_command("scale_data", tasks=100)
    assert refused.value.returncode == 2
