"""A made-up borderland to try things on: what the examples of the documentation run with."""

from __future__ import annotations

import geopandas
from shapely.geometry import LineString, Point, box

from . import flow, interdiction, network, risk
from .flow import Flows
from .network import Network

__all__ = ["border_flows", "borderland"]


def borderland() -> Network:
    """Build a network of two countries with three roads over their border.

    Town ``west`` in country A, town ``east`` in country B; the southern road has a post, ``P1``.
    Nothing in it is real.

    Returns
    -------
    Network

    Examples
    --------
    >>> from waywarden import examples
    >>> examples.borderland().crossings["country_a"].tolist()
    ['A', 'A', 'A']
    """
    rows = (27.2, 27.1, 27.0)
    lines = [LineString([(84.0, y), (85.0, y), (86.0, y)]) for y in rows]
    lines += [LineString([(x, y) for y in sorted(rows)]) for x in (84, 86)]
    return network.build(
        network.links(_layer(lines, range(5))),
        network.countries(
            _layer([box(80, 20, 85, 30), box(85, 20, 90, 30)], [0, 1], code=["A", "B"]),
            code="code",
        ),
        network.posts(
            _layer([Point(85.001, 27.0)], ["P1"], a=["A"], b=["B"], name=["South Gate"]),
            country_a="a",
            country_b="b",
            names="name",
        ),
        network.places(
            _layer(
                [Point(84, 27.0), Point(86, 27.0)],
                ["west", "east"],
                people=[1000, 2000],
                leave=[1.0, 0.0],
                arrive=[0.0, 1.0],
            ),
            population="people",
            source_weight="leave",
            destination_weight="arrive",
        ),
    )


def border_flows(journeys: float = 100.0) -> Flows:
    """Load journeys from west to east, every crossing being a site.

    Parameters
    ----------
    journeys : float

    Returns
    -------
    Flows

    Examples
    --------
    >>> from waywarden import examples
    >>> flows = examples.border_flows(journeys=50)
    >>> round(float(flows.crossings["journeys"].sum()), 6)
    50.0
    """
    land = borderland()
    costs = risk.costs(land)
    demand = flow.gravity(land, costs, total=journeys)
    return flow.load(land, costs, demand, interdiction.sites(land), draws=16, spread=1.02)


def _layer(geometry: list, index: list | range, **columns: list) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns, geometry=geometry, index=list(index), crs=4326)
