"""Where teams can be placed: crossings, hubs, edges and nodes of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import geopandas
import pandas as pd

from . import _engine
from .errors import OptionError
from .frames import frame_of_columns
from .network import Network

__all__ = ["Sites", "sites"]

_OWN_DETECTION = 0.4


class Sites:
    """Where teams can be placed: border crossings, hubs, and edges and nodes of your own.

    Parameters
    ----------
    engine : _engine.Sites
        Use `sites`.
    """

    def __init__(self, engine: _engine.Sites) -> None:
        self.engine = engine

    def __repr__(self) -> str:
        return f"<Sites: {len(self.engine)}>"

    @cached_property
    def table(self) -> geopandas.GeoDataFrame:
        """One row per site, by id.

        ``name``, ``kind`` (``crossing``, ``hub``, ``edge``, ``node``), ``mode``, ``status``
        (``listed``, ``informal``), ``country_a``, ``country_b``, ``detection`` (hours included),
        ``state`` (``candidate``, ``required``, ``forbidden``), ``hours``, ``cost``, ``group`` (the
        first site under the same authority).
        """
        return frame_of_columns(self.engine.columns(), "id")


def sites(
    network: Network,
    *,
    listed_crossing: float | None = 0.5,
    informal_crossing: float | None = 0.3,
    hub: float | None = 0.4,
    detection: Mapping[str, float] | None = None,
    required: Sequence[str] = (),
    forbidden: Sequence[str] = (),
    edges: pd.DataFrame | None = None,
    nodes: pd.DataFrame | None = None,
    cost: Mapping[str, float] | None = None,
    hours: Mapping[str, float] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Sites:
    """List the sites of a network.

    Parameters
    ----------
    network : Network
    listed_crossing, informal_crossing, hub : float or None
        Probability, 0 to 1, that a team detects a journey that passes, per class of site; a class
        with None gets no teams.
    detection : mapping of str to float, optional
        The same for single sites, by id.
    required, forbidden : sequence of str
        Ids of sites that must get a team, and that must not.
    edges, nodes : DataFrame, optional
        Sites of your own: ``site`` (id), and ``edge`` or ``node`` (index of the network's frame);
        rows of one id are one site, e.g. both directions of a road. A team at a node sees who
        leaves it, whether the journey began there or passes. Optional ``name`` and ``detection``
        (0.4 without); those of a site's first row count.
    cost : mapping of str to float, optional
        What a team at a site takes of the budget, by id; 1 for others.
    hours : mapping of str to float, optional
        Share of the day, above 0 to 1, that a team at a site works, by id; its detection is
        multiplied with it, as journeys pass at all hours alike. 1 for others.
    groups : mapping of str to str, optional
        Authority of sites, by id. Teams under one authority detect a journey once between them,
        with the largest probability among those it passes.

    Returns
    -------
    Sites

    Raises
    ------
    OptionError
        For a probability outside 0 to 1, an id that is no site, an edge or node that does not
        exist, or a cost or share of the day that makes no sense.
    InputError
        If two sites have one id.

    Examples
    --------
    >>> from waywarden import examples, interdiction
    >>> network = examples.borderland()
    >>> interdiction.sites(network, detection={"P1": 0.7}).table[["status", "detection"]]
                  status  detection
    id
    P1            listed        0.7
    informal-1  informal        0.3
    informal-2  informal        0.3
    """
    return Sites(
        _engine.find_sites(
            network.engine,
            listed_crossing=listed_crossing,
            informal_crossing=informal_crossing,
            hub=hub,
            detection=dict(detection or {}),
            required=list(required),
            forbidden=list(forbidden),
            edges=_rows(edges, "edge"),
            nodes=_rows(nodes, "node"),
            cost=dict(cost or {}),
            hours=dict(hours or {}),
            group=dict(groups or {}),
        )
    )


def _rows(frame: pd.DataFrame | None, column: str) -> list[tuple[str, str, list[int], float]]:
    """Return (id, name, edges or nodes, detection) of each site, in order of appearance."""
    if frame is None:
        return []
    for wanted in ("site", column):
        if wanted not in frame:
            raise OptionError(f"sites of your own need a column '{wanted}'")
    if (frame[column] < 0).any():
        raise OptionError(f"column '{column}' has negative numbers")
    rows = []
    for site, part in frame.groupby(frame["site"].astype(str), sort=False):
        first = part.iloc[0]
        where = [int(position) for position in part[column]]
        detection = float(first.get("detection", _OWN_DETECTION))
        rows.append((site, str(first.get("name", "")), where, detection))
    return rows
