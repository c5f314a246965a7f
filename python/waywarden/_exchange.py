"""Networks to and from what other software keeps: frames, networkx and OSMnx graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from shapely.geometry import LineString, Point

from . import _engine
from ._run import ProgressArgument, call
from .errors import CrsError, InputError
from .frames import mark_unreleased, to_table

__all__ = ["frames_of", "graph_of", "network_of_frames", "network_of_osmnx"]

_KMH_OF_MPH = 1.609344
_EDGE_COLUMNS = ("mode", "kind", "length_m", "speed_kmh", "wait_s", "money", "detection")
_DRAWN_FROM = ("layer", "feature", "drawn")


def frames_of(network: Any) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    """See ``Network.to_geodataframes``."""
    nodes, edges = network.nodes.copy(), network.edges.copy()
    edges["drawn"] = _engine.drawn_edges(network.engine)
    return mark_unreleased(nodes), mark_unreleased(edges)


def network_of_frames(
    nodes: geopandas.GeoDataFrame,
    edges: geopandas.GeoDataFrame,
    *,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> _engine.BuiltNetwork:
    """See ``Network.from_geodataframes``."""
    for name in ("tail", "head"):
        if name not in edges:
            raise InputError(f"no column '{name}' among the edges")
    known = ["tail", "head", *_EDGE_COLUMNS, *_DRAWN_FROM, edges.geometry.name]
    kept = edges[[name for name in edges.columns if name in known]]
    for name in ("tail", "head"):
        kept = kept.assign(**{name: kept[name].map(str)})
    of_nodes = [name for name in nodes.columns if name in ("mode", "country", nodes.geometry.name)]
    return call(
        _engine.network_of_graph,
        to_table(nodes[of_nodes], name="nodes"),
        to_table(kept, name="edges"),
        progress=progress,
        threads=threads,
    )


def graph_of(network: Any, attributes: pd.DataFrame | None) -> Any:
    """See ``Network.to_networkx``."""
    networkx = _networkx()
    graph = networkx.MultiDiGraph(crs="epsg:4326", created_with="waywarden", simplified=True)
    nodes = network.nodes
    columns = zip(nodes.index, nodes.geometry.x, nodes.geometry.y, nodes["mode"], nodes["country"])
    for node, x, y, mode, country in columns:
        graph.add_node(node, x=x, y=y, mode=mode, country=country)
    for row, more in zip(_edge_rows(network), _more(network.edges, attributes)):
        tail, head, about = row
        graph.add_edge(tail, head, **about, **more)
    return graph


def _networkx() -> Any:
    try:
        import networkx
    except ImportError as error:
        raise ImportError("to_networkx needs the package networkx") from error
    return networkx


def _edge_rows(network: Any) -> Iterable[tuple[int, int, dict[str, Any]]]:
    edges = network.edges
    drawn = _engine.drawn_edges(network.engine)
    rows = edges[
        ["tail", "head", "feature", "layer", "length_m", "twin", "geometry", "mode", "kind"]
        + ["speed_kmh", "wait_s", "money", "detection"]
    ]
    for row, along in zip(rows.itertuples(index=False), drawn.tolist()):
        about = {
            "osmid": _osm_id(row.feature),
            "layer": row.layer,
            "feature": row.feature,
            "length": row.length_m,
            "geometry": row.geometry,
            "oneway": row.twin < 0,
            "reversed": not along,
            "mode": row.mode,
            "kind": row.kind,
            "wait_s": row.wait_s,
            "money": row.money,
            "detection": row.detection,
        }
        if not pd.isna(row.speed_kmh):
            about["speed_kph"] = row.speed_kmh
        yield row.tail, row.head, about


def _osm_id(feature: str) -> int | str:
    """OpenStreetMap's own number of a way, ``w7``; other ids as they are."""
    return int(feature[1:]) if re.fullmatch(r"w\d+", feature) else feature


