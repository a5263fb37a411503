"""Drawn pictures that stand for photos: nobody's face, nobody's copyright."""

import hashlib
import io

from PIL import Image, ImageDraw


def photo(seed: str) -> bytes:
    """A small landscape as JPEG; another text gives other hills."""
    digest = hashlib.sha256(seed.encode()).digest()
    image = Image.new("RGB", (1280, 853), (199, 221, 236))
    draw = ImageDraw.Draw(image)
    draw.ellipse((1000, 90, 1120, 210), fill=(250, 226, 150))
    for row, colour in enumerate(((142, 174, 150), (104, 148, 112), (70, 118, 84))):
        points = [(0, 853)]
        for step in range(9):
            points.append((step * 160, 380 + row * 130 - digest[row * 9 + step] % 120))
        draw.polygon([*points, (1280, 853)], fill=colour)
    for column in range(5):
        left = 120 + column * 230 + digest[27 + column] % 60
        draw.rectangle((left, 640, left + 110, 730), fill=(214, 190, 160))
        draw.polygon([(left - 15, 640), (left + 125, 640), (left + 55, 580)], fill=(168, 72, 56))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
