"""Patrols that cannot be foreseen: how often to use which schedule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._flows import movement_of
from ._run import ProgressArgument, call
from .errors import InputError
from .flow import Flows
from .frames import mark_unreleased

__all__ = ["MixedPatrol", "evader_frames", "mixed_patrol"]


def mixed_patrol(
    arcs: pd.DataFrame,
    sites: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    teams: int = 1,
    shifts: int | Sequence[float] = 1,
    shift_choice: str = "given",
    travel_time: pd.DataFrame | None = None,
    longest_move: float = float("inf"),
    tolerance: float = 1e-4,
    rounds: int = 1000,
    time_limit: float = 60.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> MixedPatrol:
    """Mix schedules so that evaders who know how often each is used are detected most.

    A zero-sum game, solved by double oracle (McMahan, Gordon and Blum 2003). Evaders mind detection
    alone, not the length of the way. Each team sees a journey past its site once, independently of
    the others.

    Parameters
    ----------
    arcs : DataFrame
        Where evaders move: ``tail``, ``head`` (nodes, any labels of one kind) and ``site`` (an id,
        or missing where nobody can watch).
    sites : DataFrame
        By id: ``detection`` (0 to 1) and, if not one each, ``room`` (teams at a time).
    pairs : DataFrame
        ``origin``, ``destination`` (nodes) and ``journeys``; each pair chooses its own routes.
    teams : int
        Each is at one site in every shift. A team that may rest needs a site to rest at, on no arc.
    shifts : int or sequence of float
        Number of shifts, or the share of journeys in each.
    shift_choice : {"given", "chosen"}
        Whether journeys are spread over the shifts, or evaders choose theirs.
    travel_time : DataFrame, optional
        From each site (row) to each site (column); without, any move between shifts can be made.
    longest_move : float
        The longest travel time that fits between two shifts.
    tolerance : float
        How far apart the bounds may be, as a share of journeys.
    rounds : int
        After this many the search ends with the bounds it has.
    time_limit : float
        Or after so many seconds. A search ended by time may end elsewhere on another machine.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    MixedPatrol

    Raises
    ------
    InputError
        If an arc or a pair names a site or node that is none.
    OptionError
        For options out of their domain, and if no schedule meets the rules.

    Examples
    --------
    Two ways from A to B, one watched twice as well as the other. The value for one team is one over
    the maximum flow with capacities 1/p (Washburn and Wood 1995), here 1 / (1/0.5 + 1/0.25).

    >>> arcs = pd.DataFrame({"tail": ["A", "A"], "head": ["B", "B"], "site": ["bridge", "ford"]})
    >>> sites = pd.DataFrame({"detection": [0.5, 0.25]}, index=["bridge", "ford"])
    >>> pairs = pd.DataFrame({"origin": ["A"], "destination": ["B"], "journeys": [10.0]})
    >>> patrol = mixed_patrol(arcs, sites, pairs)
    >>> round(patrol.lower, 4), round(patrol.upper, 4)
    (0.1667, 0.1667)
    >>> patrol.coverage["teams"].round(4).to_dict()
    {(0, 'bridge'): 0.3333, (0, 'ford'): 0.6667}
    >>> len(patrol.roster(seed=1, days=7))
    7
    """
    sites = sites.sort_index()
    pairs = pairs.sort_values(["origin", "destination"], kind="stable")
    nodes = _nodes(arcs, pairs)
    share = [1.0] * shifts if isinstance(shifts, int) else [float(s) for s in shifts]
    found = call(
        _engine.mixed_patrol,
        len(nodes),
        nodes.get_indexer(arcs["tail"]),
        nodes.get_indexer(arcs["head"]),
        _site_positions(arcs["site"], sites.index),
        sites["detection"].to_numpy(dtype=float),
        nodes.get_indexer(pairs["origin"]),
        nodes.get_indexer(pairs["destination"]),
        pairs["journeys"].to_numpy(dtype=float),
        teams=teams,
        shift_share=share,
        shift_choice=shift_choice,
        room=sites["room"].astype(int).tolist() if "room" in sites else [],
        travel_time=_travel_times(travel_time, sites.index),
        longest_move=longest_move,
        tolerance=tolerance,
        rounds=rounds,
        time_limit=time_limit,
        progress=progress,
        threads=threads,
    )
    return MixedPatrol(found, sites.index, pairs, len(share))


class MixedPatrol:
    """How often which schedule is used, and bounds that hold whatever the other side does.

    Attributes
    ----------
    journeys : float
        Those with a route; shares are of them.
    lower, upper : float
        Share of journeys that this patrol detects at least, and that any patrol can detect at most
        against the evaders' `routes`.
    exploitability : float
        ``upper - lower``: what both sides could gain by better answers, together.
    status : str
        ``optimal`` within the tolerance, else ``gap`` or ``limit``.
    rounds : int
        Of the double oracle.

    Parameters
    ----------
    found, site_ids, pairs, shifts
        Use `mixed_patrol`.
    """

    def __init__(
        self, found: _engine.MixedPatrol, site_ids: pd.Index, pairs: pd.DataFrame, shifts: int
    ) -> None:
        self._found = found
        self._sites = site_ids.to_numpy(dtype=object)
        self._pairs = pairs
        self._shifts = shifts
        self.journeys: float = found.journeys
        self.lower: float = found.lower
        self.upper: float = found.upper
        self.exploitability: float = found.upper - found.lower
        self.status: str = found.status
        self.rounds: int = found.rounds

    def __repr__(self) -> str:
        return f"<MixedPatrol: detects {self.lower:.4f} to {self.upper:.4f} of {self.journeys:g}>"

    @cached_property
    def schedules(self) -> pd.DataFrame:
        """A row per ``schedule``, ``shift`` and ``team``: ``probability`` and ``site``."""
        return self._with_sites(self._found.schedules())

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Expected ``teams`` by ``shift`` and ``site``."""
        index = pd.MultiIndex.from_product(
            [range(self._shifts), self._sites], names=["shift", "site"]
        )
        return mark_unreleased(pd.DataFrame({"teams": self._found.coverage()}, index=index))

    @cached_property
    def routes(self) -> pd.DataFrame:
        """The evaders' answer: ``pair``, ``shift``, ``probability`` and ``sites`` in order."""
        columns = self._found.routes()
        frame = pd.DataFrame(
            {
                "pair": self._pairs.index.to_numpy()[columns["pair"]],
                "shift": columns["shift"],
                "probability": columns["probability"],
                "sites": site_tuples(columns, self._sites),
            }
        )
        return mark_unreleased(frame)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The pairs with ``detection`` (at least, against this patrol) and ``routed``."""
        return mark_unreleased(self._pairs.assign(**self._found.pairs()).sort_index())

    def roster(self, *, seed: int, days: int) -> pd.DataFrame:
        """Draw who stands where: a row per ``day``, ``shift`` and ``team``, with the ``site``.

        Parameters
        ----------
        seed : int
            Keep it to yourself. The same seed draws the same roster, and a longer one begins like a
            shorter one.
        days : int

        Returns
        -------
        DataFrame
        """
        return self._with_sites(self._found.roster(seed=seed, days=days))

    def _with_sites(self, columns: dict[str, Any]) -> pd.DataFrame:
        frame = pd.DataFrame(columns)
        return mark_unreleased(frame.assign(site=self._sites[columns["site"]]))


def evader_frames(flows: Flows) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return what `mixed_patrol` takes, for journeys on a network.

    Parameters
    ----------
    flows : Flows
        Loaded with sites. The routes it found play no part: evaders choose anew.

    Returns
    -------
    arcs, sites, pairs : DataFrame
        Arcs are the edges that are open. Forbidden sites have no room; a required state plays no
        part, as patrols move. Nodes are positions in ``network.nodes``.

    Raises
    ------
    OptionError
        If the flows were loaded without sites.

    Examples
    --------
    >>> from waywarden import examples, interdiction
    >>> arcs, sites, pairs = interdiction.evader_frames(examples.border_flows())
    >>> patrol = interdiction.mixed_patrol(arcs, sites, pairs, teams=2)
    >>> patrol.status, bool(patrol.lower > 0.1)
    ('optimal', True)
    """
    columns = _engine.watched_movement(movement_of(flows))
    table = flows.sites.table
    names = np.append(table.index.to_numpy(dtype=object), None)
    arcs = {"tail": columns["tail"], "head": columns["head"], "site": names[columns["site"]]}
    sites = pd.DataFrame(
        {
            "detection": table["detection"].to_numpy(),
            "room": (table["state"] != "forbidden").astype(int).to_numpy(),
        },
        index=pd.Index(table.index, name="site"),
    )
    pairs = {name: columns[name] for name in ("origin", "destination", "journeys")}
    frames = (pd.DataFrame(arcs), sites, pd.DataFrame(pairs))
    for frame in frames:
        mark_unreleased(frame)
    return frames


