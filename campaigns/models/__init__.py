from campaigns.models.extension import CalendarDay, ExtensionRequest, Reminder
from campaigns.models.plan import Campaign, ItemCitation, ItemStyle, Plan, PlanBase, PlanImport, PlanItem
from campaigns.models.progress import Evidence, Indicator, ProgressEntry, ProgressFigure, Rollup, TaskIndicator
from campaigns.models.task import Task, TaskUnit

__all__ = [
    "CalendarDay", "Campaign", "Evidence", "ExtensionRequest", "Indicator", "ItemCitation", "ItemStyle", "Plan",
    "PlanBase", "PlanImport", "PlanItem", "ProgressEntry", "ProgressFigure", "Reminder", "Rollup", "Task",
    "TaskIndicator", "TaskUnit",
]  # fmt: skip
