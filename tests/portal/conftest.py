import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for unix sockets, which pytest's own is not, and open to service accounts."""
    folder = Path(tempfile.mkdtemp(prefix="cd-"))
    yield folder
    shutil.rmtree(folder)
