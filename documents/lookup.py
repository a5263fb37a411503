"""The short code at the foot of a document: made at random, typed by people, with a check character.

Nine characters of 31 drawn at random (45 bits) and one that finds a mistyped or swapped character: 31 is prime and the
weights differ. 0 and O are not used; I and L are read as 1.
"""

import re
import secrets

from documents.layout import Lookup

ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
HALF = LENGTH // 2


def _check(body: str) -> str:
    total = sum(weight * ALPHABET.index(each) for weight, each in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def new_code() -> str:
    """A code that nobody can guess."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
    return body + _check(body)


def read_code(typed: str) -> str | None:
    """The code that somebody typed, with or without hyphen and capitals; None for what cannot be one."""
    found = re.sub(r"[\s–-]+", "", typed).upper().replace("I", "1").replace("L", "1")
    if len(found) != LENGTH or not set(found) <= set(ALPHABET) or _check(found[:-1]) != found[-1]:
        return None
    return found


def printed(code: str) -> str:
    """The code in two halves, as it is printed."""
    return f"{code[:HALF]}-{code[HALF:]}"


def at_foot(code: str, *, site: str, path: str) -> Lookup:
    """What is printed of a code: itself, where it is looked up (`path` below the portal's address), both as a QR."""
    return Lookup(printed(code), f"{site.rstrip('/')}{path}{code}/")
