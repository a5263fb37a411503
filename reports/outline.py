"""The outline of a department's monthly report, shipped as the default of a profile (DOMAIN 3.4).

Each section has a key, a heading and a source: `field` takes the narrative of tasks of that field, `tasks` is the table of
tasks by unit, `next` lists next month's tasks, `text` is written by the office.
"""

from campaigns.states import Field

FIELD, TASKS, NEXT, TEXT, GROUP = "field", "tasks", "next", "text", "group"

MONTHLY: list[dict[str, str]] = [
    {"key": "results", "heading": "Tình hình, kết quả", "source": GROUP},
    {"key": Field.LEADERSHIP, "heading": "Công tác lãnh đạo, chỉ đạo, quán triệt, tuyên truyền", "source": FIELD},
    {"key": Field.REFORM, "heading": "Công tác dân vận gắn với nhiệm vụ chuyên môn, cải cách hành chính", "source": FIELD},
    {"key": Field.DEMOCRACY, "heading": "Thực hiện dân chủ ở cơ sở trong cơ quan", "source": FIELD},
    {"key": Field.CITIZENS, "heading": "Tiếp công dân, đối thoại, giải quyết đơn thư", "source": FIELD},
    {"key": Field.SKILFUL, "heading": "Phong trào thi đua “Dân vận khéo”", "source": FIELD},
    {"key": Field.SOCIAL, "heading": "Hoạt động đoàn thể, an sinh xã hội", "source": FIELD},
    {"key": Field.OTHER, "heading": "Nhiệm vụ khác", "source": FIELD},
    {"key": "tasks", "heading": "Kết quả thực hiện nhiệm vụ theo kế hoạch", "source": TASKS},
    {"key": "assessment", "heading": "Đánh giá chung", "source": GROUP},
    {"key": "strengths", "heading": "Ưu điểm", "source": TEXT},
    {"key": "weaknesses", "heading": "Hạn chế, khó khăn", "source": TEXT},
    {"key": "causes", "heading": "Nguyên nhân", "source": TEXT},
    {"key": "outlook", "heading": "Phương hướng, nhiệm vụ trọng tâm tháng tới", "source": NEXT},
    {"key": "proposals", "heading": "Kiến nghị, đề xuất", "source": TEXT},
]
