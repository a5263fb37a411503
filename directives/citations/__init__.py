"""Citations of official documents in running text: pure, no database.

`parse` reads them, `first_mention` and `later_mention` write them, `normalise_code` and `identity_key` compare them.
"""

from .codes import identity_key, normalise_code
from .forms import BY_NAME, first_mention, kind_word, later_mention
from .kinds import KIND_WORDS
from .model import Citation
from .reader import parse

__all__ = [
    "BY_NAME",
    "KIND_WORDS",
    "Citation",
    "first_mention",
    "identity_key",
    "kind_word",
    "later_mention",
    "normalise_code",
    "parse",
]
