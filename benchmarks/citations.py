"""How long reading citations takes, and that it grows with the text and not faster.

    python benchmarks/citations.py

Prints seconds per text of 100 kB to 1 MB, realistic and adversarial, and the ratio to a bare search for numbers in
the same run.
"""

import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from directives.citations import parse

NUMBER = re.compile(r"\d{1,5}[-/][A-ZĐ]")
SIZES = (100_000, 200_000, 500_000, 1_000_000)
BASIS = (
    "Căn cứ Kế hoạch số 48/KH-UBND ngày 12/3/2026 của UBND tỉnh về chuyển đổi số; tuyên truyền trong Nhân dân;\n"
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ.\n"
    "Các phòng, đơn vị phối hợp với Văn phòng tổ chức thực hiện, báo cáo kết quả trước ngày 20/10/2026 theo quy định.\n"
)
TEXTS = {
    "bases of plans": BASIS,
    "the same in one line": BASIS.replace("\n", " "),
    "no citation": "Công tác dân vận của các cơ quan nhà nước trong tình hình mới. ",
    "codes only": "25-NQ/TW ",
    "subjects in subjects": "25-NQ/TW về ",
    "kinds without codes": "Nghị quyết số của ",
    "laws in laws": "Luật Sửa đổi, bổ sung một số điều của Luật A và ",
    "open quotes": 'Kế hoạch số 1/KH-UBND về "',
    "groups of letters": "A-",
    "spaces": " ",
    "lists of references": "25-NQ/TW và ",
    "bodies in bodies": "Quyết định số 1-QĐ/TW của Ban Chỉ đạo về Ban, ",
    "broken lines": "Căn cứ 12/QĐ-UBND của\nBan ",
}


def seconds(action, text: str) -> float:
    start = time.perf_counter()
    action(text)
    return time.perf_counter() - start


def main() -> None:
    print(f"{'text':24}" + "".join(f"{size // 1000:>9} kB" for size in SIZES) + f"{'× bare search':>16}")
    for name, piece in TEXTS.items():
        long = piece * (SIZES[-1] // len(piece) + 1)
        taken = [seconds(parse, long[:size]) for size in SIZES]
        bare = seconds(lambda text: sum(1 for _ in NUMBER.finditer(text)), long[: SIZES[-1]])
        print(f"{name:24}" + "".join(f"{one:>10.2f} s" for one in taken) + f"{taken[-1] / bare:>16.0f}", flush=True)


if __name__ == "__main__":
    main()
