"""A report as JSON for other programs; its form is published in `docs/report.schema.json`."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from documents.heading import head_of, signer_of
from documents.layout import OfficialText
from reports.models import Report
from reports.outputs.tables import Value, tables

FORMAT = "cao-diem.report/1"


def as_json(report: Report, text: OfficialText) -> bytes:
    """The report's file, words, figures and tables as UTF-8. Figures are decimals written as text: nothing is
    rounded."""
    return json.dumps(_content(report, text), ensure_ascii=False, indent=1).encode() + b"\n"


def _content(report: Report, text: OfficialText) -> dict[str, Any]:
    period = report.period
    return {
        "format": FORMAT,
        "document": _document(report),
        "period": {
            "name": f"{period.profile.name} {period.words}",
            "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
        },
        "edition": report.edition,
        "frozen_at": timezone.localtime(report.frozen_at).isoformat(),
        "sections": [
            {"key": each["key"], "level": int(each["level"]), "heading": each["heading"], "text": each["text"]}
            for each in report.sections
        ],
        "figures": [_figure(each) for each in report.figures["figures"]],
        "tables": [
            {"title": each.title, "columns": list(each.header), "rows": [list(map(_plain, row)) for row in each.rows]}
            for each in tables(text)
        ],
    }


def _document(report: Report) -> dict[str, Any]:
    document = report.document
    head, signer = head_of(document), signer_of(document)
    return {
        "issuing_body": head.issuing_body,
        "parent_body": head.parent_body,
        "code": document.code or None,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "state": document.state,
        "title": document.title,
        "signer": {"authority": " ".join(signer.authority), "position": signer.position, "name": signer.name},
        "recipients": list(document.recipients.values_list("text", flat=True)),
    }


def _figure(figure: dict[str, Any]) -> dict[str, Any]:
    names = ("indicator_id", "group", "name", "measure", "value", "previous", "last_year")
    return {name: figure[name] for name in names} | {"sources": list(figure["sources"])}


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
