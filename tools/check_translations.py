"""The check of translations that `manage.py test` runs: the same as `python tools/translations.py check`."""

import sys

from translations import ROOT, check

if __name__ == "__main__":
    found = check(ROOT)
    print("\n".join(found) if found else "Bản dịch đầy đủ.")
    sys.exit(1 if found else 0)
