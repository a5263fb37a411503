"""What is typed into a search, folded by the database as its columns named `search` are: no marks, đ → d, small."""

from django.db.models import Func, TextField, Value


def folded(text: str) -> Func:
    """The text as `search__contains` compares it."""
    return Func(Value(text), function="f_norm", output_field=TextField())
