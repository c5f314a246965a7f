"""Expected capture within limits, what it costs the lawful, and the table that judges it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._chosen_capture import lawful_on_routes, on_routes
from ._flows import Flows, country_index, movement_of, sites_of
from ._run import ProgressArgument, call
from .errors import OptionError
from .frames import mark_unreleased

__all__ = ["Capture", "capture", "collateral_frontier", "lawful_stops"]


def capture(
    flows: Flows,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: pd.Series | None = None,
    most_stops: float | None = None,
    exchanges: int = 200,
    nodes: int = 5000,
    passages: float = 2e9,
    seconds: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Capture:
    """Place teams where they stop most journeys of evaders who know of none, and prove it.

    Greedy by what each site adds, exchanges of one site for another, then branch and bound. Sites
    of one group detect a journey once between them. Routes may be chosen by any model but
    recursive logit; where acyclic logit has too many to be listed, no proof is tried.

    Parameters
    ----------
    flows : Flows
        Loaded with sites.
    teams, budget : optional
        How many teams there are, and how much their sites may cost (``cost`` of `sites`); at
        least one of the two.
    stops : Series, optional
        Lawful travellers stopped by a team at each site, from `lawful_stops`.
    most_stops : float, optional
        How many of them may be stopped in all; needs `stops`.
    exchanges : int
        Exchanges at most.
    nodes, passages : optional
        Limits of the proof that give the same answer on every machine: parts looked at, and sites
        on ways visited while bounding them. 0 nodes: no proof is tried.
    seconds : float, optional
        Limit of the proof's time; answers then depend on the machine.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Capture

    Raises
    ------
    OptionError
        If the flows were loaded without sites or by recursive logit, the required sites do not
        keep the limits, or a limit is missing or makes no sense.

    Examples
    --------
    >>> from waywarden import examples, interdiction
    >>> plan = interdiction.capture(examples.border_flows(), teams=2)
    >>> plan.status, len(plan.points)
    ('optimal', 2)
    >>> bool(plan.bound <= 100 * 0.5)
    True
    """
    found = call(
        *on_routes(flows, _engine.capture_placement, _engine.capture_on_routes),
        **limits_of(flows, teams, budget, stops, most_stops),
        exchanges=exchanges,
        nodes=nodes,
        passages=passages,
        seconds=seconds,
        progress=progress,
        threads=threads,
    )
    return Capture(flows, found)


class Capture:
    """Teams at sites for evaders who know of none, a nested list.

    Attributes
    ----------
    bound : float
        No placement within the limits stops more journeys.
    status : str
        ``optimal`` where that is proved of this one, ``limit`` where the proof ended early, else
        ``gap``.

    Parameters
    ----------
    flows, found
        Use `capture`.
    """

    def __init__(self, flows: Flows, found: dict[str, Any]) -> None:
        self._flows = flows
        self._columns: dict[str, Any] = found["columns"]
        self.bound: float = found["bound"]
        self.status: str = found["status"]

    def __repr__(self) -> str:
        caught = self._columns["caught"]
        stopped = caught[-1] if len(caught) else 0.0
        return (
            f"<Capture: {len(caught)} teams stop {stopped:g} journeys, "
            f"bound {self.bound:g}, {self.status}>"
        )

    @cached_property
    def points(self) -> geopandas.GeoDataFrame:
        """The sites chosen, by what each adds to those before it; as ``points`` of a placement."""
        return chosen_sites(self._flows, self._columns)

    def table(
        self, *, aware_share: float = 0.5, progress: ProgressArgument = None, threads: int = 0
    ) -> pd.DataFrame:
        """Judge the placement site by site.

        Parameters
        ----------
        aware_share : float
            Share of the evaders who would learn of the teams.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        DataFrame
            As the ``table`` of a placement.
        """
        return judged(
            self._flows, self._columns, aware_share, self.bound, self.status, progress, threads
        )


def lawful_stops(
    lawful: Flows,
    *,
    specificity: float = 0.98,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.Series:
    """Count the lawful travellers that a team at each site would stop.

    Parameters
    ----------
    lawful : Flows
        Lawful movement, loaded with the same sites as the evaders.
    specificity : float
        Chance, 0 to 1, that a team lets a lawful traveller pass.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Series
        By site: travellers x hours worked x (1 - specificity).

    Raises
    ------
    OptionError
        If the flows were loaded without sites, or for a specificity outside 0 to 1.

    Examples
    --------
    A team lets 98 of 100 lawful travellers pass:

    >>> from waywarden import examples, interdiction
    >>> lawful = examples.border_flows(journeys=10_000)
    >>> round(float(interdiction.lawful_stops(lawful).sum()), 6)
    200.0
    """
    sites = sites_of(lawful)
    found = call(
        *lawful_on_routes(lawful),
        specificity=specificity,
        progress=progress,
        threads=threads,
    )
    return pd.Series(found, index=sites.table.index, name="stops")


def collateral_frontier(
    flows: Flows,
    stops: pd.Series,
    *,
    teams: int | None = None,
    budget: float | None = None,
    points: int = 20,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Weigh journeys captured against lawful travellers stopped.

    Parameters
    ----------
    flows : Flows
        Loaded with sites.
    stops : Series
        From `lawful_stops`.
    teams, budget : optional
        As for `capture`.
    points : int
        Prices per stop that are tried.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    DataFrame
        One row per placement that no other beats in both: ``stops``, ``caught``,
        ``stops_per_capture``, ``bound`` (no placement with as few stops captures more), ``price``
        (captures that a stop was to be worth) and ``sites`` (ids).

    Examples
    --------
    >>> from waywarden import examples, interdiction
    >>> stops = interdiction.lawful_stops(examples.border_flows(journeys=10_000))
    >>> frontier = interdiction.collateral_frontier(examples.border_flows(), stops, teams=2)
    >>> bool(frontier["caught"].is_monotonic_increasing), int(frontier["sites"].iloc[-1].__len__())
    (True, 2)
    """
    if teams is None and budget is None:
        raise OptionError("say how many teams there are, or what they may cost")
    found = call(
        *on_routes(flows, _engine.collateral_frontier, _engine.frontier_on_routes),
        teams=teams,
        budget=budget,
        stops=_per_site(flows, stops).tolist(),
        points=points,
        progress=progress,
        threads=threads,
    )
    ids = sites_of(flows).table.index.to_numpy()
    chosen = [ids[positions].tolist() for positions in found.pop("sites")]
    order = ["stops", "caught", "stops_per_capture", "bound", "price"]
    frame = pd.DataFrame({name: found[name] for name in order})
    return mark_unreleased(frame.assign(sites=chosen))


