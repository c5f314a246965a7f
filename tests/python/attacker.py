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

    def share(self, cell: int, others, *, all_of_it: bool) -> None:
        """Take in that the records of a cell are in, or among, those shares of it."""
        row = {cell: 1.0} | dict.fromkeys(others, -1.0)
        if all_of_it:
            self.equalities.append((row, 0.0))
        else:
            self.inequalities.append(({v: -w for v, w in row.items()}, 0.0))

    def overlap(self, first: range, second: range, pairs, *, first_inside, second_inside) -> None:
        """Take in which cells can share records, and of which cells the other table has all."""
        shares: dict[int, list[int]] = {cell: [] for cell in (*first, *second)}
        for a, b in sorted(set(pairs)):
            share = len(self.lows)
            self.lows.append(0.0)
            self.highs.append(np.inf)
            shares[first[a]].append(share)
            shares[second[b]].append(share)
        for cells, inside in ((first, first_inside), (second, second_inside)):
            for row, cell in enumerate(cells):
                self.share(
                    cell, shares[cell], all_of_it=bool(np.broadcast_to(inside, len(cells))[row])
                )

    def fact(self, terms, low: float, high: float) -> None:
        """Take in low <= sum of weight x cell <= high."""
        row = dict(terms)
        if np.isfinite(high):
            self.inequalities.append((row, high))
        if np.isfinite(low):
            self.inequalities.append(({v: -w for v, w in row.items()}, -low))

    def determined(self) -> np.ndarray:
        """Return which unknowns the equalities determine."""
        free, matrix, _ = self._open_equalities()
        _, scale, rows = np.linalg.svd(np.linalg.qr(matrix, "r"), full_matrices=True)
        rank = int((scale > 1e-9 * max(1.0, scale.max(initial=0.0))).sum())
        out = np.ones(len(self.lows), dtype=bool)
        out[free] = np.abs(rows[rank:]).max(axis=0, initial=0.0) < 1e-9
        return out

    def least_squares(self) -> np.ndarray:
        """Return the shortest vector of unknowns that fits the equalities."""
        free, matrix, rest = self._open_equalities()
        out = np.array(self.lows)
        out[free] = np.linalg.lstsq(matrix, rest, rcond=None)[0]
        return out

    def range_of(self, unknown: int) -> tuple[float, float]:
        """Return the least and the greatest value that the unknown can have."""
        program = _Program(self)
        ends = [program.best({unknown: sign})[unknown] for sign in (-1.0, 1.0)]
        return ends[0], ends[1]

    def kept_above(self, cells, level: float) -> list[int]:
        """Return the cells that cannot be as low as the level."""
        return self._out_of_reach(cells, -level, -1.0)

    def kept_below(self, cells, level: float) -> list[int]:
        """Return the cells that cannot be as high as the level."""
        return self._out_of_reach(cells, level, 1.0)

    def _out_of_reach(self, cells, level: float, sign: float) -> list[int]:
        """One point of the program shows many cells at once; those left are tried one by one."""
        program, left, out = _Program(self), set(cells), []
        together = True
        while left:
            tried = sorted(left) if together else [min(left)]
            point = program.best(dict.fromkeys(tried, sign), level)
            reached = {cell for cell in left if sign * point[cell] >= level - 1e-6}
            left -= reached
            together = together and bool(reached)
            if not together and len(tried) == 1 and tried[0] in left:
                left.remove(tried[0])
                out.append(tried[0])
        return out

    def _open_equalities(self):
        lows, highs = np.array(self.lows), np.array(self.highs)
        free = np.flatnonzero(lows != highs)
        known = np.where(lows == highs, lows, 0.0)
        matrix, bounds = _matrix(self.equalities, len(lows))
        return free, matrix[:, free].toarray(), bounds - matrix @ known


class _Program:
    """The attacker's knowledge as a linear program."""

    def __init__(self, known: Attacker) -> None:
        self.bounds = np.c_[known.lows, known.highs]
        self.size = len(known.lows)
        self.a_eq, self.b_eq = _matrix(known.equalities, self.size)
        self.a_ub, self.b_ub = _matrix(known.inequalities, self.size)

    def best(self, signs: dict[int, float], enough: float = np.inf) -> np.ndarray:
        """Return a possible point with the greatest sum of min(sign x cell, enough)."""
        from scipy.optimize import linprog
        from scipy.sparse import bmat, coo_matrix

        cells = np.array(list(signs))
        rows = np.arange(len(cells))
        weight = np.array(list(signs.values()))
        # One more unknown per cell: at most sign x cell, and at most enough.
        limit = coo_matrix((-weight, (rows, cells)), (len(cells), self.size))
        one = coo_matrix((np.ones(len(cells)), (rows, rows)))
        a_ub = bmat([[self.a_ub, None], [limit, one]], "csr")
        a_eq = bmat([[self.a_eq, coo_matrix((self.a_eq.shape[0], len(cells)))]], "csr")
        b_ub = np.r_[self.b_ub, np.zeros(len(cells))]
        bounds = np.r_[self.bounds, np.tile([-np.inf, min(enough, 1e9)], (len(cells), 1))]
        goal = np.r_[np.zeros(self.size), -np.ones(len(cells))]
        answer = linprog(goal, a_ub, b_ub, a_eq, self.b_eq, bounds, "highs")
        assert answer.status == 0, answer.message
        point = answer.x[: self.size]
        self.check(point)
        return point

    def check(self, point: np.ndarray) -> None:
        """Assert that a point is possible."""
        assert (point >= self.bounds[:, 0] - 1e-6).all()
        assert (point <= self.bounds[:, 1] + 1e-6).all()
        assert np.abs(self.a_eq @ point - self.b_eq).max(initial=0.0) < 1e-5
        assert (self.a_ub @ point - self.b_ub).max(initial=0.0) < 1e-5


def _matrix(rows, size):
    from scipy.sparse import csr_matrix

    at = np.repeat(np.arange(len(rows)), [len(terms) for terms, _ in rows])
    columns = [variable for terms, _ in rows for variable in terms]
    weights = [weight for terms, _ in rows for weight in terms.values()]
    matrix = csr_matrix((weights, (at, columns)), (len(rows), size))
    return matrix, np.array([bound for _, bound in rows])
