"""Gi* classes from their published definition, with plain numpy, and what a class says of counts.

p is two-sided, from the exact distribution of the sum of as many of the other counts, drawn without
replacement; q is Benjamini and Hochberg's; a class needs the neighbours' sum and the sum with the
cell itself on the same side.
"""

from __future__ import annotations

from math import comb

import numpy as np

LEVELS = {"99": 0.01, "95": 0.05, "90": 0.10}


class Definition:
    """What the strongest attacker knows: all about the statistic but whose count is which."""

    def __init__(self, counts: np.ndarray, neighbours: list[list[int]]) -> None:
        self.counts, self.neighbours = counts, neighbours
        self.mean = counts.mean()
        self.sums = np.array([counts[near].sum() for near in neighbours])
        self.most = int(2 * self.sums.max() + 64)
        self.largest = max(map(len, neighbours))
        tails = {count: self._tails(count) for count in np.unique(counts)}
        both = np.array([tails[c][:, len(near), s] for c, near, s in self._rows()])
        self.lower, self.upper = both.T
        self.p = np.minimum(1.0, 2.0 * both.min(axis=1))
        self.tails = tails
        order = np.sort(self.p)
        steps = np.arange(1, len(order) + 1) / len(order)
        passed = {name: np.flatnonzero(order <= level * steps) for name, level in LEVELS.items()}
        # Rejected is where p is at most this; if none is, the least p is above it.
        self.bounds = {
            name: LEVELS[name] * steps[rows[-1] if len(rows) else 0]
            for name, rows in passed.items()
        }

    def _rows(self):
        return zip(self.counts, self.neighbours, self.sums)

    def _tails(self, left_out: int) -> np.ndarray:
        """P(sum <= s) and P(sum >= s), by number drawn and s, from all counts but one."""
        others = list(self.counts)
        others.remove(left_out)
        zeros = others.count(0)
        ways = np.zeros((self.largest + 1, self.most + 1))
        ways[:, 0] = [comb(zeros, drawn) for drawn in range(self.largest + 1)]
        for value in (v for v in others if v > 0):
            ways[1:, value:] += ways[:-1, : self.most + 1 - value].copy()
        whole = np.array([[comb(len(others), drawn)] for drawn in range(self.largest + 1)], float)
        share = ways / whole
        at_most = share.cumsum(axis=1)
        return np.stack([at_most, 1.0 - at_most + share])

    def classes(self) -> list[str]:
        """Return the class of each row."""
        out = []
        for row, (own, near, total) in enumerate(self._rows()):
            above = total + own - self.mean * (len(near) + 1)
            hot = above > 0 and self.upper[row] < self.lower[row]
            cold = above < 0 and self.lower[row] < self.upper[row]
            reached = [n for n in LEVELS if self.p[row] <= self.bounds[n]] if hot or cold else []
            out.append(f"{'hot' if hot else 'cold'}_{reached[0]}" if reached else "not_significant")
        return out

    def facts(self, row: int, name: str):
        """Yield (rows, low, high): what the class of a row says of the sum of their counts."""
        near = self.neighbours[row]
        lower, upper = self.tails[self.counts[row]][:, len(near)]
        high = {
            n: np.flatnonzero(2 * upper <= b).min(initial=self.most) for n, b in self.bounds.items()
        }
        low = {n: np.flatnonzero(2 * lower <= b).max(initial=-1) for n, b in self.bounds.items()}
        side, _, level = name.partition("_")
        expected = self.mean * (len(near) + 1)
        stricter = {"99": None, "95": "99", "90": "95"}.get(level)
        if side == "hot":
            yield near, high[level], high[stricter] - 1 if stricter else np.inf
            yield [*near, row], expected, np.inf
        elif side == "cold":
            yield near, low[stricter] + 1 if stricter else -np.inf, low[level]
            yield [*near, row], -np.inf, expected
        else:
            # Where the cell itself outweighs unusual neighbours, they may be beyond the bound.
            above, total = self.sums[row] + self.counts[row] - expected, self.sums[row]
            yield (
                near,
                low["90"] + 1 if total > low["90"] or above < 0 else -np.inf,
                high["90"] - 1 if total < high["90"] or above > 0 else np.inf,
            )
