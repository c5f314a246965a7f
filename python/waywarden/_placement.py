"""Teams where they stop most journeys, before evaders who know of none and evaders who partly do.

Nested lists by greedy gains; the bound is that of Nemhauser, Wolsey and Fisher (1978).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._capture import chosen_sites, judged, limits_of
from ._chosen_capture import UnawarePlacement, placed
from ._flows import MODES, Flows, country_index, movement_of
from ._run import ProgressArgument, call
from .frames import frame_of_columns, mark_unreleased

__all__ = ["Displacement", "Placement", "place"]


def place(
    flows: Flows,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: pd.Series | None = None,
    most_stops: float | None = None,
    aware_share: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Placement:
    """Place teams where they stop most journeys.

    Parameters
    ----------
    flows : Flows
        Loaded with sites.
    teams : int, optional
        10 where neither it nor a budget is given.
    budget, stops, most_stops : optional
        As for `capture`.
    aware_share : float
        Share of the evaders, 0 to 1, who learn where teams stand and take another way where that
        pays, minding teams as much as `waywarden.risk.costs` says. By default 0.5; how they reroute
        is known of sampled perception only, so on flows of another choice it is 0.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Placement

    Raises
    ------
    OptionError
        If the flows were loaded without sites, or by recursive logit, or the required sites do
        not keep the limits, or for aware evaders on flows of another choice than perception.

    Examples
    --------
    >>> from waywarden import examples, interdiction
    >>> plan = interdiction.place(examples.border_flows(), teams=2, aware_share=0.5)
    >>> bool(plan.points["caught"].iloc[-1] <= plan.bound)
    True
    >>> plan.table[["site", "adds", "survives"]].shape
    (2, 3)
    """
    if teams is None and budget is None:
        teams = 10
    limits = limits_of(flows, teams, budget, stops, most_stops)
    if flows.moving is None:
        aware = aware_share or 0.0
        return Placement(flows, placed(flows, limits, aware, progress, threads), limits, aware)
    aware_share = 0.5 if aware_share is None else aware_share
    found = call(
        _engine.place_teams,
        movement_of(flows),
        flows.engine,
        **limits,
        aware_share=aware_share,
        risk_aversion=flows.costs.risk_aversion,
        progress=progress,
        threads=threads,
    )
    return Placement(flows, found, limits, aware_share)


class Placement:
    """Teams at sites, best first.

    Attributes
    ----------
    model : str
        The evaders the teams are placed for: ``partly_aware``, or ``unaware`` if nobody is aware.
    bound : float
        No placement within the limits stops more journeys.
    status : str
        ``optimal`` where the bound is reached, else ``gap`` or ``limit``.

    Parameters
    ----------
    flows, found, limits, aware_share
        Use `place`.
    """

    def __init__(
        self,
        flows: Flows,
        found: _engine.Placements | UnawarePlacement,
        limits: dict[str, Any],
        aware_share: float,
    ) -> None:
        self.model = "partly_aware" if aware_share > 0 else "unaware"
        self._flows = flows
        self._found = found
        self._limits = limits
        self._aware_share = aware_share
        answer = found.placed_for(self.model)
        self._columns: dict[str, Any] = answer["columns"]
        self.bound: float = answer["bound"]
        self.status: str = answer["status"]

    def __repr__(self) -> str:
        caught = self._columns["caught"]
        stopped = caught[-1] if len(caught) else 0.0
        return f"<Placement: {len(caught)} teams stop {stopped:g} journeys, bound {self.bound:g}>"

    @cached_property
    def points(self) -> geopandas.GeoDataFrame:
        """The sites chosen, by rank.

        ``site`` (id) and the site's columns, ``gain`` (journeys it adds to those before it) and
        ``caught`` (of all teams up to here) with their standard errors ``gain_error`` and
        ``caught_error``, ``share`` (of all journeys).
        """
        return chosen_sites(self._flows, self._columns)

    @cached_property
    def table(self) -> pd.DataFrame:
        """What an analyst reads: one row per team, by rank.

        ``site``, ``name``, ``adds`` (journeys, to those before it), ``cumulative``, ``survives``
        (share of what it stops alone that it would still meet if all evaders knew of all teams),
        ``to_crossing`` and ``crossing_increase``, ``to_country`` and ``country_increase`` (where
        the aware evaders go most because of this team alone, and how many journeys more),
        ``bound`` and ``status`` of the placement. ``attrs["notice"]`` says first which countries'
        inflow the whole placement raises; it is empty if none.
        """
        return judged(
            self._flows,
            self._columns,
            self._aware_share,
            self.bound,
            self.status,
            progress=None,
            threads=0,
        )

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Each placement facing each kind of evader.

        ``placed_for``, ``facing``, ``caught``, ``caught_error``, ``share``, ``regret`` (journeys
        lost to the best placement known against the same evaders), ``bound``.
        """
        return frame_of_columns(self._found.outcomes(), "row")

    def rank_ranges(
        self,
        *,
        factor: float = 2.0,
        draws: int = 16,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> pd.DataFrame:
        """Rank the sites again under weaker and stronger assumptions.

        Parameters
        ----------
        factor : float
            Detection (as hazard), route noise and risk aversion are divided and multiplied by this,
            one at a time.
        draws : int
            Of each variant.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        DataFrame
            Per rank of `points`: ``rank_low`` (best) and ``rank_high`` (worst; missing where the
            site drops out).
        """
        found = call(
            _engine.rank_ranges,
            movement_of(self._flows),
            self._found,
            model=self.model,
            aware_share=self._aware_share,
            risk_aversion=self._flows.costs.risk_aversion,
            factor=factor,
            draws=draws,
            **self._limits,
            progress=progress,
            threads=threads,
        )
        frame = frame_of_columns(found, "row").set_index(self.points.index)
        return mark_unreleased(frame.astype({"rank_high": "Int64"}))

    def displacement(
        self,
        *,
        response: Mapping[str, Any] | None = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> Displacement:
        """Find where journeys go when the aware evaders react to the teams.

        Parameters
        ----------
        response : mapping, optional
            Options of `waywarden.flow.gravity` (``function``, ``decay``, ``constraint``,
            ``total``), an empty mapping for its defaults: demand of the aware evaders then changes
            with what the teams cost them, pair by pair as the gravity model says. Its decay is
            relative to the median cost: where all pairs become dearer alike, none loses demand.
            Without it, demand is fixed.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        Displacement
        """
        responds = response is not None
        found = call(
            _engine.responding_displacement if responds else _engine.displacement,
            movement_of(self._flows),
            self._flows.engine,
            self._columns["site"].tolist(),
            aware_share=self._aware_share,
            risk_aversion=self._flows.costs.risk_aversion,
            progress=progress,
            threads=threads,
            **(response or {}),
        )
        network = self._flows.network
        return Displacement(
            edges=mark_unreleased(network.edges.assign(**found["edge"])),
            crossings=mark_unreleased(network.crossings.assign(**found["crossing"])),
            sites=mark_unreleased(self._flows.sites.table.assign(**found["site"])),
            modes_km=_table(found["mode_km"], pd.Index(MODES, name="mode")),
            countries_km=_table(found["country_km"], country_index(network)),
            countries_inflow=_table(found["country_inflow"], country_index(network)),
        )


@dataclass(frozen=True)
class Displacement:
    """Attempted journeys after minus before, as frames.

    Each has ``before``, ``after``, ``change``, ``change_error`` (standard error of the change) and
    ``increased``: journeys on edges, crossings and sites, journey-kilometres per mode and country,
    journeys that enter each country from another.
    """

    edges: geopandas.GeoDataFrame
    crossings: geopandas.GeoDataFrame
    sites: geopandas.GeoDataFrame
    modes_km: pd.DataFrame
    countries_km: pd.DataFrame
    countries_inflow: pd.DataFrame


def _table(columns: dict[str, Any], index: pd.Index) -> pd.DataFrame:
    return mark_unreleased(pd.DataFrame(columns, index=index))
