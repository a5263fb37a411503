"""Search: words as typed come first, numbers find their document, nobody finds another house's tasks."""

import pytest

from campaigns.states import TaskState
from portal.finding import Query, find
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, make_issued_plan
from units.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def found(by: Appointment, typed: str) -> dict[str, list[str]]:
    """Kind → the texts of its hits, in their order."""
    return {str(group.label): [hit.text for hit in group.hits] for group in find(Query.read(typed), by)}


def test_words_as_typed_come_before_newer_ones_with_other_marks(house: House) -> None:
    plan = make_issued_plan(house)
    for text in ("Nộp báo cáo tháng", "Mua bao cao su cho xe", "Gửi BÁO CÁO quý", "Bảo cáo trạng"):
        bring_to(TaskState.IN_PROGRESS, house, plan=plan, text=text)
    assert found(house.officer, "báo cáo")["Nhiệm vụ"] == [
        "Gửi BÁO CÁO quý", "Nộp báo cáo tháng", "Bảo cáo trạng", "Mua bao cao su cho xe",
    ]  # fmt: skip
    assert len(found(house.officer, "bao cao")["Nhiệm vụ"]) == 4


def test_the_oldest_hit_as_typed_comes_before_any_number_of_newer_ones(house: House) -> None:
    plan = make_issued_plan(house)
    for text in ("Mua bảo hộ lao động", *(f"Bao hồ sơ thứ {number}" for number in range(1, 13))):
        bring_to(TaskState.IN_PROGRESS, house, plan=plan, text=text)
    hits = found(house.officer, "bảo hộ")["Nhiệm vụ"]
    assert (len(hits), hits[:3]) == (10, ["Mua bảo hộ lao động", "Bao hồ sơ thứ 12", "Bao hồ sơ thứ 11"])


def test_a_number_finds_its_document(house: House) -> None:
    document = make_issued_plan(house).document
    assert found(house.office, document.code)["Kế hoạch"] == [document.title]


def test_another_house_finds_none_of_it(house: House) -> None:
    task = bring_to(TaskState.IN_PROGRESS, house)
    assert found(house.officer, task.text)["Nhiệm vụ"] == [task.text]
    assert found(make_house("Sở Nội vụ Thử nghiệm", "SNVTN").officer, task.text) == {}
