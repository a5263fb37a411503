"""The words a report starts with, drafted from its frozen figures. Pure but for the profile's own texts."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from campaigns.states import Field
from reports import outline
from reports.models import Period

Section = dict[str, Any]


def title(period: Period) -> str:
    """The trích yếu from the profile's pattern; the names of the periods come in where it asks for them."""
    subject = period.profile.subject
    return subject.replace("{period}", period.words).replace("{next_period}", period.following)


def recipients(period: Period) -> list[tuple[str, int | None]]:
    """ "Như trên" when there is an addressee, then the house (NĐ 30/2020, Phụ lục I, II.9)."""
    profile = period.profile
    lines: list[tuple[str, int | None]] = []
    if profile.addressee:
        lines.append(("Như trên", profile.recipient_id))
    elif profile.recipient is not None:
        lines.append((profile.recipient.name, profile.recipient_id))
    return [*lines, *((line.strip(), None) for line in profile.copies.splitlines() if line.strip())]


def sections(period: Period, figures: dict[str, Any]) -> list[Section]:
    """Every section of the profile's outline with its first draft."""
    return [
        {**part, "text": _draft(part, figures)}
        for part in cast("list[dict[str, Any]]", period.profile.outline or outline.default(period.kind))
    ]


def _draft(part: Mapping[str, Any], figures: dict[str, Any]) -> str:
    if part["source"] == outline.FIELD:
        fields = outline.fields_of(part)
        told = [narrative(fields, figures), models_sentence(figures) if Field.SKILFUL in fields else ""]
        return "\n".join(each for each in told if each)
    if part["source"] == outline.TASKS:
        return tasks_sentence(figures) if figures["units"] else ""
    if part["source"] == outline.MODELS:
        return models_sentence(figures)
    if part["source"] == outline.NEXT:
        return upcoming(figures)
    told = [overdue_sentence(figures) if part["key"] == "weaknesses" else "", from_below(part, figures)]
    return "\n".join(each for each in told if each)


def narrative(fields: list[str], figures: dict[str, Any]) -> str:
    """The units' sentences of these fields, each on a line that begins with the unit's name; in a roll-up, what the
    organisations' reports say."""
    lines = [line for line in figures["lines"] if line["section"] in fields and not line.get("report_id")]
    own = [f"- {line['unit']}: {' '.join(line['text'].split())}" for line in lines]
    return "\n".join([*own, *(_of_body(line) for line in told_below(fields, figures))])


def from_below(part: Mapping[str, Any], figures: dict[str, Any]) -> str:
    """What the reports below say in a section that each office writes."""
    return "\n".join(_of_body(line) for line in told_below([part["key"]], figures))


def told_below(sections: list[str], figures: dict[str, Any]) -> list[dict[str, Any]]:
    """The frozen words of the reports below for these sections, with the reports they come from."""
    return [line for line in figures["lines"] if line["section"] in sections and line.get("report_id")]


def _of_body(line: Mapping[str, Any]) -> str:
    """The organisation, then its lines as they stand in its report."""
    return f"{line['unit']}:\n{line['text']}"


def totals(figures: dict[str, Any]) -> dict[str, int]:
    """Counts over all units: given, done (in time, extended, late), running, overdue."""
    classes = ("given", "done_in_time", "done_extended", "done_late", "running", "overdue")
    return {name: sum(len(row[name]) for row in figures["units"]) for name in classes}


def tasks_sentence(figures: dict[str, Any]) -> str:
    """The sentence above the table of tasks."""
    count = totals(figures)
    done = count["done_in_time"] + count["done_extended"] + count["done_late"]
    return (
        f"Trong kỳ có {count['given']} nhiệm vụ được theo dõi: hoàn thành {done} (đúng hạn {count['done_in_time']}, "
        f"đúng hạn sau gia hạn {count['done_extended']}, quá hạn {count['done_late']}); đang thực hiện trong hạn "
        f"{count['running']}; quá hạn chưa hoàn thành {count['overdue']}."
    )


def models_sentence(figures: dict[str, Any]) -> str:
    """How many models of the register were kept up, and how many of them were new."""
    models = figures.get("models", [])
    new = sum(note["registration"] == "Đăng ký mới" for note in models)
    words = f"Trong kỳ duy trì {len(models)} mô hình, điển hình “Dân vận khéo”, trong đó đăng ký mới {new}."
    return words if models else ""


def overdue_sentence(figures: dict[str, Any]) -> str:
    """The tasks that are overdue, with their units, as a first word on weaknesses."""
    notes = figures["overdue"]
    if not notes:
        return ""
    listed = "\n".join(f"- {_bare(note['text'])} ({note['unit']}, hạn {_day(note['due_on'])})." for note in notes)
    return f"Còn {len(notes)} nhiệm vụ quá hạn chưa hoàn thành:\n{listed}"


def upcoming(figures: dict[str, Any]) -> str:
    """Next month's main tasks from their due days."""
    return "\n".join(
        f"- {note['unit']}: {_bare(note['text'])} (hạn {_day(note['due_on'])})." for note in figures["upcoming"]
    )


def _bare(text: str) -> str:
    """A task's text on one line, without the mark it ends with."""
    return " ".join(text.split()).rstrip(" .;,")


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
