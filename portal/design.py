"""The living style page: every component with sample content, to look at and to test; only where DEBUG is on."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.context import Link

LONGEST_UNIT = "Ban Chỉ đạo thực hiện phong trào thi đua “Dân vận khéo” tỉnh"
LONGEST_TITLE = (
    "Kế hoạch tổ chức Tháng cao điểm dân vận chính quyền, hướng về cơ sở, "
    "chào mừng ngày truyền thống công tác dân vận của Đảng"
)
AT = datetime(2026, 10, 12, 2, 1, tzinfo=UTC)
UNITS = [
    "Văn phòng Sở",
    "Phòng Quản lý công nghệ và đổi mới sáng tạo",
    "Trung tâm Ứng dụng tiến bộ khoa học",
    LONGEST_UNIT,
]
DUES: list[tuple[Any, ...]] = [
    (date(2026, 10, 20), "overdue", 5, 3),
    (date(2026, 10, 12), "due_today", 0, 0),
    (date(2026, 10, 14), "due_soon", 2, 2),
    (date(2026, 11, 30), "not_due", 49, 35),
    (date(2026, 10, 1), "done_in_time", 0, 0),
    (date(2026, 10, 1), "done_late", 4, 2),
    (None, "recurring", 0, 0),
    (None, "no_due_date", 0, 0),
]
TASK_STATES = ["in_progress", "accepted", "assigned", "awaiting", "done", "redo", "paused", "handed_back"]
DOCUMENT_STATES = ["draft", "submitted", "checked", "signed", "numbered", "issued", "returned", "recalled"]


class SampleForm(forms.Form):
    """A form with each kind of field; the dates and the choice are required."""

    title = forms.CharField(
        label="Tên kế hoạch", help_text="Viết như sẽ in dưới chữ KẾ HOẠCH.", widget=forms.Textarea(attrs={"rows": 2})
    )
    unit = forms.ChoiceField(label="Đơn vị chủ trì", choices=[("", "Chọn đơn vị"), *enumerate(UNITS)])
    due_on = forms.DateField(
        label="Thời hạn",
        widget=forms.DateInput(attrs={"data-date": ""}),
        help_text="Ví dụ 20/10/2026.",
        input_formats=["%d/%m/%Y"],
    )
    people = forms.IntegerField(label="Số lượt người tham gia", required=False)
    kind = forms.ChoiceField(
        label="Cách báo cáo", choices=[("a", "Một lần"), ("b", "Thường xuyên")], widget=forms.RadioSelect
    )
    urgent = forms.BooleanField(label="Nhiệm vụ trọng tâm", required=False)
    photo = forms.FileField(label="Ảnh minh chứng", required=False, help_text="JPG hoặc PNG, tối đa 10 MB.")


def rows(count: int) -> list[dict[str, Any]]:
    """Sample tasks for the table."""
    found = []
    for index in range(count):
        due_on, kind, days, working_days = DUES[index % len(DUES)]
        found.append(
            {
                "pk": index + 1,
                "title": LONGEST_TITLE
                if index % 5 == 3
                else f"Tuyên truyền, vận động đoàn viên, hội viên tham gia đợt {index + 1}",
                "plan": "Tháng cao điểm dân vận năm 2026",
                "unit": UNITS[index % len(UNITS)],
                "state": TASK_STATES[index % len(TASK_STATES)],
                "due_on": due_on,
                "kind": kind,
                "days": days,
                "working_days": working_days,
                "figure": 1234.5 * index,
            }
        )
    return found


def overview() -> dict[str, Any]:
    """Samples of what stands on home pages."""
    return {
        "todo": [
            {
                "text": "Kế hoạch Tháng cao điểm dân vận đang chờ ký",
                "url": "#",
                "action": "Xem và ký",
                "tone": "today",
                "icon": "sign",
            },
            {
                "text": f"{LONGEST_UNIT} chưa nhận nhiệm vụ giao ngày 05/10/2026",
                "url": "#",
                "action": "Nhắc",
                "tone": "overdue",
                "icon": "due-late",
                "note": "Kế hoạch Tháng cao điểm dân vận năm 2026",
                "post": True,
            },
            {
                "text": "Báo cáo tháng 10 còn thiếu phần của 2 đơn vị",
                "url": "#",
                "action": "Xem",
                "tone": "soon",
                "icon": "clock",
            },
        ],
        "segments": [
            {"state": "overdue", "tone": "overdue", "label": "quá hạn", "count": 3, "url": "#"},
            {"state": "due_today", "tone": "today", "label": "đến hạn hôm nay", "count": 2, "url": "#"},
            {"state": "due_soon", "tone": "soon", "label": "sắp đến hạn", "count": 7, "url": "#"},
            {"state": "not_due", "tone": "quiet", "label": "chưa đến hạn", "count": 24, "url": "#"},
            {"state": "done_in_time", "tone": "done", "label": "hoàn thành", "count": 41, "url": "#"},
        ],
        "stats": [
            {"label": "Nhiệm vụ đã giao", "value": 77, "url": "#"},
            {"label": "Lượt người tham gia", "value": 12345.5, "url": "#"},
            {"label": "Hoàn thành đúng hạn", "value": 93.2, "unit": "%"},
            {"label": "Đơn vị đã báo cáo", "value": "11/13"},
        ],
        "matrix": [
            {
                "label": name,
                "url": "#",
                "cells": [
                    {
                        "state": state,
                        "action": "#" if state == "missing" else "",
                        "url": "" if state == "missing" else "#",
                    }
                    for state in ["confirmed", "confirmed", "done_late", "confirmed", "open", "missing"]
                ],
            }
            for name in UNITS
        ],
        "periods": ["T5/2026", "T6/2026", "T7/2026", "T8/2026", "T9/2026", "T10/2026"],
    }


def document() -> dict[str, Any]:
    """Samples of what stands beside a plan or a report."""
    return {
        "steps": [
            {"label": "Dự thảo", "state": "done", "by": "Vũ Thị Minh Hằng, chuyên viên — Văn phòng Sở", "at": AT},
            {"label": "Xác nhận nội dung", "state": "done", "by": "Đỗ Quang Huy, Trưởng phòng", "at": AT},
            {
                "label": "Kiểm tra thể thức",
                "state": "current",
                "by": "Chờ Chánh Văn phòng",
                "note": "Trình lần thứ hai",
            },
            {"label": "Ký", "state": ""},
            {"label": "Cấp số", "state": ""},
            {"label": "Ban hành", "state": ""},
        ],
        "checks": [
            {"level": "error", "text": "Chưa có thời hạn ở nhiệm vụ 2.1", "url": "#", "action": "Sửa"},
            {"level": "warning", "text": "Văn bản 365-CV/ĐUK chưa có trong sổ văn bản đến", "url": "#"},
            {"level": "ok", "text": "Mọi đơn vị được giao đều đang hoạt động"},
        ],
        "history": [
            {
                "who": "Lê Thu Trang",
                "what": "báo cáo tiến độ 60%",
                "post": "Chuyên viên — Phòng Quản lý công nghệ",
                "at": AT,
                "text": "Đã tổ chức 2 buổi đối thoại với Nhân dân tại xã Liêm Tuyền.\nCòn 1 buổi vào ngày 18/10.",
                "tone": "today",
                "icon": "comment",
                "files": [{"name": "doi-thoai-liem-tuyen.jpg", "url": "#"}, {"name": "bien-ban.pdf", "url": "#"}],
            },
            {
                "who": "Đỗ Quang Huy",
                "what": "nhận nhiệm vụ và giao cho Lê Thu Trang",
                "post": "Trưởng phòng",
                "at": AT,
                "icon": "check",
            },
            {
                "who": "Trần Văn Nam",
                "what": "trả lại, yêu cầu làm rõ số liệu",
                "post": "Văn phòng Sở",
                "at": AT,
                "tone": "overdue",
                "icon": "returned",
            },
        ],
        "facts": [
            ("Thực hiện", "Mục II.2 Kế hoạch số 05/KH-SKHCN"),
            ("Chủ trì", UNITS[1]),
            ("Phối hợp", LONGEST_UNIT),
            ("Giao ngày", "05/10/2026"),
        ],
        "jobs": [
            {"state": "running", "stage": "Đang dựng trang 12 trên 20", "progress": 60, "error": ""},
            {"state": "done", "stage": "", "progress": 100, "error": ""},
            {"state": "failed", "stage": "", "progress": 40, "error": "Phần II chưa có số liệu của Văn phòng Sở."},
        ],
    }


def frame(request: HttpRequest) -> dict[str, Any]:
    """Rail and tabs of the sample."""
    places = [
        ("Việc của tôi", "home", 5),
        ("Kế hoạch", "plans", 0),
        ("Nhiệm vụ", "tasks", 36),
        ("Văn bản chỉ đạo", "directives", 0),
        ("Báo cáo", "reports", 2),
        ("Sổ văn bản đi", "register", 0),
        ("Con người, đơn vị", "people", 0),
    ]
    return {
        "navigation": tuple(
            Link(label, "#", icon, icon == "tasks", count, "Quản trị" if icon == "people" else "")
            for label, icon, count in places
        ),
        "unread_count": 3,
        "views": [
            {"label": "Tất cả", "url": "?", "active": True, "count": 1036},
            {"label": "Việc đơn vị tôi chủ trì", "url": "?view=mine", "active": False, "count": 36},
            {"label": "Quá hạn", "url": "?view=late", "active": False, "count": 3},
        ],
        "filters": [
            {
                "name": "unit",
                "label": "Đơn vị",
                "options": list(enumerate(UNITS)),
                "value": request.GET.get("unit", "1"),
            },
            {
                "name": "state",
                "label": "Trạng thái",
                "options": [("done", "Hoàn thành"), ("in_progress", "Đang làm")],
                "value": request.GET.get("state", ""),
            },
            {
                "name": "due",
                "label": "Hạn",
                "options": [("overdue", "quá hạn"), ("week", "trong tuần này")],
                "value": request.GET.get("due", "overdue"),
                "any": "bất kỳ",
            },
            {"name": "words", "label": "Có chữ", "value": request.GET.get("words", ""), "kind": "search"},
        ],
    }


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """Every component once; ?rows=500 makes the table long, ?rows=0 empty; ?full=signing|job|panel shows one alone."""
    if not getattr(settings, "DESIGN_PAGE", settings.DEBUG):
        raise Http404
    sample = document()
    alone: dict[str, tuple[str, dict[str, Any]]] = {
        "signing": ("portal/design_signing.html", {"title": LONGEST_TITLE, **sample}),
        "job": (
            "components/job.html",
            {"job": sample["jobs"][0], "title": "Dựng báo cáo tháng 10", "poll_url": "?full=job"},
        ),
        "panel": ("components/timeline.html", {"entries": sample["history"], "label": "Các lần báo cáo"}),
    }
    if found := alone.get(request.GET.get("full", "")):
        return render(request, *found)
    count = min(int(request.GET.get("rows", "8")), 500)
    bound = SampleForm({"title": "", "due_on": "32/13/2026", "people": "12"})
    return render(
        request,
        "portal/design.html",
        {
            **frame(request),
            **overview(),
            **sample,
            "rows": rows(count),
            "dues": DUES,
            "task_states": TASK_STATES,
            "longest": LONGEST_TITLE,
            "document_states": DOCUMENT_STATES,
            "form": SampleForm(auto_id="new_%s"),
            "bound": bound,
            "page": Paginator(range(1036), 25).page(7),
        },
    )
