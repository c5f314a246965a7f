"""The gravity model's parameters, estimated from observed journeys."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from . import _engine
from ._demand import Demand, flow_columns, skim
from ._run import ProgressArgument, call
from .network import Network
from .risk import Costs

__all__ = ["DemandFit", "calibrate_demand"]


@dataclass(frozen=True)
class DemandFit:
    """A gravity model fitted to observed journeys.

    Attributes
    ----------
    parameters : DataFrame
        Indexed by name: ``constant``, ``source_exponent``, ``destination_exponent``, ``decay`` and
        ``exponent``, as far as they are estimated. ``estimate``; ``standard_error``, if the
        distribution is true; ``robust_error``, if only the means are (sandwich, HC0).
    fitted : Demand
        What the model says of every pair.
    common_part : float
        Share of journeys that observation and fit have in common (CPC): 1 where they are equal.
    overdispersion, overdispersion_error : float
        Of the negative binomial: variance = mean + overdispersion * mean ** 2.
    log_likelihood, deviance : float
    dispersion : float
        Pearson's: near 1 where the distribution is true; well above it, trust ``robust_error``.
    median_cost : float
        That decay is relative to, in money.
    observations, parameter_count : int
        Pairs, and estimates with the effects of places.
    unused_pairs, unused_journeys : int, float
        Observed between places that are no pair: not joined, without weight, or the same.
    """

    parameters: pd.DataFrame
    fitted: Demand
    common_part: float
    overdispersion: float
    overdispersion_error: float
    log_likelihood: float
    deviance: float
    dispersion: float
    median_cost: float
    observations: int
    parameter_count: int
    unused_pairs: int
    unused_journeys: float


def calibrate_demand(
    network: Network,
    costs: Costs,
    flows: pd.DataFrame,
    *,
    origin: str = "origin",
    destination: str = "destination",
    journeys: str = "journeys",
    function: str = "exponential",
    distribution: str = "poisson",
    constraint: str = "none",
    masses: str = "estimated",
    cutoff: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> DemandFit:
    """Estimate how journeys fall with cost, and grow with weights, from observed ones.

    The estimates of decay and exponent are those that `gravity` takes, with the same constraint.

    Parameters
    ----------
    network : Network
        All pairs of its places with weights that a route joins are observations.
    costs : Costs
    flows : DataFrame
        One row per observed flow; several of one pair are added up, pairs not listed had none.
    origin, destination, journeys : str
        Columns with ids of places and numbers of journeys.
    function : {"exponential", "power", "tanner"}
        As for `gravity`.
    distribution : {"poisson", "negative binomial"}
        Poisson regression (Santos Silva and Tenreyro, 2006) only needs the means to be right.
    constraint : {"none", "production", "attraction", "both"}
        Which places have an effect of their own in the place of their weight.
    masses : {"estimated", "fixed"}
        Exponents of the weights; fixed ones are 1.
    cutoff : float, optional
        As for `gravity`.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    DemandFit

    Raises
    ------
    InputError
        If a flow's place is none of the network, and when there is no likeliest estimate; the
        message names the places, pairs or estimates that are in the way.
    OptionError
        For options that make no sense.

    Examples
    --------
    >>> import geopandas, shapely.geometry as shapes
    >>> from waywarden import flow, network as nw, risk
    >>> towns = geopandas.GeoDataFrame(
    ...     {"people": [20, 30, 50, 40]},
    ...     geometry=[shapes.Point(x, 27.0) for x in (83, 84, 86, 87)],
    ...     index=["a", "b", "c", "d"], crs=4326)
    >>> roads = [shapes.LineString([(x, 27), (y, 27)]) for x, y in ((83, 84), (84, 86), (86, 87))]
    >>> network = nw.build(
    ...     nw.links(geopandas.GeoDataFrame(geometry=roads, crs=4326)),
    ...     nw.places(towns, source_weight="people", destination_weight="people"))
    >>> costs = risk.costs(network)
    >>> made = flow.gravity(network, costs, function="tanner", decay=0.5, exponent=-1.5, total=500)
    >>> fit = calibrate_demand(network, costs, made.pairs, function="tanner")
    >>> fit.parameters["estimate"].round(3)
    parameter
    constant               -3.375
    source_exponent         1.000
    destination_exponent    1.000
    decay                   0.500
    exponent               -1.500
    Name: estimate, dtype: float64
    """
    found = call(
        _engine.calibrate_demand,
        network.engine_places,
        skim(network, costs, cutoff, progress, threads),
        *flow_columns(network, flows, origin, destination, journeys),
        function=function,
        distribution=distribution,
        constraint=constraint,
        masses=masses,
        progress=progress,
        threads=threads,
    )
    overdispersion, overdispersion_error = found.overdispersion
    return DemandFit(
        pd.DataFrame(found.parameters()).set_index("parameter"),
        Demand(found.fitted, network),
        found.common_part,
        overdispersion,
        overdispersion_error,
        found.log_likelihood,
        found.deviance,
        found.dispersion,
        found.median_cost,
        found.observations,
        found.parameter_count,
        found.unused_pairs,
        found.unused_journeys,
    )
