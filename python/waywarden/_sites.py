"""Where teams can be placed: border crossings and hubs of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import geopandas

from . import _engine
from .frames import frame_of_columns
from .network import Network

__all__ = ["Sites", "sites"]


class Sites:
    """Where teams can be placed: border crossings and hubs.

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

        ``name``, ``kind`` (``crossing``, ``hub``), ``mode``, ``status`` (``listed``, ``informal``),
        ``country_a``, ``country_b``, ``detection``, ``state`` (``candidate``, ``required``,
        ``forbidden``).
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

    Returns
    -------
    Sites

    Raises
    ------
    OptionError
        For a probability outside 0 to 1, or an id that is no site.
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
        )
    )
