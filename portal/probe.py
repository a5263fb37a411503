"""`python -m portal.probe URL [PART]`: exit 0 when the health page at URL says all is well, or that PART is.

For container health checks: the image needs no curl, and a name the portal does not serve is no obstacle.
"""

import json
import os
import sys
import urllib.error
import urllib.request


def first_host() -> str:
    """A name the portal answers to."""
    return os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0].strip().replace("*", "127.0.0.1").lstrip(".")


def main(arguments: list[str]) -> int:
    """Ask once. A portal that cannot be reached counts as unwell."""
    url, *part = arguments
    question = urllib.request.Request(url, headers={"Host": first_host()})
    try:
        with urllib.request.urlopen(question, timeout=4) as answer:
            found = json.load(answer)
    except urllib.error.HTTPError as refusal:
        try:
            found = json.load(refusal)
        except ValueError:
            return 1
    except (OSError, ValueError):
        return 1
    wanted = part or list(found)
    return 0 if all(found.get(name) for name in wanted) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
