"""What movement costs: time, money and the risk of being seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from . import _engine
from .network import Network

__all__ = ["Costs", "costs", "scenario"]


class Costs:
    """What each edge costs an evader: arrays per edge.

    Attributes
    ----------
    time_s, money, hazard : array of float
        Seconds, money, and -ln(1 - p).
    generalised : array of float
        In money; infinite where closed.
    clamped : int
        Edges whose probability was 1 and was lowered to 1 - 1e-12.
    risk_aversion : float
        As assumed.

    Parameters
    ----------
    engine : _engine.EdgeCosts
        Use `costs`.
    risk_aversion : float
    """

    def __init__(self, engine: _engine.EdgeCosts, risk_aversion: float) -> None:
        self.engine = engine
        self.risk_aversion = risk_aversion
        self.time_s: np.ndarray = engine.time_s
        self.money: np.ndarray = engine.money
        self.hazard: np.ndarray = engine.hazard
        self.generalised: np.ndarray = engine.generalised
        self.clamped: int = engine.clamped


def scenario(
    name: str = "",
    *,
    closed_crossings: Sequence[str] = (),
    closed_edges: Sequence[int] = (),
    detection: Mapping[int, float] | None = None,
    time_factor: Mapping[str, float] | None = None,
) -> _engine.Scenario:
    """Describe a what-if: an overlay on a network, never a copy.

    Parameters
    ----------
    name : str
    closed_crossings : sequence of str
        Ids of crossings or listed posts.
    closed_edges : sequence of int
    detection : mapping of int to float, optional
        Background probability, 0 to 1, on single edges.
    time_factor : mapping of str to float, optional
        Per mode, e.g. ``{"road": 1.5}`` in the rains.
    """
    return _engine.Scenario(
        name=name,
        closed_crossings=list(closed_crossings),
        closed_edges=list(closed_edges),
        detection=dict(detection or {}),
        time_factor=dict(time_factor or {}),
    )


def costs(
    network: Network,
    *,
    value_of_time: float = 5.0,
    risk_aversion: float = 200.0,
    speed_kmh: Mapping[str, float] | None = None,
    money_per_km: Mapping[str, float] | None = None,
    scenario: _engine.Scenario | None = None,
) -> Costs:
    """Compute the generalised cost of each edge, as an evader feels it.

    ``value_of_time * t + m + risk_aversion * (-ln(1 - p))``, in money, with t in hours, m in money,
    p the probability of being detected on the edge.

    Parameters
    ----------
    network : Network
    value_of_time : float
        Money per hour.
    risk_aversion : float
        Money per unit of hazard ``-ln(1 - p)``: what an evader would pay to avoid it.
    speed_kmh : mapping of str to float, optional
        Per mode, where a link states none; modes not named keep the engine's assumption.
    money_per_km : mapping of str to float, optional
        Fares and fuel per mode, likewise.
    scenario : Scenario, optional
        Closures and changes, from `scenario`.

    Returns
    -------
    Costs

    Raises
    ------
    OptionError
        For a negative or non-finite assumption, a speed of 0, a probability outside 0 to 1, or a
        crossing that the network does not have.

    Examples
    --------
    >>> import geopandas, shapely.geometry as shapes
    >>> from waywarden import network as nw
    >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
    >>> network = nw.build(nw.links(geopandas.GeoDataFrame(geometry=[road], crs=4326)))
    >>> (costs(network, speed_kmh={"road": 60}).time_s / 3600).round(2).tolist()
    [1.65, 1.65]
    """
    found = _engine.edge_costs(
        network.engine,
        value_of_time=value_of_time,
        risk_aversion=risk_aversion,
        speed_kmh=dict(speed_kmh or {}),
        money_per_km=dict(money_per_km or {}),
        scenario=scenario or _engine.Scenario(),
    )
    return Costs(found, risk_aversion)
