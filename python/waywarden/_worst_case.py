"""Teams against evaders who know every one of them: the worst case, solved exactly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import InputError, OptionError


@dataclass(frozen=True)
class WorstCase:
    """Where teams stand so that the best ways past them are worst.

    Attributes
    ----------
    sites : list
        Labels of the sites that get a team.
    value : float
        Sum over the pairs of weight times evasion, evaluated along the true paths.
    bound : float
        No placement within the budget has a smaller sum.
    status : str
        ``optimal`` where value and bound are the same (to 1e-9), ``gap`` where they are within the
        gap asked for, ``limit`` where time or nodes ran out before.
    cost : float
        Of the teams.
    evasion : pandas.DataFrame
        The pairs, in their order: ``origin``, ``destination``, ``weight``, ``evasion``: the
        probability to get through unseen on the best path past the teams; 0 where there is no path.
    nodes, cuts : int
        Of the search.
    seconds : float
        It took.
    """

    sites: list[Hashable]
    value: float
    bound: float
    status: str
    cost: float
    evasion: pd.DataFrame
    nodes: int
    cuts: int
    seconds: float

    @property
    def gap(self) -> float:
        """How far the value may be above the least, relative to the value."""
        return (self.value - self.bound) / self.value if self.value > 0 else 0.0

    def __repr__(self) -> str:
        return (
            f"<WorstCase: {len(self.sites)} teams, value {self.value:g}, bound {self.bound:g}, "
            f"{self.status}>"
        )


class Contest:
    """Arcs, sites and pairs as the engine takes them; labels stay here.

    Parameters are those of `worst_case`.
    """

    def __init__(
        self,
        tail: Any,
        head: Any,
        evasion: Any,
        *,
        watched_evasion: Any,
        site: Any = None,
        origin: Any,
        destination: Any,
        weight: Any = None,
        budget: float,
        cost: Mapping[Hashable, float] | float = 1.0,
        required: Sequence[Hashable] = (),
        forbidden: Sequence[Hashable] = (),
    ) -> None:
        self._ends = [np.asarray(ends) for ends in (tail, head, origin, destination)]
        codes, labels = pd.factorize(np.concatenate(self._ends), sort=True)
        if (codes < 0).any():
            raise InputError("a node of an arc or a pair has no label")
        at = np.split(codes, np.cumsum([len(ends) for ends in self._ends])[:-1])
        watched = np.asarray(watched_evasion, dtype=float)
        self.weight = np.ones(len(at[2])) if weight is None else np.asarray(weight, dtype=float)
        site_codes, self.labels = _sites(watched, site)
        self.engine = _engine.worst_case_problem(
            len(labels),
            tail=at[0],
            head=at[1],
            evasion=np.asarray(evasion, dtype=float),
            watched_evasion=np.where(np.isnan(watched) & (site_codes < 0), 0.0, watched),
            site=site_codes,
            origin=at[2],
            destination=at[3],
            weight=self.weight,
            cost=self._costs(cost),
            state=self._states(required, forbidden),
            budget=float(budget),
        )

    @cached_property
    def _position(self) -> dict[Hashable, int]:
        return {label: position for position, label in enumerate(self.labels)}

    def _costs(self, cost: Mapping[Hashable, float] | float) -> np.ndarray:
        if not isinstance(cost, Mapping):
            return np.full(len(self.labels), float(cost))
        missing = [label for label in self.labels if label not in cost]
        if missing:
            raise OptionError(f"no cost for site {missing[0]!r}")
        return np.array([cost[label] for label in self.labels], dtype=float)

    def _states(self, required: Sequence[Hashable], forbidden: Sequence[Hashable]) -> list[str]:
        states = ["candidate"] * len(self.labels)
        for state, labels in (("required", required), ("forbidden", forbidden)):
            for label in labels:
                if label not in self._position:
                    raise OptionError(f"{state}: {label!r} is no site")
                if states[self._position[label]] not in ("candidate", state):
                    raise OptionError(f"site {label!r} is both required and forbidden")
                states[self._position[label]] = state
        return states

    def pairs(self, evasion: np.ndarray) -> pd.DataFrame:
        """Return the pairs with what they evade."""
        columns = {"origin": self._ends[2], "destination": self._ends[3], "weight": self.weight}
        return pd.DataFrame({**columns, "evasion": evasion})


def _sites(watched: np.ndarray, site: Any) -> tuple[np.ndarray, list[Hashable]]:
    """Site of each arc, -1 where there is none, and the labels of the sites."""
    if site is None:
        arcs = np.flatnonzero(~np.isnan(watched))
        codes = np.full(len(watched), -1)
        codes[arcs] = np.arange(len(arcs))
        return codes, arcs.tolist()
    codes, labels = pd.factorize(pd.Series(site, dtype=object), sort=False)
    return np.asarray(codes, dtype=np.int64), list(labels)


def worst_case(
    tail: Any,
    head: Any,
    evasion: Any,
    *,
    watched_evasion: Any,
    site: Any = None,
    origin: Any,
    destination: Any,
    weight: Any = None,
    budget: float,
    cost: Mapping[Hashable, float] | float = 1.0,
    required: Sequence[Hashable] = (),
    forbidden: Sequence[Hashable] = (),
    gap: float = 1e-4,
    time_limit: float = float("inf"),
    node_limit: int | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> WorstCase:
    """Place teams against evaders who know where all of them stand.

    Each pair takes the path of greatest evasion, the product over its arcs of the probability to
    pass unseen; teams are placed within the budget so that the weighted sum of these is least
    (maximum-reliability path interdiction: Pan and Morton 2008). Exact, by branch and cut.

    Parameters
    ----------
    tail, head : array-like
        Labels of the nodes that each directed arc joins.
    evasion : array-like of float
        Per arc, the probability to pass unseen where no team stands.
    watched_evasion : array-like of float
        The same with a team; NaN, or anything, where none can stand.
    site : array-like, optional
        Per arc, the label of the site from which a team watches it; None or NaN where none can. One
        team watches all arcs of its site. By default each arc with a ``watched_evasion`` is a site
        of its own, labelled by its position.
    origin, destination : array-like
        Nodes between which evaders move, a pair per row.
    weight : array-like of float, optional
        Journeys, or a probability, per pair; 1 by default.
    budget : float
        What all teams may cost.
    cost : mapping or float
        What a team costs at each site, by label; 1 by default.
    required, forbidden : sequence
        Labels of sites that must get a team, and that must not.
    gap : float
        Relative distance between value and bound at which the search may end.
    time_limit : float
        In seconds; the answer then has what bound there is.
    node_limit : int, optional
        Of the search.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    WorstCase

    Raises
    ------
    InputError
        For an arc, site or pair that cannot be used; it is named by its position.
    OptionError
        For a budget that does not pay for the required sites, a label that is no site, or a limit
        outside its domain.

    Examples
    --------
    Two roads into town, and a team for one of them:

    >>> answer = worst_case(
    ...     ["camp", "camp"],
    ...     ["town", "town"],
    ...     [0.9, 0.6],
    ...     watched_evasion=[0.3, 0.2],
    ...     site=["bridge", "ford"],
    ...     origin=["camp"],
    ...     destination=["town"],
    ...     budget=1,
    ... )
    >>> answer
    <WorstCase: 1 teams, value 0.6, bound 0.6, optimal>
    >>> answer.sites
    ['bridge']
    """
    contest = Contest(
        tail,
        head,
        evasion,
        watched_evasion=watched_evasion,
        site=site,
        origin=origin,
        destination=destination,
        weight=weight,
        budget=budget,
        cost=cost,
        required=required,
        forbidden=forbidden,
    )
    limits = {} if node_limit is None else {"nodes": node_limit}
    found = call(
        _engine.worst_case_placement,
        contest.engine,
        gap=gap,
        seconds=time_limit,
        progress=progress,
        threads=threads,
        **limits,
    )
    found["sites"] = [contest.labels[position] for position in found.pop("site")]
    found["evasion"] = contest.pairs(found["evasion"])
    return WorstCase(**found)
