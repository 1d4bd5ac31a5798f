"""Time loading the course with an instructor's items: ``python benchmarks/items.py``.

Prints the time of the course alone, of the course with the items, and the difference: the median
of ``--rounds`` turns in one process, files in the system's cache; by the clock, and of the
processor (a busy machine changes it less). The items are those of the bank again, under other ids.
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


def seconds(own_items: list[Path]) -> tuple[float, float]:
    """Time of one load, by the clock and of the processor."""
    start = time.perf_counter(), time.process_time()
    load_content(course_root(), own_items)
    return time.perf_counter() - start[0], time.process_time() - start[1]


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
    for place, clock in enumerate(("by the clock", "of the processor")):
        alone = statistics.median(first[place] for first, _ in turns)
        both = statistics.median(second[place] for _, second in turns)
        added = statistics.median(second[place] - first[place] for first, second in turns)
        print(
            f"{clock}: the course {alone:.2f} s, with {arguments.items} items {both:.2f} s; "
            f"they add {added:.2f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
