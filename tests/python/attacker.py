"""An attacker on releases, independent of the engine: least squares, and linear programs by scipy.

Knows what is published, the sum of every count column, which rows of two tables can share records,
and what classes give away. Tells of each hidden count what it can be.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Attacker:
    """Collects what is known as equalities and inequalities over all counts.

    Unknowns are the cells of all tables, one after another, then the records shared by two rows.
    """

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    equalities: list[tuple[dict[int, float], float]] = field(default_factory=list)
    inequalities: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def see(self, counts, total: int, at_least: int) -> range:
        """Take in a published column, NaN where suppressed, and its sum; return its cells."""
        counts = np.asarray(counts, dtype=float)
        first = len(self.lows)
        hidden = np.isnan(counts)
        self.lows += np.where(hidden, at_least, counts).tolist()
        self.highs += np.where(hidden, np.inf, counts).tolist()
        cells = range(first, first + len(counts))
        self.equalities.append((dict.fromkeys(cells, 1.0), float(total)))
        return cells

    def overlap(
        self, first: range, second: range, pairs, *, first_complete, second_complete
    ) -> None:
        """Take in which cells can share records."""
        shares: dict[int, list[int]] = {cell: [] for cell in (*first, *second)}
        for a, b in sorted(set(pairs)):
            share = len(self.lows)
            self.lows.append(0.0)
            self.highs.append(np.inf)
            shares[first[a]].append(share)
            shares[second[b]].append(share)
        for cells, other_complete in ((first, second_complete), (second, first_complete)):
            for cell in cells:
                row = {cell: 1.0} | dict.fromkeys(shares[cell], -1.0)
                if other_complete:
                    self.equalities.append((row, 0.0))
                else:
                    self.inequalities.append(({v: -w for v, w in row.items()}, 0.0))

    def fact(self, terms, low: float, high: float) -> None:
        """Take in low <= sum of weight x cell <= high."""
        row = dict(terms)
        if np.isfinite(high):
            self.inequalities.append((row, high))
        if np.isfinite(low):
            self.inequalities.append(({v: -w for v, w in row.items()}, -low))

    def determined(self) -> np.ndarray:
        """Return which unknowns the equalities determine, by least squares."""
        size = len(self.lows)
        fixed = [({v: 1.0}, self.lows[v]) for v in range(size) if self.lows[v] == self.highs[v]]
        matrix, _ = _dense([*self.equalities, *fixed], size)
        _, scale, rows = np.linalg.svd(matrix, full_matrices=True)
        rank = int((scale > 1e-9 * max(1.0, scale.max(initial=0.0))).sum())
        return np.abs(rows[rank:]).max(axis=0, initial=0.0) < 1e-9

    def range_of(self, unknown: int) -> tuple[float, float]:
        """Return the least and the greatest value that the unknown can have."""
        from scipy.optimize import linprog

        size = len(self.lows)
        goal = np.zeros(size)
        goal[unknown] = 1.0
        a_eq, b_eq = _sparse(self.equalities, size)
        a_ub, b_ub = _sparse(self.inequalities, size) if self.inequalities else (None, None)
        ends = []
        for sign in (1.0, -1.0):
            answer = linprog(
                sign * goal, a_ub, b_ub, a_eq, b_eq, list(zip(self.lows, self.highs)), "highs"
            )
            assert answer.status in (0, 3), answer.message
            ends.append(sign * answer.fun if answer.status == 0 else -sign * np.inf)
        return ends[0], ends[1]


def _dense(rows, size):
    matrix = np.zeros((len(rows), size))
    for at, (terms, _) in enumerate(rows):
        for variable, weight in terms.items():
            matrix[at, variable] = weight
    return matrix, np.array([bound for _, bound in rows])


def _sparse(rows, size):
    from scipy.sparse import csr_matrix

    matrix, bounds = _dense(rows, size)
    return csr_matrix(matrix), bounds
