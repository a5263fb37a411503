"""The forms of profiles, outlines, indicators, models and periods: what is wrong is refused in words and kept."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Indicator
from reports import profiles, skilful
from reports.models import Period, ReportProfile, SkilfulModel
from tests.factories.plans import make_house
from tests.factories.reports import moment
from units.models import Appointment
from units.permissions import Outdated

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))
UNKNOWN = "2000000000"


@pytest.fixture
def office(client, reporting) -> Appointment:
    client.force_login(reporting.house.office.user)
    return reporting.house.office


def model(reporting, name="Mô hình", **changes):
    values = {
        "unit": reporting.house.department, "name": name, "area": "economy", "bearer": "collective",
        "starts_on": date(2024, 1, 1),
    }  # fmt: skip
    return skilful.save(model=None, values=values | changes, version=0, by=reporting.house.office, at=AT)


# --- lists ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_models_cost_the_same_for_one_and_for_three(client, reporting, office, count, django_assert_num_queries):
    for number in range(count):
        model(reporting, f"Mô hình {number}")
    client.get("/")
    with django_assert_num_queries(6):
        assert client.get(reverse("reports:models")).content.decode().count("Mô hình ") >= count


@pytest.mark.parametrize("count", [1, 3])
def test_profiles_cost_the_same_for_one_and_for_three(client, reporting, office, count, django_assert_num_queries):
    for number in range(count - 1):
        ReportProfile.objects.create(
            organisation=reporting.house.organisation, name=f"Mẫu {number}", subject="x", recipient=reporting.board.unit
        )
    client.get("/")
    with django_assert_num_queries(4):
        assert client.get(reverse("reports:profiles")).status_code == 200


# --- profiles ---------------------------------------------------------------------------------------------------------
PROFILE = {
    "name": "Báo cáo quý", "kind": "quarter", "subject": "Kết quả {period}", "signer_rule": "director",
    "first_day": "15", "due_working_days": "2", "is_active": "on",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": "0"}, "first_day"), ({"first_day": "29"}, "first_day"), ({"first_day": "-1"}, "first_day"),
        ({"first_day": "1e99"}, "first_day"), ({"first_day": "NaN"}, "first_day"), ({"due_day": "32"}, "due_day"),
        ({"due_working_days": "99999"}, "due_working_days"), ({"due_working_days": "-3"}, "due_working_days"),
        ({"name": ""}, "name"), ({"name": "x" * 201}, "name"), ({"subject": "x" * 301}, "subject"),
        ({"kind": "tuan"}, "kind"), ({"recipient": UNKNOWN}, "recipient"), ({"recipient": "abc"}, "recipient"),
        ({"kind": "campaign"}, "starts_on"), ({"starts_on": "31/02/2024"}, "starts_on"),
        ({"starts_on": "02/03/2024", "ends_on": "01/03/2024"}, "ends_on"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_refused_and_kept(client, office, changes, field):
    answer = client.post(reverse("reports:profile_create"), PROFILE | changes)
    assert (answer.status_code, field in answer.context["form"].errors) == (200, True)
    assert not ReportProfile.objects.filter(kind__in=["quarter", "campaign"]).exists()
    name = next(iter(changes))
    assert answer.context["form"][name].value() == changes[name]


def test_a_profile_does_not_report_to_a_unit_or_to_itself(client, office, reporting):
    for unit in (reporting.house.department, reporting.house.organisation):
        answer = client.post(reverse("reports:profile_create"), PROFILE | {"recipient": unit.pk})
        assert "recipient" in answer.context["form"].errors


# --- outlines ---------------------------------------------------------------------------------------------------------
def outline_data(profile, **changes):
    data = {
        "version": profile.outline_version, "part-TOTAL_FORMS": "1", "part-INITIAL_FORMS": "1", "part-0-key": "kq",
        "part-0-place": "10", "part-0-level": "1", "part-0-heading": "Kết quả", "part-0-source": "text",
    }  # fmt: skip
    return data | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"part-0-place": "x"}, {"part-0-place": "-1"}, {"part-0-place": "1e99"}, {"part-0-place": "NaN"},
        {"part-0-level": "7"}, {"part-0-heading": "x" * 301}, {"part-0-heading": ""}, {"part-0-source": "khac"},
        {"part-0-indicators": ["khong-co"]}, {"part-0-fields_fed": ["khong-co"]}, {"part-TOTAL_FORMS": "abc"},
        {"part-TOTAL_FORMS": "100000"}, {"part-0-level": "2"}, {"part-0-source": "field"}, {"version": "99"},
        {"version": "NaN"},
    ],
)
def test_a_wrong_outline_is_refused(client, office, reporting, changes):
    before = reporting.profile.outline
    url = reverse("reports:outline", args=[reporting.profile.pk])
    answer = client.post(url, outline_data(reporting.profile, **changes))
    reporting.profile.refresh_from_db()
    assert (answer.status_code, reporting.profile.outline == before) == (200, True)
    assert answer.context["refusal"]


def test_two_editors_of_an_outline_do_not_overwrite_each_other(client, office, reporting):
    url = reverse("reports:outline", args=[reporting.profile.pk])
    data = outline_data(reporting.profile)
    assert client.post(url, data).status_code == 302
    again = client.post(url, data | {"part-0-heading": "Của tôi"})
    assert "Người khác vừa sửa đề cương này" in again.content.decode()
    assert "Của tôi" in again.content.decode()


# --- indicators -------------------------------------------------------------------------------------------------------
INDICATOR = {"code": "thu", "group": "Nhóm", "name": "Tên", "measure": "cuộc", "rollup": "sum", "position": "1"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "có dấu"}, "code"), ({"code": "x" * 41}, "code"), ({"name": "x" * 301}, "name"),
        ({"measure": ""}, "measure"), ({"rollup": "trung-binh"}, "rollup"), ({"position": "-1"}, "position"),
        ({"position": "1e99"}, "position"), ({"position": "NaN"}, "position"), ({"rollup": "ratio"}, "numerator"),
        ({"rollup": "balance"}, "incoming"), ({"rollup": "ratio", "numerator": UNKNOWN}, "numerator"),
        ({"valid_from": "32/01/2024"}, "valid_from"),
        ({"valid_from": "02/01/2024", "valid_until": "01/01/2024"}, "valid_until"),
    ],
)  # fmt: skip
def test_a_wrong_indicator_is_refused(client, office, changes, field):
    answer = client.post(reverse("reports:indicator_create"), INDICATOR | changes)
    assert (answer.status_code, field in answer.context["form"].errors) == (200, True)
    assert not Indicator.objects.filter(group="Nhóm").exists()


# --- models -----------------------------------------------------------------------------------------------------------
def model_data(reporting, **changes):
    data = {
        "name": "Tổ tự quản", "unit": reporting.house.department.pk, "area": "economy", "bearer": "collective",
        "starts_on": "01/01/2024", "registration": "new", "recognition": "none", "version": "1",
    }  # fmt: skip
    return data | changes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"), ({"name": "x" * 301}, "name"), ({"unit": UNKNOWN}, "unit"), ({"area": "khac"}, "area"),
        ({"starts_on": ""}, "starts_on"), ({"starts_on": "hôm nay"}, "starts_on"),
        ({"ends_on": "31/12/2023"}, "ends_on"), ({"version": "1e99"}, "version"), ({"place": "x" * 201}, "place"),
    ],
)  # fmt: skip
def test_a_wrong_model_is_refused(client, office, reporting, changes, field):
    answer = client.post(reverse("reports:model_create"), model_data(reporting, **changes))
    assert (answer.status_code, field in answer.context["form"].errors) == (200, True)
    assert not SkilfulModel.objects.exists()


def test_a_model_of_another_house_is_unknown_and_its_units_are_not_offered(client, office, reporting):
    foreign = make_house()
    answer = client.post(reverse("reports:model_create"), model_data(reporting, unit=foreign.department.pk))
    assert "unit" in answer.context["form"].errors
    theirs = SkilfulModel.objects.create(
        organisation=foreign.organisation, unit=foreign.department, name="Khác", area="economy", bearer="person",
        starts_on=date(2024, 1, 1), created_at=AT, created_by=foreign.head,
    )  # fmt: skip
    assert client.get(reverse("reports:model_edit", args=[theirs.pk])).status_code == 404


def test_two_editors_of_a_model(client, office, reporting):
    made = model(reporting)
    url, data = reverse("reports:model_edit", args=[made.pk]), model_data(reporting, version=made.version)
    assert client.post(url, data).status_code == 302
    again = client.post(url, data | {"results": "Của tôi"})
    assert "Người khác vừa sửa mô hình này" in again.content.decode()
    assert "Của tôi" in again.content.decode()


def test_models_stand_in_the_part_and_in_the_report(client, reporting):
    model(reporting, "Tổ tự quản")
    model(reporting, "Đã thôi", ends_on=date(2024, 2, 14))
    period = reporting.open(2024, 3, at=AT)
    client.force_login(reporting.house.head.user)
    page = client.get(reverse("reports:contribution", args=[reporting.part(period, reporting.house.department).pk]))
    assert [each.name for each in page.context["models"]] == ["Tổ tự quản"]
    report = reporting.compile(period, at=AT)
    assert [note["name"] for note in report.figures["models"]] == ["Tổ tự quản"]
    words = {section["key"]: section["text"] for section in report.sections}["skilful"]
    assert words == "Trong kỳ duy trì 1 mô hình, điển hình “Dân vận khéo”, trong đó đăng ký mới 1."


# --- periods ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"month": "13"}, "month"), ({"month": "0"}, "month"), ({"month": "NaN"}, "month"), ({"month": ""}, "month"),
        ({"year": "1e99"}, "year"), ({"year": "1999"}, "year"), ({"year": "-2024"}, "year"),
        ({"profile": UNKNOWN}, "profile"), ({"profile": "x"}, "profile"),
    ],
)  # fmt: skip
def test_a_wrong_period_is_refused(client, office, reporting, changes, field):
    data = {"profile": str(reporting.profile.pk), "month": "3", "year": "2024"} | changes
    answer = client.post(reverse("reports:open_period"), data)
    assert (answer.status_code, field in answer.context["form"].errors) == (200, True)
    assert not Period.objects.exists()


def test_the_verb_refuses_an_outline_of_yesterday(reporting):
    with pytest.raises(Outdated):
        profiles.write_outline(
            profile=reporting.profile, parts=reporting.profile.outline, version=7, by=reporting.house.office, at=AT
        )
