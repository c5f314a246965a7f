"""Layers into one clean, noded, multimodal network with border crossings.

Describe each layer (`links`, `hubs`, `countries`, `posts`, `places`), then `build`. Layers may be
in any coordinate reference system; the network is in longitude and latitude on WGS 84. The result
does not depend on the order of rows or layers; features not used as they came are in the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .frames import frame_of_columns, report_frame, to_table

__all__ = ["Network", "build", "countries", "hubs", "links", "places", "posts"]


def links(
    features: Any,
    *,
    mode: str = "road",
    speed: str = "",
    oneway: str = "",
    detection: str = "",
    ids: str | None = None,
    name: str = "",
) -> _engine.LinkLayer:
    """Describe lines along which people move.

    Parameters
    ----------
    features : GeoDataFrame, or anything `waywarden.frames.to_table` takes
        Lines.
    mode : {"road", "rail", "sea", "air", "river", "foot"}
        Of all lines.
    speed : str
        Column with kilometres per hour; without one (or where missing) the mode's assumed speed
        applies.
    oneway : str
        Column that says which way a line may be used: ``1``, ``true``, ``yes``: along it; ``-1``,
        ``reverse``: against it; else both ways.
    detection : str
        Column with the background probability, 0 to 1, that a journey is detected on the line.
    ids : str, optional
        Column that names the features; by default the index does.
    name : str
        Of the layer, in reports and in the network's ``layer`` column; by default the mode.
    """
    return _engine.LinkLayer(
        to_table(features, name=name or mode, ids=ids),
        mode=mode,
        speed_column=speed,
        oneway_column=oneway,
        detection_column=detection,
    )


def hubs(
    features: Any,
    *,
    modes: Sequence[str],
    kind: str = "hubs",
    names: str = "",
    country: str = "",
    radius_m: float = 5000.0,
    wait_s: float = 1800.0,
    money: float = 0.0,
    detection: float = 0.0,
    ids: str | None = None,
) -> _engine.HubLayer:
    """Describe points where journeys change mode: stations, ports, airports, truck stops.

    Parameters
    ----------
    features : GeoDataFrame, or anything `waywarden.frames.to_table` takes
        Points.
    modes : sequence of str
        Those joined, where a link of theirs is within `radius_m`.
    kind : str
        What these hubs are: ``"stations"``, ``"ports"`` ...
    names, country : str
        Columns with the hub's name and country code.
    radius_m : float
        Reach in metres.
    wait_s : float
        Seconds to change between a mode and the hub, on top of walking; half of it each way.
    money : float
        Cost of a change.
    detection : float
        Background probability, 0 to 1, that a journey is detected as it changes here.
    ids : str, optional
        Column that names the features; by default the index does.
    """
    return _engine.HubLayer(
        to_table(features, name=kind, ids=ids),
        name_column=names,
        country_column=country,
        modes=list(modes),
        radius_m=radius_m,
        wait_s=wait_s,
        money=money,
        detection=detection,
    )


def countries(
    features: Any, *, code: str, names: str = "", accuracy: str = "", accuracy_m: float = 100.0
) -> _engine.CountryLayer:
    """Describe country polygons, at whose borders crossings are looked for.

    Parameters
    ----------
    features : GeoDataFrame, or anything `waywarden.frames.to_table` takes
        Polygons.
    code : str
        Column with the country's code.
    names : str
        Column with the country's name; by default the code is its name.
    accuracy : str
        Column that says how far a border may be off, in metres; the larger of two neighbours
        counts.
    accuracy_m : float
        The same, where there is no column.
    """
    return _engine.CountryLayer(
        to_table(features, name="countries"),
        code_column=code,
        name_column=names,
        accuracy_column=accuracy,
        accuracy_m=accuracy_m,
    )


def posts(
    features: Any,
    *,
    country_a: str,
    country_b: str,
    names: str = "",
    mode: str = "",
    detection: str = "",
    wait_minutes: str = "",
    tolerance_m: float = 10_000.0,
    ids: str | None = None,
) -> _engine.PostLayer:
    """Describe known border posts, which crossings of the network are matched to.

    Parameters
    ----------
    features : GeoDataFrame, or anything `waywarden.frames.to_table` takes
        Points.
    country_a, country_b : str
        Columns with the codes of the two countries.
    names, mode, detection, wait_minutes : str
        Columns with the post's name, its mode (without one it serves all), the probability that a
        journey is detected there, and the wait in minutes.
    tolerance_m : float
        How far a post may be from where the network crosses the border, metres.
    ids : str, optional
        Column that names the posts; by default the index does.
    """
    return _engine.PostLayer(
        to_table(features, name="posts", ids=ids),
        name_column=names,
        country_a_column=country_a,
        country_b_column=country_b,
        mode_column=mode,
        detection_column=detection,
        wait_column=wait_minutes,
        tolerance_m=tolerance_m,
    )


def places(
    features: Any,
    *,
    names: str = "",
    country: str = "",
    population: str = "",
    vulnerability: str = "",
    source_weight: str = "",
    destination_weight: str = "",
    modes: Sequence[str] = ("road",),
    radius_m: float = 20_000.0,
    ids: str | None = None,
) -> _engine.PlaceLayer:
    """Describe places where journeys begin, pass or end; one place may be all three.

    Parameters
    ----------
    features : GeoDataFrame, or anything `waywarden.frames.to_table` takes
        Points.
    names, country, population : str
        Columns with the place's name, country code and number of people.
    vulnerability : str
        Column with vulnerability per person, 0 or more: a place's source weight is this times its
        population. Instead of a source weight.
    source_weight, destination_weight : str
        Columns with how much movement begins and ends there, relative; 0 or more.
    modes : sequence of str
        A place is attached to the nearest link of any of these, within `radius_m` metres.
    ids : str, optional
        Column that names the places; by default the index does.
    """
    return _engine.PlaceLayer(
        to_table(features, name="places", ids=ids),
        name_column=names,
        country_column=country,
        population_column=population,
        vulnerability_column=vulnerability,
        source_weight_column=source_weight,
        destination_weight_column=destination_weight,
        modes=list(modes),
        radius_m=radius_m,
    )


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
