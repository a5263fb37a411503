"""The days of the Vietnamese pages: an office reads one kind of date. Figures follow English."""

from portal.formats.vi.formats import *  # noqa: F403 (Django reads these names from each language's own module)

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
