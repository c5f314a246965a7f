"""What a network is built from: layers of links, hubs, countries, posts and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import _engine
from .frames import to_table

__all__ = ["by_kind", "countries", "hubs", "links", "places", "posts"]


def links(
    features: Any,
    *,
    mode: str = "road",
    speed: str = "",
    oneway: str = "",
    detection: str = "",
    level: str = "",
    at_crossings: str = "pass",
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
    level : str
        Column with a whole number, above or below ground (0 where missing): lines of different
        levels are not joined where they pass through the same vertex. Without it all are on the
        ground.
    at_crossings : {"pass", "join"}
        Whether lines that cross on the same level without a shared vertex meet there. Both lines
        must say ``join``.
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
        level_column=level,
        at_crossings=at_crossings,
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


_KINDS = (
    _engine.LinkLayer,
    _engine.HubLayer,
    _engine.CountryLayer,
    _engine.PostLayer,
    _engine.PlaceLayer,
)


def by_kind(layers: Sequence[Any]) -> dict[str, Any]:
    """Sort layers into the arguments of the engine's ``build_network``."""
    for layer in layers:
        if type(layer) not in _KINDS:
            raise TypeError(f"expected links(), hubs() ..., not {type(layer).__name__}")
    of = {kind: [layer for layer in layers if type(layer) is kind] for kind in _KINDS}
    return {
        "links": of[_engine.LinkLayer],
        "hubs": of[_engine.HubLayer],
        "countries": _only(of[_engine.CountryLayer], "countries"),
        "posts": _only(of[_engine.PostLayer], "posts"),
        "places": _only(of[_engine.PlaceLayer], "places"),
    }


def _only(layers: list[Any], what: str) -> Any:
    if layers[1:]:
        raise TypeError(f"{what}() may be given once")
    return next(iter(layers), None)
