"""OpenStreetMap extracts into layers of a network.

Ways that a rule of the profile makes links become lines; nodes become hubs and border posts; turn
restrictions are listed. The profile is a small text that you can edit: see `default_profile`.
Ways meet where they share a node, so build the network with ``snap_m=0``.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .frames import report_frame, to_frame

__all__ = ["Extract", "default_profile", "read"]


def default_profile() -> str:
    """Show the rules that are used unless others are given.

    Returns
    -------
    str
        One rule per line: ``link KEY VALUE MODE SPEED_KMH [oneway]`` (the first that fits a way
        decides), ``closed KEY VALUE [MODE]`` (ways that are left out), ``hub KEY VALUE`` and ``post
        KEY VALUE`` (nodes). A value may be ``*``; from ``#`` on a line is a comment. Speeds are
        assumptions.

    Examples
    --------
    >>> rules = default_profile().splitlines()
    >>> next(rule for rule in rules if "trunk " in rule)
    'link highway trunk           road  90'
    """
    return _engine.default_tag_profile()


def read(
    path: str | os.PathLike[str],
    *,
    profile: str | os.PathLike[str] | None = None,
    max_ways: int = 50_000_000,
    max_vertices: int = 400_000_000,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Extract:
    """Read an extract, ``.osm.pbf`` or ``.osm`` (XML).

    Parameters
    ----------
    path : str or path
        A plain file.
    profile : str or path, optional
        The rules: a text of several lines, or the path of a file that holds it; by default
        `default_profile`.
    max_ways, max_vertices : int
        More than this is an error.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Extract

    Raises
    ------
    RefusedError, FileError
        If the path could reach the network, or the file is missing, damaged or of another kind.
    InputError
        For a line of the profile that is no rule, and for too much data.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> text = "<osm version='0.6'><node id='1' version='1' lon='9.5' lat='47.1'/>"
    >>> text += "<node id='2' version='1' lon='9.6' lat='47.1'/><way id='7' version='1'>"
    >>> text += "<nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way></osm>"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "pass.osm")
    ...     _ = path.write_text(text)
    ...     extract = read(path)
    >>> road = extract.links["road"].loc["w7"]
    >>> road["class"], float(road["speed_kmh"]), road["speed_from"]
    ('highway=primary', 70.0, 'assumed')
    >>> from waywarden import network
    >>> len(network.build(*extract.layers, snap_m=0).edges)
    2
    """
    rules, name = _rules(profile)
    found = call(
        _engine.read_osm,
        os.fspath(path),
        profile=rules,
        profile_name=name,
        max_ways=max_ways,
        max_vertices=max_vertices,
        progress=progress,
        threads=threads,
    )
    return Extract(found)


class Extract:
    """What an OpenStreetMap file holds for a network.

    Attributes
    ----------
    layers : list
        The links, and where ferries land, for `waywarden.network.build`. Landings are hubs that
        join the modes there; for another wait than half an hour take `landings` yourself.

    Parameters
    ----------
    found
        Use `read`.
    """

    def __init__(self, found: _engine.OsmExtract) -> None:
        self._found = found
        self.layers: list[_engine.LinkLayer | _engine.HubLayer] = list(found.links)
        if len(self.landings):
            self.layers.append(found.landings)

    def __repr__(self) -> str:
        counts = self.counts
        return f"<Extract: {counts['links']} of {counts['ways']} ways are links>"

    @cached_property
    def links(self) -> dict[str, geopandas.GeoDataFrame]:
        """Lines by mode.

        ``class`` (the tag), ``name``, ``ref``, ``access``, ``speed_kmh``, ``speed_from``
        (``maxspeed``, ``duration`` or ``assumed``), ``oneway``, ``level``.
        """
        return {mode: to_frame(table) for mode, table in self._found.tables().items()}

    @cached_property
    def hubs(self) -> geopandas.GeoDataFrame:
        """Points: ``kind`` (the tag), ``name``."""
        return to_frame(self._found.hubs)

    @cached_property
    def posts(self) -> geopandas.GeoDataFrame:
        """Border posts as points: ``kind``, ``name``."""
        return to_frame(self._found.posts)

    @cached_property
    def landings(self) -> geopandas.GeoDataFrame:
        """Points where a ferry's line ends at a node of a road, railway or footpath."""
        return to_frame(self._found.landing_table())

    @cached_property
    def restrictions(self) -> pd.DataFrame:
        """Turn restrictions, which routes do not keep.

        ``restriction``, and the members ``from``, ``via`` and ``to``.
        """
        return to_frame(self._found.restrictions)

    @property
    def counts(self) -> dict[str, Any]:
        """How much was read.

        ``ways`` in all, and those that became ``links``, were ``closed`` by a rule, or are
        ``others``; ``link_nodes`` in the file, and ``missing_nodes``.
        """
        return self._found.counts()

    @property
    def report(self) -> pd.DataFrame:
        """One row per way that could not be used whole."""
        return report_frame(self._found.report())


def _rules(profile: str | os.PathLike[str] | None) -> tuple[str, str]:
    if profile is None:
        return default_profile(), "the default profile"
    if isinstance(profile, str) and "\n" in profile:
        return profile, "profile"
    return Path(profile).read_text(encoding="utf-8"), os.fspath(profile)