def site_tuples(columns: dict[str, Any], ids: np.ndarray) -> list[tuple[Any, ...]]:
    """Return the lists of sites that stand one after the other as tuples of ids."""
    named, ends = ids[columns["site"]], columns["end"]
    return [tuple(part) for part in np.split(named, ends[:-1])] if len(ends) else []


def _nodes(arcs: pd.DataFrame, pairs: pd.DataFrame) -> pd.Index:
    ends = [arcs["tail"], arcs["head"], pairs["origin"], pairs["destination"]]
    every = pd.concat(ends, ignore_index=True)
    if every.isna().any():
        raise InputError("an arc or a pair lacks a node")
    return pd.Index(every.unique()).sort_values()


def _site_positions(ids: pd.Series, index: pd.Index) -> np.ndarray:
    if not index.is_unique:
        raise InputError("two sites have one id", feature=str(index[index.duplicated()][0]))
    positions = index.get_indexer(ids)
    unknown = (positions < 0) & ids.notna().to_numpy()
    if unknown.any():
        raise InputError("an arc names a site that is none", feature=str(ids[unknown].iloc[0]))
    return positions.astype(np.int64)


def _travel_times(times: pd.DataFrame | None, index: pd.Index) -> np.ndarray:
    if times is None:
        return np.empty(0)
    missing = index.difference(times.index).union(index.difference(times.columns))
    if len(missing):
        raise InputError("a site has no travel times", feature=str(missing[0]))
    return times.loc[index, index].to_numpy(dtype=float).ravel()
