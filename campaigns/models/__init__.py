from campaigns.models.batch import UNDO_FOR, TaskBatch
from campaigns.models.comment import Comment
from campaigns.models.extension import CalendarDay, ExtensionRequest, Reminder
from campaigns.models.feed import CalendarFeed, FeedScope
from campaigns.models.plan import (
    Campaign,
    ImportChange,
    ItemCitation,
    ItemStyle,
    Plan,
    PlanBase,
    PlanImport,
    PlanItem,
)
from campaigns.models.progress import (
    DERIVED,
    Evidence,
    Indicator,
    ProgressEntry,
    ProgressFigure,
    Rollup,
    TaskIndicator,
)
from campaigns.models.saved_view import SavedView
from campaigns.models.task import Task, TaskUnit
from campaigns.models.version import PlanVersion, RecipientList

__all__ = [
    "DERIVED",
    "UNDO_FOR",
    "CalendarDay",
    "CalendarFeed",
    "Campaign",
    "Comment",
    "Evidence",
    "ExtensionRequest",
    "FeedScope",
    "ImportChange",
    "Indicator",
    "ItemCitation",
    "ItemStyle",
    "Plan",
    "PlanBase",
    "PlanImport",
    "PlanItem",
    "PlanVersion",
    "ProgressEntry",
    "ProgressFigure",
    "RecipientList",
    "Reminder",
    "Rollup",
    "SavedView",
    "Task",
    "TaskBatch",
    "TaskIndicator",
    "TaskUnit",
]  # fmt: skip
