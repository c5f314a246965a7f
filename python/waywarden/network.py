"""Layers into one clean, noded, multimodal network with border crossings.

Describe each layer (`links`, `hubs`, `countries`, `posts`, `places`), then `build`. Layers may be
in any coordinate reference system; the network is in longitude and latitude on WGS 84. The result
does not depend on the order of rows or layers; features not used as they came are in the report.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._diagnosis import Diagnosis, diagnosis_of
from ._layers import countries, hubs, links, places, posts
from ._run import ProgressArgument, call
from .frames import frame_of_columns, report_frame
from .routing import RouteIndex

__all__ = ["Diagnosis", "Network", "build", "countries", "hubs", "links", "places", "posts"]


def build(
    *layers: Any,
    snap_m: float = 1.0,
    informal_detection: float = 0.02,
    informal_wait_s: float = 0.0,
    listed_detection: float = 0.2,
    listed_wait_s: float = 1800.0,
    access_speed_kmh: float = 5.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Network:
    """Build a network from layers.

    Parameters
    ----------
    *layers
        What `links`, `hubs`, `countries`, `posts` and `places` return, in any order. Links and hubs
        may come several times, the others once.
    snap_m : float
        Line ends of one mode closer than this, in metres, become one node.
    informal_detection, informal_wait_s : float
        Probability of detection and seconds of waiting at crossings where no post is listed.
    listed_detection, listed_wait_s : float
        The same at listed posts that do not say.
    access_speed_kmh : float
        How fast people get from a link to a hub.
    progress : bool or callable, optional
        True shows a bar, None does where a person watches; see `waywarden._run.call`.
    threads : int
        0, the default, uses all the machine has. The result is the same with any number.

    Returns
    -------
    Network

    Raises
    ------
    InputError
        If no link layer has a usable line, a named column is missing or holds an impossible value.
    CrsError
        If a layer does not say what its coordinates mean.

    Examples
    --------
    >>> import geopandas, shapely.geometry as shapes
    >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
    >>> network = build(links(geopandas.GeoDataFrame(geometry=[road], index=["R1"], crs=4326)))
    >>> network.edges[["mode", "feature", "length_m"]].round(0)
          mode feature  length_m
    edge
    0     road      R1   99255.0
    1     road      R1   99255.0
    """
    of = _by_kind(layers)
    built = call(
        _engine.build_network,
        of[_engine.LinkLayer],
        hubs=of[_engine.HubLayer],
        countries=_only(of[_engine.CountryLayer], "countries"),
        posts=_only(of[_engine.PostLayer], "posts"),
        places=_only(of[_engine.PlaceLayer], "places"),
        snap_tolerance_m=snap_m,
        informal_detection=informal_detection,
        informal_wait_s=informal_wait_s,
        listed_detection=listed_detection,
        listed_wait_s=listed_wait_s,
        access_speed_kmh=access_speed_kmh,
        progress=progress,
        threads=threads,
    )
    return Network(built)


class Network:
    """A directed multimodal network, its crossings, hubs and places; immutable.

    Frames are in longitude and latitude on WGS 84 (``to_crs`` brings them elsewhere); their index
    holds the ids that other results refer to. Changing a frame does not change the network.

    Parameters
    ----------
    built : _engine.BuiltNetwork
        What the engine built; use `build`.
    """

    def __init__(self, built: _engine.BuiltNetwork) -> None:
        self._built = built

    def __repr__(self) -> str:
        network = self._built.network
        crossings, hubs = len(self.crossings), len(self.hubs)
        return (
            f"<Network: {network.node_count} nodes, {network.edge_count} edges, "
            f"{crossings} crossings, {hubs} hubs, {len(self._built.places)} places>"
        )

    @property
    def engine(self) -> _engine.Network:
        """The engine's own network, which other modules hand on."""
        return self._built.network

    @property
    def engine_places(self) -> _engine.Places:
        """The engine's own places."""
        return self._built.places

    @cached_property
    def core(self) -> _engine.Core:
        """The engine's part of the network that routes between places use."""
        return _engine.Core(self.engine, self.engine_places)

    def prepare(
        self,
        *,
        saved: str | os.PathLike[str] | None = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> RouteIndex:
        """Prepare the network for routing, by its topology alone: once for any number of costs.

        Parameters
        ----------
        saved : path, optional
            What `waywarden.routing.RouteIndex.save` has written for this network: mapped into
            memory instead of made anew.
        progress, threads
            As for `build`.

        Raises
        ------
        FileError
            If ``saved`` cannot be read, is damaged or of another version.
        InputError
            If ``saved`` is the index of another network.

        Examples
        --------
        >>> import geopandas, shapely.geometry as shapes
        >>> from waywarden import network as nw
        >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
        >>> network = nw.build(nw.links(geopandas.GeoDataFrame(geometry=[road], crs=4326)))
        >>> network.prepare()
        <RouteIndex: 2 nodes, 2 edges>
        """
        file = None if saved is None else os.fspath(saved)
        index = call(
            _engine.prepare_routes, self.engine, saved=file, progress=progress, threads=threads
        )
        return RouteIndex(index, self.engine, self.places)

    @cached_property
    def nodes(self) -> geopandas.GeoDataFrame:
        """One row per node: ``mode`` (``transfer`` for hubs), ``country``."""
        return frame_of_columns(self.engine.nodes(), "node")

    @cached_property
    def edges(self) -> geopandas.GeoDataFrame:
        """One row per directed edge.

        ``tail``, ``head`` (nodes), ``mode``, ``kind`` (``link``, ``transfer``, ``crossing``),
        ``length_m``, ``speed_kmh`` (missing where not stated), ``wait_s``, ``money``, ``detection``
        (background probability), ``twin`` (the edge the other way, -1 without), ``layer`` and
        ``feature`` (where it came from).
        """
        return frame_of_columns(self.engine.edges(), "edge")

    @cached_property
    def crossings(self) -> geopandas.GeoDataFrame:
        """One row per border crossing, by id.

        ``post`` (of listed ones), ``name``, ``country_a``, ``country_b``, ``mode``, ``status``
        (``listed``, ``informal``), ``a_to_b`` and ``b_to_a`` (edges, -1 without),
        ``border_accuracy_m`` and ``post_distance_m``.
        """
        return frame_of_columns(self.engine.crossings(), "id")

    @cached_property
    def hubs(self) -> geopandas.GeoDataFrame:
        """One row per hub, by id: ``name``, ``kind``, ``country``, ``node``, ``modes``."""
        return frame_of_columns(self.engine.hubs(), "id")

    @cached_property
    def places(self) -> geopandas.GeoDataFrame:
        """One row per place, by id.

        ``name``, ``country``, ``node`` (-1 where the network is out of reach), ``access_m``,
        ``population``, ``source_weight``, ``destination_weight``.
        """
        return frame_of_columns(self.engine_places.columns(), "id")

    @cached_property
    def report(self) -> pd.DataFrame:
        """One row per feature that was skipped, repaired or looks doubtful, with the reason."""
        return report_frame(self._built.report())

    def diagnose(
        self,
        *,
        reach_m: float = 10.0,
        detour: float = 5.0,
        speeds_kmh: Mapping[str, tuple[float, float]] | None = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> Diagnosis:
        """Look for what a person should check before trusting the network.

        Parameters
        ----------
        reach_m : float
            How far an end of a line may be from another line of its mode to look like a gap.
        detour : float
            It is none where the network leads there within this many times the gap: the tip of a
            short side street is near the street that it left.
        speeds_kmh : mapping of str to (float, float), optional
            Plausible speeds by mode where yours differ: ``{"road": (5, 120)}``.
        progress, threads
            As for `build`.

        Returns
        -------
        Diagnosis

        Examples
        --------
        >>> import geopandas, shapely.geometry as shapes
        >>> from waywarden import network as nw
        >>> lines = [shapes.LineString([(83, 27), (84, 27)]),
        ...          shapes.LineString([(83.5, 27.00005), (83.5, 28)])]
        >>> gap = geopandas.GeoDataFrame(geometry=lines, index=["along", "short"], crs=4326)
        >>> found = nw.build(nw.links(gap)).diagnose()
        >>> found.dangling[["feature", "gap_m", "near_feature"]].round(1)
          feature  gap_m near_feature
        0   short    5.5        along
        """
        return diagnosis_of(
            self,
            self._built.report(),
            reach_m=reach_m,
            detour=detour,
            speeds_kmh=speeds_kmh or {},
            progress=progress,
            threads=threads,
        )


_KINDS = (
    _engine.LinkLayer,
    _engine.HubLayer,
    _engine.CountryLayer,
    _engine.PostLayer,
    _engine.PlaceLayer,
)


def _by_kind(layers: Sequence[Any]) -> dict[type, list[Any]]:
    for layer in layers:
        if type(layer) not in _KINDS:
            raise TypeError(f"expected links(), hubs() ..., not {type(layer).__name__}")
    return {kind: [layer for layer in layers if type(layer) is kind] for kind in _KINDS}


def _only(layers: list[Any], what: str) -> Any:
    if layers[1:]:
        raise TypeError(f"{what}() may be given once")
    return next(iter(layers), None)
