"""Layers into one clean, noded, multimodal network with border crossings.

Describe each layer (`links`, `hubs`, `countries`, `posts`, `places`), then `build`. Layers may be
in any coordinate reference system; the network is in longitude and latitude on WGS 84. The result
does not depend on the order of rows or layers; features not used as they came are in the report.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._diagnosis import Diagnosis, diagnosis_of
from ._exchange import frames_of, graph_of, network_of_frames, network_of_osmnx
from ._layers import by_kind, countries, hubs, links, places, posts
from ._run import ProgressArgument, call
from ._services import great_circles, hub_table
from .frames import frame_of_columns, report_frame
from .routing import RouteIndex

__all__ = [
    "Diagnosis",
    "Network",
    "build",
    "countries",
    "great_circles",
    "hub_table",
    "hubs",
    "links",
    "places",
    "posts",
]


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
    built = call(
        _engine.build_network,
        **by_kind(layers),
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

    @classmethod
    def from_geodataframe(
        cls,
        features: Any,
        *,
        snap_m: float = 1.0,
        progress: ProgressArgument = None,
        threads: int = 0,
        **layer: Any,
    ) -> Network:
        """Build a network from lines alone: `build` of one layer, `links` with ``**layer``.

        Examples
        --------
        >>> import geopandas, shapely.geometry as shapes
        >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
        >>> Network.from_geodataframe(geopandas.GeoDataFrame(geometry=[road], crs=4326))
        <Network: 2 nodes, 2 edges, 0 crossings, 0 hubs, 0 places>
        """
        return build(links(features, **layer), snap_m=snap_m, progress=progress, threads=threads)

    def to_geodataframes(self) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
        """Export nodes and edges as `from_geodataframes` reads them.

        `nodes` and `edges`, the latter with a column ``drawn``: whether the line of a road is drawn
        this way round. Crossings, hubs and places stay behind: use `save` to keep all.
        """
        return frames_of(self)

    @classmethod
    def from_geodataframes(
        cls, nodes: Any, edges: Any, *, progress: ProgressArgument = None, threads: int = 0
    ) -> Network:
        """Take a graph as it is: nothing is noded or snapped, a bridge stays a bridge.

        Parameters
        ----------
        nodes : GeoDataFrame
            Points, by id; ``mode``, ``country``, if there are any.
        edges : GeoDataFrame
            Lines from ``tail`` to ``head``, ids of nodes; ``mode``, ``kind``, ``length_m``,
            ``speed_kmh``, ``wait_s``, ``money``, ``detection``, ``layer``, ``feature``, ``drawn``,
            if there are any. Opposite edges that say the same of one line are a two-way road.

        Raises
        ------
        InputError
            For a missing column, an impossible value, or when no edge is left.
        CrsError
            If a frame does not say what its coordinates mean.

        Examples
        --------
        >>> import geopandas, shapely.geometry as shapes
        >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
        >>> network = Network.from_geodataframe(geopandas.GeoDataFrame(geometry=[road], crs=4326))
        >>> again = Network.from_geodataframes(*network.to_geodataframes())
        >>> again.edges.equals(network.edges)
        True
        """
        return cls(network_of_frames(nodes, edges, progress=progress, threads=threads))

    def to_networkx(self, attributes: pd.DataFrame | None = None) -> Any:
        """Export to networkx by the conventions of OSMnx.

        Parameters
        ----------
        attributes : DataFrame, optional
            More about the features that edges come from, by their ids: ``links[["highway"]]``.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes have ``x`` and ``y``; edges ``osmid``, ``length`` (metres), ``geometry``,
            ``oneway``, ``reversed``, ``speed_kph`` where stated, and what else `edges` says.
        """
        return graph_of(self, attributes)

    @classmethod
    def from_osmnx(
        cls, graph: Any, *, mode: str = "road", progress: ProgressArgument = None, threads: int = 0
    ) -> Network:
        """Take a graph of OSMnx as it is, in any coordinate reference system that it states.

        ``speed_kph``, else ``maxspeed``, is the speed, ``length`` the length in metres; `mode` that
        of nodes and edges that do not say. Raises as `from_geodataframes`.
        """
        return cls(network_of_osmnx(graph, mode=mode, progress=progress, threads=threads))

    def save(self, path: str | os.PathLike[str], *, progress: ProgressArgument = None) -> None:
        """Write all of the network to one file, for `load`, bit for bit.

        Raises
        ------
        FileError
            If it cannot be written; a file of before is then what it was.
        """
        call(_engine.save_network, self._built, os.fspath(path), progress=progress)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, progress: ProgressArgument = None) -> Network:
        """Read what `save` has written.

        Raises
        ------
        FileError
            If it cannot be read, is damaged, of another kind or of another version.

        Examples
        --------
        >>> import geopandas, pathlib, shapely.geometry as shapes, tempfile
        >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
        >>> network = Network.from_geodataframe(geopandas.GeoDataFrame(geometry=[road], crs=4326))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     network.save(pathlib.Path(folder, "roads.way"))
        ...     again = Network.load(pathlib.Path(folder, "roads.way"))
        >>> again.edges.equals(network.edges)
        True
        """
        return cls(call(_engine.load_network, os.fspath(path), progress=progress))
