"""Expected journeys between places: stated, or estimated by one of several models."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = ["Demand", "gravity", "intervening", "radiation", "stated"]


class Demand:
    """Expected journeys between places over the period of the study.

    Attributes
    ----------
    total : float
        Journeys in all.
    unreachable_pairs : int
        Pairs of places that no route joins, and so have no journeys.
    pairs_beyond_cutoff : int
        Pairs left out because their cheapest route costs more than the cutoff.
    share_beyond_cutoff : float
        Their share of the products of weights (source times destination) of all joined pairs.

    Parameters
    ----------
    engine : _engine.Demand
        Use `gravity`, `radiation`, `intervening` or `stated`.
    network : Network
    found : optional
        What the engine said of it.
    again : tuple, optional
        The engine's costs and model, to estimate it anew.
    """

    def __init__(
        self,
        engine: _engine.Demand,
        network: Network,
        found: Any = None,
        again: tuple[_engine.Skim, _engine.DemandModel] | None = None,
    ) -> None:
        self.engine = engine
        self.total: float = engine.total()
        self.unreachable_pairs: int = getattr(found, "unreachable_pairs", 0)
        self.pairs_beyond_cutoff: int = getattr(found, "pairs_beyond_cutoff", 0)
        self.share_beyond_cutoff: float = getattr(found, "share_beyond_cutoff", 0.0)
        self.network = network
        self.again = again

    def __repr__(self) -> str:
        return f"<Demand: {self.total:g} journeys in {len(self.engine)} pairs>"

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row per pair: ids of ``origin`` and ``destination``, ``journeys``."""
        columns = self.engine.columns()
        ids = self.network.places.index.to_numpy()
        frame = pd.DataFrame(
            {
                "origin": ids[columns["origin"]],
                "destination": ids[columns["destination"]],
                "journeys": columns["journeys"],
            }
        )
        return mark_unreleased(frame)


