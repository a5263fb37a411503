"""The outline of a department's monthly report, shipped as the default of a profile (DOMAIN 3.4).

Each section has a key, a level, a heading and a source: `group` only holds those below it, `field` takes the narrative
of tasks of that field, `tasks` is the table of tasks by unit, `next` lists next month's tasks, `text` is written by the
office.
"""

from campaigns.states import Field

FIELD, TASKS, NEXT, TEXT, GROUP = "field", "tasks", "next", "text", "group"

MONTHLY: list[dict[str, str]] = [
    {"key": "results", "level": "1", "heading": "Tình hình, kết quả", "source": GROUP},
    {
        "key": Field.LEADERSHIP,
        "level": "2",
        "heading": "Công tác lãnh đạo, chỉ đạo, quán triệt, tuyên truyền",
        "source": FIELD,
    },
    {
        "key": Field.REFORM,
        "level": "2",
        "heading": "Công tác dân vận gắn với nhiệm vụ chuyên môn, cải cách hành chính",
        "source": FIELD,
    },
    {"key": Field.DEMOCRACY, "level": "2", "heading": "Thực hiện dân chủ ở cơ sở trong cơ quan", "source": FIELD},
    {"key": Field.CITIZENS, "level": "2", "heading": "Tiếp công dân, đối thoại, giải quyết đơn thư", "source": FIELD},
    {"key": Field.SKILFUL, "level": "2", "heading": "Phong trào thi đua “Dân vận khéo”", "source": FIELD},
    {"key": Field.SOCIAL, "level": "2", "heading": "Hoạt động đoàn thể, an sinh xã hội", "source": FIELD},
    {"key": Field.OTHER, "level": "2", "heading": "Nhiệm vụ khác", "source": FIELD},
    {"key": "tasks", "level": "2", "heading": "Kết quả thực hiện nhiệm vụ theo kế hoạch", "source": TASKS},
    {"key": "assessment", "level": "1", "heading": "Đánh giá chung", "source": GROUP},
    {"key": "strengths", "level": "2", "heading": "Ưu điểm", "source": TEXT},
    {"key": "weaknesses", "level": "2", "heading": "Hạn chế, khó khăn", "source": TEXT},
    {"key": "causes", "level": "2", "heading": "Nguyên nhân", "source": TEXT},
    {"key": "outlook", "level": "1", "heading": "Phương hướng, nhiệm vụ trọng tâm tháng tới", "source": NEXT},
    {"key": "proposals", "level": "1", "heading": "Kiến nghị, đề xuất", "source": TEXT},
]
