"""How often something may be asked in a minute, counted in the cache."""

from django.core.cache import cache

WINDOW = 60  # seconds


def is_too_often(what: str, *, most: int) -> bool:
    """Count one more of `what`; True when it came more than `most` times within the window.

    The usual cache counts for each web process by itself, so that the limit may be met that many times.
    """
    key = f"pace:{what}"
    cache.add(key, 0, WINDOW)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # the window ended between the two
        return False