def _more(edges: pd.DataFrame, attributes: pd.DataFrame | None) -> Iterable[dict[str, Any]]:
    if attributes is None:
        return ({} for _ in range(len(edges)))
    columns = [name for name in attributes.columns if str(attributes[name].dtype) != "geometry"]
    known = pd.DataFrame(attributes[columns]).to_dict("index")
    known = {str(label): values for label, values in known.items()}
    return (known.get(feature, {}) for feature in edges["feature"])


def network_of_osmnx(
    graph: Any, *, mode: str, progress: ProgressArgument = None, threads: int = 0
) -> _engine.BuiltNetwork:
    """See ``Network.from_osmnx``."""
    crs = graph.graph.get("crs")
    if crs is None:
        raise CrsError("the graph does not say its coordinate reference system: graph['crs']")
    nodes = _osmnx_nodes(graph, mode, crs)
    edges = _osmnx_edges(graph, mode, crs)
    return network_of_frames(nodes, edges, progress=progress, threads=threads)


def _osmnx_nodes(graph: Any, mode: str, crs: Any) -> geopandas.GeoDataFrame:
    labels = [str(label) for label in graph.nodes]
    try:
        points = [Point(about["x"], about["y"]) for about in graph.nodes.values()]
    except KeyError:
        raise InputError("a node of the graph has no x or y") from None
    modes = [about.get("mode", mode) for about in graph.nodes.values()]
    countries = [about.get("country", "") for about in graph.nodes.values()]
    columns = {"mode": modes, "country": countries}
    return geopandas.GeoDataFrame(columns, geometry=points, index=labels, crs=crs)


def _osmnx_edges(graph: Any, mode: str, crs: Any) -> geopandas.GeoDataFrame:
    rows = []
    for tail, head, about in graph.edges(data=True):
        rows.append(
            {
                "tail": str(tail),
                "head": str(head),
                "mode": about.get("mode", mode),
                "kind": about.get("kind", "link"),
                "length_m": _number(about.get("length")),
                "speed_kmh": _speed(about),
                "wait_s": _number(about.get("wait_s", 0.0)),
                "money": _number(about.get("money", 0.0)),
                "detection": _number(about.get("detection", 0.0)),
                # A one-way road is drawn its own way, and never pairs with one the other way.
                "drawn": 1.0 if about.get("oneway") in (True, "True", "yes") else np.nan,
                "layer": about.get("layer", "osmnx"),
                "feature": about.get("feature", _words(about.get("osmid"))),
                "geometry": _line(graph, tail, head, about),
            }
        )
    if not rows:
        raise InputError("the graph has no edge")
    frame = pd.DataFrame(rows)
    return geopandas.GeoDataFrame(frame, geometry="geometry", crs=crs)


def _line(graph: Any, tail: Any, head: Any, about: dict[str, Any]) -> Any:
    """The edge's own line, turned the way the edge runs; straight without one."""
    ends = [(graph.nodes[end]["x"], graph.nodes[end]["y"]) for end in (tail, head)]
    line = about.get("geometry")
    if line is None:
        return LineString(ends)
    coordinates = [xy[:2] for xy in line.coords]
    if coordinates[0] != ends[0] and coordinates[-1] == ends[0]:
        coordinates.reverse()
    return LineString(coordinates)


def _number(value: Any) -> float:
    """A number that GraphML may have made text; missing where it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return np.nan


def _speed(about: dict[str, Any]) -> float:
    """``speed_kph``, or what ``maxspeed`` says: the lowest, where a way has several."""
    if "speed_kph" in about:
        return _number(about["speed_kph"])
    stated = about.get("maxspeed")
    speeds = [_tagged_speed(text) for text in (stated if isinstance(stated, list) else [stated])]
    known = [speed for speed in speeds if not np.isnan(speed)]
    return min(known, default=np.nan)


def _tagged_speed(text: Any) -> float:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?\s*", str(text))
    if found is None:
        return np.nan
    return float(found[1]) * (_KMH_OF_MPH if found[2] == "mph" else 1.0)


def _words(osmid: Any) -> str:
    """One id, or, where OSMnx has merged ways, all of them."""
    return ",".join(map(str, osmid)) if isinstance(osmid, list) else str(osmid)
