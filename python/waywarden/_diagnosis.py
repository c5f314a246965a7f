"""What a network says of the drawing it came from: gaps, islands, traps, speeds, and the import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from shapely.geometry import LineString, MultiLineString

from . import _engine, privacy
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import mark_unreleased

__all__ = ["Diagnosis", "diagnosis_of"]

ROWS_SHOWN = 20
_REASON = "what is doubtful about the lines of a network; holds no records of people"
_TITLES = {
    "imported": "Features that were repaired, skipped or look doubtful",
    "dangling": "Ends just short of another line",
    "islands": "Parts that the rest cannot reach",
    "traps": "Where a one-way trap begins",
    "speeds": "Speeds that hardly anything has",
}
_FRAME_COLUMNS = ["kind", "what", "layer", "feature", "node", "edge", "detail", "geometry"]


class Diagnosis:
    """What a person should look at before trusting a network; made by ``Network.diagnose``.

    Attributes
    ----------
    imported : GeoDataFrame
        Features that the import repaired, skipped or found doubtful: ``outcome``, ``file``,
        ``layer``, ``feature``, ``reason``, ``detail``; on the map where the network has them.
    dangling : GeoDataFrame
        Ends of lines just beyond the snapping tolerance: ``node``, ``layer``, ``feature``,
        ``gap_m``, ``near_edge``, ``near_layer``, ``near_feature``; as the line over the gap.
    islands : GeoDataFrame
        Components but the largest: ``joined`` (``weakly``; ``strongly``: within its weak one),
        ``nodes``, ``first_node``, ``length_m``, ``modes``; as the lines that touch them.
    traps : GeoDataFrame
        Edges between the main part and a region without a way back: ``trap`` (``no way out``,
        ``no way in``), ``edge``, ``node`` (where the region begins), ``layer``, ``feature``,
        ``region_nodes``, ``region_length_m``; as points.
    speeds : GeoDataFrame
        Stated speeds outside the range of their mode: ``edge``, ``mode``, ``speed_kmh``,
        ``layer``, ``feature``.
    read : Series
        Features read, by layer.

    Parameters
    ----------
    tables : mapping of str to GeoDataFrame
    read : Series
        Use ``Network.diagnose``.
    """

    def __init__(self, tables: Mapping[str, geopandas.GeoDataFrame], read: pd.Series) -> None:
        self._tables = dict(tables)
        self.imported = self._tables["imported"]
        self.dangling = self._tables["dangling"]
        self.islands = self._tables["islands"]
        self.traps = self._tables["traps"]
        self.speeds = self._tables["speeds"]
        self.read = read

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(table)} {kind}" for kind, table in self._tables.items())
        return f"<Diagnosis: {int(self.read.sum())} features read; {counts}>"

    @property
    def summary(self) -> pd.DataFrame:
        """How many findings there are: ``kind``, ``what``, ``layer``, ``count``."""
        found = self.to_frame().fillna({"layer": ""})
        counts = found.groupby(["kind", "what", "layer"], sort=True).size()
        return counts.rename("count").reset_index()

    def to_frame(self) -> geopandas.GeoDataFrame:
        """All findings in one table.

        Returns
        -------
        GeoDataFrame
            ``kind`` (``imported``, ``dangling``, ``islands``, ``traps``, ``speeds``), ``what``,
            ``layer``, ``feature``, ``node`` and ``edge`` (missing where they do not apply),
            ``detail``, geometry; in longitude and latitude on WGS 84.
        """
        parts = [_in_common(kind, table) for kind, table in self._tables.items() if len(table)]
        if not parts:
            parts = [pd.DataFrame({name: [] for name in _FRAME_COLUMNS})]
        frame = geopandas.GeoDataFrame(
            pd.concat(parts, ignore_index=True), geometry="geometry", crs="EPSG:4326"
        )
        return mark_unreleased(frame)

    def to_geopackage(self, path: str | os.PathLike[str]) -> Path:
        """Write a layer per kind of finding to open in QGIS, and return the path.

        Kinds without a finding have no layer, nor have skipped features, which have no place on
        the network; a diagnosis without any finding on the map is an `InputError`.

        Raises
        ------
        FileError, RefusedError
            If it cannot be written.
        """
        tables = {kind: table[~table.geometry.isna()] for kind, table in self._tables.items()}
        tables = {kind: table for kind, table in tables.items() if len(table)}
        if not tables:
            raise InputError("there is no finding on the map to write")
        return privacy.unrestricted(tables, reason=_REASON).to_geopackage(path)

    def _repr_html_(self) -> str:
        read = self.read.rename("features read").to_frame().to_html(notebook=True)
        parts = [read] + [_html(kind, table) for kind, table in self._tables.items() if len(table)]
        return "\n".join(parts)


def diagnosis_of(
    network: Any,
    report: Mapping[str, Any],
    *,
    reach_m: float,
    detour: float,
    speeds_kmh: Mapping[str, tuple[float, float]],
    progress: ProgressArgument,
    threads: int,
) -> Diagnosis:
    """Diagnose a network; see ``Network.diagnose``."""
    found = call(
        _engine.diagnose,
        network.engine,
        reach_m=reach_m,
        detour=detour,
        speeds=dict(speeds_kmh),
        progress=progress,
        threads=threads,
    )
    tables = {
        "imported": _imported(network),
        "dangling": _dangling(network, found["dangling"]),
        "islands": _islands(network, found["islands"]),
        "traps": _traps(network, found["traps"]),
        "speeds": _speeds(network, found["speeds"]),
    }
    read = pd.Series(report["features_read"], dtype="int64")
    read.index = pd.Index([name.partition("|")[2] for name in read.index], name="layer")
    return Diagnosis(tables, read.groupby(level=0).sum())


def _located(columns: Mapping[str, Any], geometry: Any) -> geopandas.GeoDataFrame:
    frame = geopandas.GeoDataFrame(dict(columns), geometry=list(geometry), crs="EPSG:4326")
    return mark_unreleased(frame)


def _sources(edges: pd.DataFrame, at: np.ndarray, prefix: str = "") -> dict[str, Any]:
    return {
        prefix + "layer": edges["layer"].to_numpy()[at],
        prefix + "feature": edges["feature"].to_numpy()[at],
    }


def _imported(network: Any) -> geopandas.GeoDataFrame:
    """Entries of the import, with the lines that the network has of their features."""
    entries, edges = network.report, network.edges
    wanted = set(zip(entries["layer"], entries["feature"]))
    named = [pair in wanted for pair in zip(edges["layer"], edges["feature"])]
    once = (edges["twin"] < 0) | (edges.index.to_numpy() < edges["twin"])
    lines = edges[np.array(named, dtype=bool) & once.to_numpy()]
    drawn = {
        pair: MultiLineString(list(group))
        for pair, group in lines.geometry.groupby([lines["layer"], lines["feature"]])
    }
    geometry = [drawn.get(pair) for pair in zip(entries["layer"], entries["feature"])]
    return _located({name: entries[name].to_numpy() for name in entries}, geometry)


def _dangling(network: Any, found: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    nodes, edges = network.nodes, network.edges
    node = found["node"]
    own = _any_edge_at(edges, node)
    x, y = found["near_point"]
    ends = nodes.geometry.iloc[node]
    lines = [LineString([(end.x, end.y), near]) for end, near in zip(ends, zip(x, y))]
    columns = {
        "node": node,
        **_sources(edges, own),
        "gap_m": found["gap_m"],
        "near_edge": found["near_edge"],
        **_sources(edges, found["near_edge"], "near_"),
    }
    return _located(columns, lines)


def _any_edge_at(edges: pd.DataFrame, nodes: np.ndarray) -> np.ndarray:
    """One edge that leaves or enters each node."""
    at = {}
    wanted = set(nodes.tolist())
    for end in ("tail", "head"):
        for edge, node in zip(edges.index, edges[end]):
            if node in wanted:
                at.setdefault(node, edge)
    return np.array([at[node] for node in nodes.tolist()], dtype=np.int64)


def _islands(network: Any, found: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    edges = network.edges
    lines, modes = edges.geometry.to_numpy(), edges["mode"].to_numpy()
    parts = np.split(found["edges"], found["edge_ends"][:-1]) if len(found["nodes"]) else []
    columns = {
        "joined": found["joined"],
        "nodes": found["nodes"].astype(np.int64),
        "first_node": found["first_node"],
        "length_m": found["length_m"],
        "modes": [",".join(sorted(set(modes[part]))) for part in parts],
    }
    return _located(columns, [MultiLineString(list(lines[part])) for part in parts])


def _traps(network: Any, found: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    columns = {
        "trap": found["trap"],
        "edge": found["edge"],
        "node": found["node"],
        **_sources(network.edges, found["edge"]),
        "region_nodes": found["region_nodes"].astype(np.int64),
        "region_length_m": found["region_length_m"],
    }
    return _located(columns, network.nodes.geometry.to_numpy()[found["node"]])


def _speeds(network: Any, at: np.ndarray) -> geopandas.GeoDataFrame:
    edges = network.edges
    columns = {
        "edge": at,
        "mode": edges["mode"].to_numpy()[at],
        "speed_kmh": edges["speed_kmh"].to_numpy(dtype=float)[at],
        **_sources(edges, at),
    }
    return _located(columns, edges.geometry.to_numpy()[at])


def _in_common(kind: str, table: geopandas.GeoDataFrame) -> pd.DataFrame:
    missing = pd.Series(pd.NA, index=table.index, dtype="Int64")
    nowhere = pd.Series(None, index=table.index, dtype=object)
    what, detail = _WORDS[kind](table)
    return pd.DataFrame(
        {
            "kind": kind,
            "what": what,
            "layer": table.get("layer", nowhere),
            "feature": table.get("feature", nowhere),
            "node": table.get("node", table.get("first_node", missing)).astype("Int64"),
            "edge": table.get("edge", missing).astype("Int64"),
            "detail": detail,
            "geometry": table.geometry,
        }
    )


def _each(text: str, *columns: pd.Series) -> list[str]:
    return [text.format(*row) for row in zip(*columns)]


# What a finding is, the same for all of its sort, and what is particular to it.
_WORDS = {
    "imported": lambda t: (t["outcome"] + ": " + t["reason"], t["detail"]),
    "dangling": lambda t: (
        "end just short of a line",
        _each("{:.3g} m from {} {}", t["gap_m"], t["near_layer"], t["near_feature"]),
    ),
    "islands": lambda t: (
        _each("{} joined island", t["joined"]),
        _each("{} nodes, {:.0f} m", t["nodes"], t["length_m"]),
    ),
    "traps": lambda t: (
        t["trap"],
        _each("{} nodes beyond, {:.0f} m", t["region_nodes"], t["region_length_m"]),
    ),
    "speeds": lambda t: (
        _each("suspicious speed for {}", t["mode"]),
        _each("{:g} km/h", t["speed_kmh"]),
    ),
}


def _html(kind: str, table: geopandas.GeoDataFrame) -> str:
    shown = pd.DataFrame(table.drop(columns=table.geometry.name)).head(ROWS_SHOWN)
    more = len(table) - len(shown)
    rest = f"<p>and {more} more</p>" if more else ""
    body = shown.to_html(index=False, notebook=True)
    return f"<h4>{_TITLES[kind]} ({len(table)})</h4>\n{body}{rest}"
