"""Reading no more than a page shows: what a query joins and reads is most of what a page costs."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def with_columns(rows: QuerySet[M], *columns: str) -> QuerySet[M]:
    """The rows, and of what they point to only the columns named, such as "officer__user__full_name".

    Generated columns (the folded text that searches compare) stay in the database. Touching a column that is not named
    costs a query for each row: the tests that count queries for one row and for three notice it.
    """
    own = [field.name for field in rows.model._meta.concrete_fields if not field.generated]
    relations = {column.rpartition("__")[0] for column in columns}
    return rows.select_related(*relations).only(*own, *columns)


def only_columns(rows: QuerySet[M], *columns: str) -> QuerySet[M]:
    """The rows with nothing but the columns named: their own, such as "title", and those of what they point to.

    For pages that show a few words of a wide row; the same tests guard it.
    """
    relations = {column.rpartition("__")[0] for column in columns if "__" in column}
    return rows.select_related(*relations).only(*columns)
