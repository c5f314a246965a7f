"""What the programs have reported on one graph."""

import statistics
from collections import defaultdict
from dataclasses import dataclass

OURS = "waywarden"


@dataclass(frozen=True)
class Figure:
    """A median, in the task's unit, and of how many runs."""

    value: float
    runs: int


class Records:
    """Figures by task and who, and why there are none."""

    def __init__(self):
        self.not_run = {}
        self._rounds = defaultdict(list)
        self._sums = defaultdict(dict)

    def add(self, lines):
        """Add what a program has printed in a round, see `report` in measuring.h.

        Lines of another kind are a library's own.
        """
        for line in lines.splitlines():
            if line.count("\t") != 4:
                continue
            task, who, value, runs, total = line.split("\t")
            self._rounds[task, who].append(Figure(float(value), int(runs)))
            if int(total):
                self._sums[task][who] = int(total)

    def figure(self, task, who=OURS):
        """Return the median over rounds, or None."""
        found = self._rounds.get((task, who))
        if not found:
            return None
        value = statistics.median(figure.value for figure in found)
        return Figure(value, sum(figure.runs for figure in found))

    def check(self):
        """Raise `ValueError` where two have found different answers to one task."""
        # Costs do not depend on how the metric is stored.
        sums = self._sums | {"pair": self._sums["pair"] | self._sums["pair_perfect"]}
        for task, by_who in sums.items():
            if len(set(by_who.values())) > 1:
                raise ValueError(f"{task}: the sums of answers differ: {by_who}")
