from campaigns.models.extension import CalendarDay, ExtensionRequest, Reminder
from campaigns.models.plan import Campaign, ItemCitation, ItemStyle, Plan, PlanBase, PlanImport, PlanItem
from campaigns.models.progress import Evidence, Indicator, ProgressEntry, ProgressFigure, Rollup, TaskIndicator
from campaigns.models.saved_view import SavedView
from campaigns.models.task import Task, TaskUnit
from campaigns.models.version import PlanVersion, RecipientList

__all__ = [
    "CalendarDay", "Campaign", "Evidence", "ExtensionRequest", "Indicator", "ItemCitation", "ItemStyle", "Plan",
    "PlanBase", "PlanImport", "PlanItem", "PlanVersion", "ProgressEntry", "ProgressFigure", "RecipientList", "Reminder",
    "Rollup", "SavedView", "Task", "TaskIndicator", "TaskUnit",
]  # fmt: skip