def chosen_sites(flows: Flows, columns: dict[str, Any]) -> geopandas.GeoDataFrame:
    """Return the rows of the sites chosen, by rank, with their figures."""
    table = sites_of(flows).table.reset_index().rename(columns={"id": "site"})
    chosen = table.iloc[columns["site"]].reset_index(drop=True)
    figures = {name: values for name, values in columns.items() if name != "site"}
    chosen = chosen.assign(**figures)
    chosen.index = pd.RangeIndex(1, len(chosen) + 1, name="rank")
    return mark_unreleased(chosen)


def judged(
    flows: Flows,
    columns: dict[str, Any],
    aware_share: float,
    bound: float,
    status: str,
    progress: ProgressArgument,
    threads: int,
) -> pd.DataFrame:
    """Return one row per team: what it adds, what would survive, and who goes where."""

    def moved(positions: list[int], share: float) -> dict[str, Any]:
        return call(
            _engine.displacement,
            movement_of(flows),
            flows.engine,
            positions,
            aware_share=share,
            risk_aversion=flows.costs.risk_aversion,
            progress=progress,
            threads=threads,
        )

    teams = columns["site"].tolist()
    crossings, countries = flows.network.crossings.index, country_index(flows.network)
    survives = _share_left(moved(teams, 1.0)["site"], teams)
    rows = []
    for team in teams:
        alone = moved([team], aware_share)
        crossing, more_there = _largest_increase(alone["crossing"], crossings)
        country, more_in = _largest_increase(alone["country_inflow"], countries)
        rows.append((crossing, more_there, country, more_in))
    frame = pd.DataFrame(
        rows, columns=["to_crossing", "crossing_increase", "to_country", "country_increase"]
    )
    frame.insert(0, "site", sites_of(flows).table.index.to_numpy()[columns["site"]])
    frame.insert(1, "name", sites_of(flows).table["name"].to_numpy()[columns["site"]])
    frame.insert(2, "adds", columns["gain"])
    frame.insert(3, "cumulative", columns["caught"])
    frame.insert(4, "survives", survives)
    frame = frame.assign(bound=bound, status=status)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="rank")
    frame = mark_unreleased(frame)
    frame.attrs["notice"] = inflow_notice(moved(teams, aware_share)["country_inflow"], countries)
    return frame


def _share_left(sites: dict[str, Any], teams: list[int]) -> np.ndarray:
    """Journeys through each site when all know of all teams, as a share of those before."""
    before, after = sites["before"][teams], sites["after"][teams]
    return np.divide(after, before, out=np.zeros(len(teams)), where=before > 0)


def _largest_increase(columns: dict[str, Any], labels: pd.Index) -> tuple[str | None, float]:
    raised = np.flatnonzero(columns["increased"])
    if len(raised) == 0:
        return None, 0.0
    most = raised[np.argmax(columns["change"][raised])]
    return str(labels[most]), float(columns["change"][most])


def inflow_notice(inflow: dict[str, Any], countries: pd.Index) -> str:
    """Return a sentence that names the countries whose inflow rises; empty if none's does."""
    raised = [
        f"{countries[i] or 'outside every country'} by {inflow['change'][i]:.3g} journeys"
        for i in np.flatnonzero(inflow["increased"])
    ]
    return "Raises the inflow into " + ", ".join(raised) + "." if raised else ""


def limits_of(
    flows: Flows,
    teams: int | None,
    budget: float | None,
    stops: pd.Series | None,
    most_stops: float | None,
) -> dict[str, Any]:
    """Return what a placement may use, as the engine takes it."""
    sites_of(flows)
    if teams is None and budget is None:
        raise OptionError("say how many teams there are, or what they may cost")
    if (stops is None) != (most_stops is None):
        raise OptionError("stops and most_stops need each other")
    most = None if stops is None else (_per_site(flows, stops).tolist(), most_stops)
    return {"teams": teams, "budget": budget, "stops": most}


def _per_site(flows: Flows, stops: pd.Series) -> np.ndarray:
    index = sites_of(flows).table.index
    if not index.isin(stops.index).all():
        raise OptionError("stops are not those of the sites the flows were loaded with")
    return stops.reindex(index).to_numpy(dtype=float)
