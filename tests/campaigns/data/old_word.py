"""OLE containers made by hand ([MS-CFB]): what a file of the old Word looks like from outside."""

import struct

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
WORD_TEXT = struct.pack("<HH", 0xA5EC, 0x00C1) + bytes(5000)
LOCKED_TEXT = WORD_TEXT[:10] + struct.pack("<H", 0x0100) + WORD_TEXT[12:]


def container(**streams: bytes) -> bytes:
    """A container with these streams; one without content is a storage. Sector 0 is the table, 1 … the directory."""
    lines = [_entry("Root Entry", 5, END, 0)]
    directory = -(-(len(streams) + 1) // 4)
    table, content = [TABLE, *range(2, directory + 1), END], b""
    for name, data in streams.items():
        lines.append(_entry(name, 2 if data else 1, len(table) if data else END, len(data)))
        count = -(-len(data) // SECTOR)
        if count:
            table += [*range(len(table) + 1, len(table) + count), END]
            content += data.ljust(count * SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<8I", 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return (
        header
        + struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
        + b"".join(lines).ljust(directory * SECTOR, b"\0")
        + content
    )


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    word = name.encode("utf-16-le") + b"\0\0"
    return word.ljust(64, b"\0") + struct.pack("<HBB", len(word), kind, 1) + bytes(48) + struct.pack("<IQ", first, size)
