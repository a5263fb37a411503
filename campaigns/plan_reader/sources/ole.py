"""What lies in an OLE container ([MS-CFB]): enough to tell a Word 97 file from any other before a program opens it."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
ENTRY = 128
NO_SECTOR = 0xFFFFFFFA  # this and what is above it end a chain
STREAM = 2


@dataclass(frozen=True)
class Entry:
    """One line of the directory: a storage or a stream, and where it begins."""

    name: str
    is_stream: bool
    first: int
    size: int


@dataclass(frozen=True)
class Container:
    """A container's bytes, cut into sectors; what points outside of them is as if it were not there."""

    data: bytes
    sector_size: int
    table: Sequence[int]  # for each sector the next one of its chain

    def start(self, entry: Entry, length: int) -> bytes:
        """The first bytes of a stream that has sectors of its own (4096 bytes and more)."""
        return self._sector(entry.first)[:length]

    def entries(self) -> Iterator[Entry]:
        """The directory, in its order."""
        for sector in _chain(struct.unpack_from("<I", self.data, 48)[0], self.table):
            content = self._sector(sector)
            for at in range(0, len(content) - ENTRY + 1, ENTRY):
                yield _entry(content[at : at + ENTRY])

    def _sector(self, number: int) -> bytes:
        return _sector(self.data, number, self.sector_size)


def open_container(data: bytes) -> Container | None:
    """The container in `data`; None for what only begins like one."""
    if len(data) < HEADER or not data.startswith(MAGIC):
        return None
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        return None
    size = 1 << shift
    return Container(data, size, _table(data, size))


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _table(data: bytes, size: int) -> Sequence[int]:
    """The allocation table: its sectors are listed in the header and, in large files, in sectors that point on."""
    wanted, first, count = *struct.unpack_from("<I", data, 44), *struct.unpack_from("<II", data, 68)
    listed = list(_numbers(data[76:HEADER]))
    for _turn in range(min(count, len(data) // size)):
        more = _numbers(_sector(data, first, size))
        if not more:
            break
        listed += more[:-1]
        first = more[-1]
    table: list[int] = []
    for number in listed[: min(wanted, len(data) // size)]:
        table += _numbers(_sector(data, number, size))
    return table


def _chain(first: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors of a chain; one that runs in a circle ends."""
    seen: set[int] = set()
    while first < min(NO_SECTOR, len(table)) and first not in seen:
        seen.add(first)
        yield first
        first = table[first]


def _entry(line: bytes) -> Entry:
    length, kind = struct.unpack_from("<HB", line, 64)
    first, size = struct.unpack_from("<II", line, 116)
    name = line[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return Entry(name, kind == STREAM, first, size)
