"""All that waits for a post, in the order in which it is shown."""

from dataclasses import dataclass
from datetime import date

from portal.dashboard import contributions, files, notes, tasks
from portal.dashboard.todo import Todo
from units.models import Appointment


@dataclass(frozen=True)
class Waiting:
    """All that waits for the post; `tasks` is the length of its list of waiting tasks."""

    todos: list[Todo]
    tasks: int

    @property
    def count(self) -> int:
        return sum(todo.stands_for for todo in self.todos)


def waiting(by: Appointment, on: date, missed: int) -> Waiting:
    """What waits for the post, most pressing first; what is to be signed before everything.

    `missed` is how many rhythm tasks of the post's unit lack an entry.
    """
    next_steps, count = tasks.tasks_waiting(by)
    rest = [*files.received_waiting(by), *tasks.extensions_waiting(by), *notes.notes_waiting(by, on), *next_steps]
    rest += [*tasks.entries_missed(by, missed), *contributions.contributions_waiting(by, on)]
    return Waiting(files.documents_waiting(by) + sorted(rest, key=lambda todo: todo.tone != "overdue"), count)