def gravity(
    network: Network,
    costs: Costs,
    *,
    function: str = "exponential",
    decay: float = 1.0,
    exponent: float = 0.0,
    constraint: str = "none",
    total: float | None = None,
    cutoff: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Demand:
    """Estimate demand from the places' weights and the cheapest costs between them.

    Parameters
    ----------
    network : Network
        With places that have source and destination weights.
    costs : Costs
    function : {"exponential", "power", "tanner"}
        How journeys fall with x, cost over the median cost: ``exp(-decay * x)``, ``x ** -decay`` or
        ``x ** exponent * exp(-decay * x)``.
    decay, exponent : float
        `calibrate_demand` estimates them from observed journeys.
    constraint : {"none", "production", "attraction", "both"}
        Whether what leaves each place is fitted to its source weight, what arrives to its
        destination weight, or both.
    total : float, optional
        Journeys in all; weights then count relative to each other.
    cutoff : float, optional
        Leave out pairs whose cheapest route costs more, in money, and do not keep their costs: for
        thousands of places. How much that is stands in the result.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Demand

    Raises
    ------
    OptionError
        For options that make no sense, or margins that cannot be met; the message names the places.

    Examples
    --------
    >>> from waywarden import examples, flow, risk
    >>> network = examples.borderland()
    >>> flow.gravity(network, risk.costs(network), total=100)
    <Demand: 100 journeys in 1 pairs>
    """
    options = {"function": function, "decay": decay, "exponent": exponent}
    model = _engine.gravity_model(**options, constraint=constraint, total=total)
    return _estimated(network, costs, model, cutoff, progress, threads)


def radiation(
    network: Network,
    costs: Costs,
    *,
    constraint: str = "none",
    total: float | None = None,
    cutoff: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Demand:
    """Estimate demand by the radiation model (Simini et al., Nature 484, 2012).

    Who leaves takes the nearest opportunity that is better than all at home. Opportunities are
    destination weights; those at home are the source weight, scaled so that both have one sum.
    There is nothing to calibrate.

    Parameters
    ----------
    network, costs, constraint, total, cutoff, progress, threads
        As for `gravity`. Without constraint and total, as many leave each place that reaches
        anything as its source weight says.

    Returns
    -------
    Demand

    Examples
    --------
    >>> import geopandas, shapely.geometry as shapes
    >>> from waywarden import network as nw, risk
    >>> towns = geopandas.GeoDataFrame(
    ...     {"people": [20, 30, 50]},
    ...     geometry=[shapes.Point(x, 27.0) for x in (83, 84, 86)],
    ...     index=["a", "b", "c"], crs=4326)
    >>> roads = [shapes.LineString([(83, 27), (84, 27)]), shapes.LineString([(84, 27), (86, 27)])]
    >>> network = nw.build(
    ...     nw.links(geopandas.GeoDataFrame(geometry=roads, crs=4326)),
    ...     nw.places(towns, source_weight="people", destination_weight="people"))
    >>> radiation(network, risk.costs(network)).pairs.head(2)
      origin destination   journeys
    0      b           a   17.142857
    1      c           a  12.500000
    """
    model = _engine.radiation_model(constraint=constraint, total=total)
    return _estimated(network, costs, model, cutoff, progress, threads)


def intervening(
    network: Network,
    costs: Costs,
    *,
    acceptance: float = 2.0,
    constraint: str = "none",
    total: float | None = None,
    cutoff: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Demand:
    """Estimate demand by intervening opportunities (Schneider, 1959).

    Who leaves considers opportunities one by one, the cheapest to reach first, and accepts each
    with the same small chance.

    Parameters
    ----------
    acceptance : float
        A share v of all opportunities is passed without accepting one with chance
        ``exp(-acceptance * v)``; above 0.
    network, costs, constraint, total, cutoff, progress, threads
        As for `gravity`. Without constraint and total, as many leave each place that reaches
        anything as its source weight says.

    Returns
    -------
    Demand

    Examples
    --------
    >>> from waywarden import examples, flow, risk
    >>> network = examples.borderland()
    >>> flow.intervening(network, risk.costs(network), total=100)
    <Demand: 100 journeys in 1 pairs>
    """
    model = _engine.intervening_model(acceptance=acceptance, constraint=constraint, total=total)
    return _estimated(network, costs, model, cutoff, progress, threads)


def stated(
    network: Network,
    costs: Costs,
    flows: pd.DataFrame,
    *,
    origin: str = "origin",
    destination: str = "destination",
    journeys: str = "journeys",
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Demand:
    """Take demand as it is given, e.g. observed counts.

    Parameters
    ----------
    network : Network
    costs : Costs
    flows : DataFrame
        One row per flow; several of one pair are added up, those within one place left out.
    origin, destination : str
        Columns with ids of places.
    journeys : str
        Column with the number of journeys.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Demand

    Raises
    ------
    InputError
        If an origin or destination is no place of the network.
    OptionError
        For journeys that are negative or not finite.

    Examples
    --------
    >>> import pandas
    >>> from waywarden import examples, flow, risk
    >>> network = examples.borderland()
    >>> rows = pandas.DataFrame({"origin": ["east"], "destination": ["west"], "journeys": [30]})
    >>> flow.stated(network, risk.costs(network), rows)
    <Demand: 30 journeys in 1 pairs>
    """
    found = _engine.stated_demand(
        *flow_columns(network, flows, origin, destination, journeys),
        skim(network, costs, None, progress, threads),
    )
    return Demand(found.demand, network, found)


def skim(
    network: Network,
    costs: Costs,
    cutoff: float | None,
    progress: ProgressArgument,
    threads: int,
) -> _engine.Skim:
    """Return the cheapest costs between all places, or those up to a cutoff."""
    return call(
        _engine.skim,
        network.core,
        costs.engine,
        network.engine_places,
        cutoff=cutoff,
        progress=progress,
        threads=threads,
    )


def positions(network: Network, ids: pd.Series, column: str) -> np.ndarray:
    """Return the positions of places by their ids."""
    positions = network.places.index.get_indexer(ids.astype(str))
    if (positions < 0).any():
        unknown = str(ids[positions < 0].iloc[0])
        raise InputError(f"column '{column}' names a place that is none", feature=unknown)
    return positions.astype(np.int64)


def flow_columns(
    network: Network, flows: pd.DataFrame, origin: str, destination: str, journeys: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the positions of a flow's places, and its journeys."""
    return (
        positions(network, flows[origin], origin),
        positions(network, flows[destination], destination),
        flows[journeys].to_numpy(dtype=float),
    )


def _estimated(
    network: Network,
    costs: Costs,
    model: _engine.DemandModel,
    cutoff: float | None,
    progress: ProgressArgument,
    threads: int,
) -> Demand:
    between = skim(network, costs, cutoff, progress, threads)
    found = call(
        _engine.model_demand,
        network.engine_places,
        between,
        model,
        progress=progress,
        threads=threads,
    )
    return Demand(found.demand, network, found, again=(between, model))
