"""What the programs have reported on one graph."""

from collections import defaultdict
from dataclasses import dataclass

OURS = "waywarden"


@dataclass(frozen=True)
class Figure:
    """A median of some runs, in the task's unit."""

    value: float
    runs: int


class Records:
    """Figures by task and who, and why there are none."""

    def __init__(self):
        self.figures = {}
        self.not_run = {}
        self._sums = defaultdict(dict)

    def add(self, lines):
        """Add what a program has printed, see `report` in measuring.h."""
        for line in lines.splitlines():
            task, who, value, runs, total = line.split("\t")
            self.figures[task, who] = Figure(float(value), int(runs))
            if int(total):
                self._sums[task][who] = int(total)

    def value(self, task, who=OURS):
        return self.figures[task, who].value

    def check(self):
        """Raise `ValueError` where two have found different answers to one task."""
        # Costs do not depend on how the metric is stored.
        sums = self._sums | {"pair": self._sums["pair"] | self._sums["pair_perfect"]}
        for task, by_who in sums.items():
            if len(set(by_who.values())) > 1:
                raise ValueError(f"{task}: the sums of answers differ: {by_who}")
