"""The outlines shipped as defaults of profiles (DOMAIN 3.4), and what a section of an outline is.

Each section has a key, a level ("1", "2"; "0" prints no heading), a heading and a source: `group` only holds those
below it, `field` takes the narrative of tasks of its `fields`, `tasks` is the table of tasks by unit, `next` lists the
next period's tasks, `models` counts the register of models, `text` is written by the office. `indicators` (codes) are
the figures shown under the section.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from campaigns.states import Field
from reports.periods import Kind


class Source(TextChoices):
    """Where a section's first words come from."""

    GROUP = "group", _("chỉ là tên mục lớn")
    FIELD = "field", _("nội dung các đơn vị gửi")
    TASKS = "tasks", _("bảng nhiệm vụ theo đơn vị")
    NEXT = "next", _("nhiệm vụ kỳ tới")
    MODELS = "models", _("mô hình “Dân vận khéo”")
    TEXT = "text", _("Văn phòng viết")


GROUP, FIELD, TASKS, NEXT, MODELS, TEXT = (
    str(each.value) for each in (Source.GROUP, Source.FIELD, Source.TASKS, Source.NEXT, Source.MODELS, Source.TEXT)
)


class Part(TypedDict):
    """One section of an outline."""

    key: str
    level: str
    heading: str
    source: str
    fields: NotRequired[list[str]]
    indicators: NotRequired[list[str]]


def _part(key: str, level: int, heading: str, source: str, fields: tuple[str, ...] = (), codes: str = "") -> Part:
    part: Part = {"key": key, "level": str(level), "heading": heading, "source": source}
    if source == FIELD:
        part["fields"] = [str(each) for each in fields or (key,)]
    if codes:
        part["indicators"] = codes.split()
    return part


COPIES = "Ban Giám đốc\nCác phòng, đơn vị thuộc Sở\nLưu: VT, VP"
"""Whoever else gets the report, one on a line (NĐ 30/2020, Phụ lục I, II.9)."""

ASSESSMENT = [
    _part("assessment", 1, "Đánh giá chung", GROUP),
    _part("strengths", 2, "Ưu điểm", TEXT),
    _part("weaknesses", 2, "Hạn chế, khó khăn", TEXT),
    _part("causes", 2, "Nguyên nhân", TEXT),
]

REGULAR = [
    _part("results", 1, "Tình hình, kết quả", GROUP),
    _part(
        Field.LEADERSHIP.value, 2, "Công tác lãnh đạo, chỉ đạo, quán triệt, tuyên truyền", FIELD,
        codes="van-ban-ban-hanh van-ban-tham-muu hoi-nghi luot-nguoi ty-le-dang-vien tin-bai phat-thanh",
    ),
    _part(
        Field.REFORM.value, 2, "Công tác dân vận gắn với nhiệm vụ chuyên môn, cải cách hành chính", FIELD,
        codes="ho-so ho-so-dung-han ty-le-dung-han",
    ),
    _part(Field.DEMOCRACY.value, 2, "Thực hiện dân chủ ở cơ sở trong cơ quan", FIELD, codes="quy-che"),
    _part(
        Field.CITIZENS.value, 2, "Tiếp công dân, đối thoại, giải quyết đơn thư", FIELD,
        codes="doi-thoai luot-tiep don-nhan don-giai-quyet don-ton",
    ),
    _part(Field.SKILFUL.value, 2, "Phong trào thi đua “Dân vận khéo”", FIELD, codes="mo-hinh"),
    _part(Field.SOCIAL.value, 2, "Hoạt động đoàn thể, an sinh xã hội", FIELD, codes="suat-qua gia-tri-qua"),
    _part(Field.OTHER.value, 2, "Nhiệm vụ khác", FIELD),
    _part("tasks", 2, "Kết quả thực hiện nhiệm vụ theo kế hoạch", TASKS),
    *ASSESSMENT,
]  # fmt: skip

MONTHLY: list[Part] = [
    *REGULAR,
    _part("outlook", 1, "Phương hướng, nhiệm vụ trọng tâm tháng tới", NEXT),
    _part("proposals", 1, "Kiến nghị, đề xuất", TEXT),
]
"""A department's monthly report."""

LONGER: list[Part] = [
    *REGULAR,
    _part("outlook", 1, "Phương hướng, nhiệm vụ trọng tâm thời gian tới", NEXT),
    _part("proposals", 1, "Kiến nghị, đề xuất", TEXT),
]
"""Quarter, half year, nine months, year."""

CAMPAIGN: list[Part] = [
    _part(
        Field.LEADERSHIP.value, 1, "Công tác chỉ đạo, triển khai", FIELD,
        codes="van-ban-ban-hanh hoi-nghi luot-nguoi ty-le-dang-vien",
    ),
    _part("results", 1, "Kết quả", GROUP),
    _part("propaganda", 2, "Tuyên truyền, các hoạt động khác", FIELD, (Field.OTHER,), "tin-bai phat-thanh"),
    _part(
        Field.REFORM.value, 2, "Dân vận chính quyền: cải cách hành chính, dân chủ ở cơ sở, khiếu nại, tố cáo", FIELD,
        (Field.REFORM, Field.DEMOCRACY, Field.CITIZENS), "ho-so ty-le-dung-han doi-thoai luot-tiep don-ton",
    ),
    _part(Field.SKILFUL.value, 2, "“Dân vận khéo”", FIELD, codes="mo-hinh"),
    _part(Field.SOCIAL.value, 2, "Thăm hỏi, an sinh xã hội, ra quân", FIELD, codes="suat-qua gia-tri-qua"),
    _part("tasks", 2, "Kết quả thực hiện nhiệm vụ theo kế hoạch", TASKS),
    *ASSESSMENT,
    _part("lessons", 2, "Bài học kinh nghiệm", TEXT),
    _part("outlook", 1, "Phương hướng", NEXT),
    _part("proposals", 1, "Kiến nghị, khen thưởng", TEXT),
]  # fmt: skip
"""The result of a peak month."""

QUICK: list[Part] = [
    _part("events", 0, "Diễn biến", FIELD, tuple(Field.values)),
    _part("judgement", 0, "Nhận xét sơ bộ", TEXT),
    _part("proposals", 0, "Kiến nghị ban đầu", TEXT),
]
"""Three paragraphs without headings (DOMAIN 3.2)."""


def default(kind: Kind) -> list[Part]:
    """The outline that a new profile of this kind starts with."""
    return {Kind.MONTH: MONTHLY, Kind.CAMPAIGN: CAMPAIGN, Kind.QUICK: QUICK}.get(kind, LONGER)


def fields_of(part: Mapping[str, Any]) -> list[str]:
    """The fields of tasks that feed a section; one without the list is named like its field."""
    return list(part.get("fields") or [part["key"]]) if part["source"] == FIELD else []
