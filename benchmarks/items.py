"""Time loading the course with an instructor's items: ``python benchmarks/items.py``.

Prints the time of the course alone, of the course with the items, and the difference: the median
of ``--rounds`` turns in one process, files in the system's cache. The items are those of the bank
again, under other ids.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "shared"))

from many_items import write_many_items

from l3s1.content import course_root, load_content


def seconds(own_items: list[Path]) -> float:
    """Time of one load."""
    start = time.perf_counter()
    load_content(course_root(), own_items)
    return time.perf_counter() - start


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.yaml"
        write_many_items(path, arguments.items)
        turns = [(seconds([]), seconds([path])) for _ in range(arguments.rounds)]
    alone = statistics.median(first for first, _ in turns)
    both = statistics.median(second for _, second in turns)
    added = statistics.median(second - first for first, second in turns)
    size = arguments.items
    print(
        f"the course alone: {alone:.2f} s; with {size} items: {both:.2f} s; they add {added:.2f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
