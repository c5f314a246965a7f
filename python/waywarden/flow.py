"""Who moves where, and along which routes.

Demand between places is stated, or estimated by a gravity model (Wilson, Transportation Research 1,
1967), radiation or intervening opportunities, for all or per group, with those who return and are
trafficked again if wanted; `calibrate_demand` estimates how it falls with cost from observed
journeys. It is then loaded by sampled perception: in each draw every evader takes the route that is
cheapest by what this evader believes of the area; or by another model of route choice. Journeys are
attempted ones: nobody is stopped here.
"""

from __future__ import annotations

from . import _engine, _route_choice
from ._demand import Demand, gravity, intervening, radiation, stated
from ._demand_fit import DemandFit, calibrate_demand
from ._demand_groups import GroupedDemand, by_group
from ._demand_returns import DemandWithReturns, with_returns
from ._flows import Flows
from ._route_choice import LinkUse
from ._run import ProgressArgument, call
from ._sites import Sites
from ._spread_fit import SpreadFit, calibrate_spread
from .network import Network
from .risk import Costs

__all__ = [
    "Demand",
    "DemandFit",
    "DemandWithReturns",
    "Flows",
    "GroupedDemand",
    "LinkUse",
    "SpreadFit",
    "by_group",
    "calibrate_demand",
    "calibrate_spread",
    "gravity",
    "intervening",
    "load",
    "radiation",
    "stated",
    "with_returns",
]


def load(
    network: Network,
    costs: Costs,
    demand: Demand,
    sites: Sites | None = None,
    *,
    choice: str = "perception",
    draws: int = 64,
    spread: float = 1.05,
    seed: int = 1,
    reference: Costs | None = None,
    theta: float = 10.0,
    path_size_weight: float = 1.0,
    alternatives: int = 6,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Flows:
    """Put journeys on the network.

    Parameters
    ----------
    network : Network
    costs : Costs
    demand : Demand
    sites : Sites, optional
        Where teams may be placed later; from `waywarden.interdiction.sites`.
    choice : {"perception", "cheapest", "most_evasive", "path_size_logit", "acyclic_logit", \
"recursive_logit"}
        How evaders choose. ``most_evasive``: least hazard, then cheapest. ``acyclic_logit``: logit
        over all routes that come ever closer (Dial, 1971). ``recursive_logit``: over all walks,
        circles too (Fosgerau et al., 2013), which need not exist. The next four are for
        ``perception`` alone, the three after them for the logit models.
    draws : int
        Beliefs sampled; at least 2. Standard errors fall with their square root.
    spread : float
        Mean cost of the routes taken over the cheapest; above 1.
    seed : int
        The same seed gives the same draws in every scenario, so that differences are not noise.
    reference : Costs, optional
        Without closures, where `costs` are those of a scenario.
    theta : float
        How much costs count, relative: over the median of the cheapest costs to each destination.
    path_size_weight, alternatives : float, int
        Of ``path_size_logit``: weight of ln(path size), and routes per pair at the most.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Flows

    Raises
    ------
    OptionError
        For options that make no sense, and where recursive logit does not exist: it says where.

    Examples
    --------
    >>> import geopandas, pandas, shapely.geometry as shapes
    >>> from waywarden import network as nw, risk
    >>> ways = [[(83, 27), (84, 27)], [(83, 27), (83.5, 27.1), (84, 27)]]
    >>> roads = geopandas.GeoDataFrame(geometry=[shapes.LineString(w) for w in ways], crs=4326)
    >>> ends = [shapes.Point(83, 27), shapes.Point(84, 27)]
    >>> towns = geopandas.GeoDataFrame(geometry=ends, index=["west", "east"], crs=4326)
    >>> network = nw.build(nw.links(roads), nw.places(towns))
    >>> costs = risk.costs(network)
    >>> rows = pandas.DataFrame({"origin": ["west"], "destination": ["east"], "journeys": [100]})
    >>> demand = stated(network, costs, rows)
    >>> flows = load(network, costs, demand, choice="acyclic_logit")
    >>> flows.edges.query("journeys > 0")["journeys"].round(1).tolist()
    [56.0, 44.0]
    >>> flows.select_link(0).pairs["share_of_pair"].round(3).tolist()
    [0.56]
    """
    if choice != "perception":
        chosen = _route_choice.choose(
            network,
            costs,
            demand.engine,
            choice,
            theta=theta,
            path_size_weight=path_size_weight,
            alternatives=alternatives,
            progress=progress,
            threads=threads,
        )
        return Flows(network, costs, sites, demand, chosen, choice)
    calibration = call(
        _engine.calibrate,
        network.engine,
        network.core,
        (reference or costs).engine,
        demand.engine,
        network.engine_places,
        seed=seed,
        draws=draws,
        spread=spread,
        progress=progress,
        threads=threads,
    )
    moving = _engine.Moving(
        network.engine,
        network.core,
        costs.engine,
        demand.engine,
        network.engine_places,
        calibration.perception,
        _no_sites(network) if sites is None else sites.engine,
    )
    loading = call(_engine.load_flows, moving, progress=progress, threads=threads)
    return Flows(network, costs, sites, demand, loading, choice, moving, calibration.status)


def _no_sites(network: Network) -> _engine.Sites:
    return _engine.find_sites(
        network.engine, listed_crossing=None, informal_crossing=None, hub=None
    )
