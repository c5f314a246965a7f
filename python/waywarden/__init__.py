"""Find trafficking routes, where journeys can be interrupted, and where harm concentrates.

Works on places, links, flows and aggregates, never on single people; on your own data, on your own
machine, without any network connection. GeoDataFrames go in and come out.

One module per subject; each function's docstring says what it computes, in which units, and from
which source.
"""

from __future__ import annotations

from . import (
    _engine,
    clusters,
    density,
    examples,
    flow,
    geodesy,
    gtfs,
    hotspots,
    incidents,
    interdiction,
    io,
    linear_network,
    maps,
    network,
    opening_hours,
    osm,
    point_patterns,
    prediction,
    privacy,
    report,
    risk,
    routing,
    scan,
    study,
    verification,
)
from .errors import (
    CrsError,
    DisclosureError,
    Error,
    FileError,
    InputError,
    InputWarning,
    LimitError,
    OptionError,
    RefusedError,
    StudyError,
)
from .io import layers, read
from .privacy import Release, release, unrestricted
from .verification import verify

__version__: str = _engine.__version__

__all__ = [
    "CrsError",
    "DisclosureError",
    "Error",
    "FileError",
    "InputError",
    "InputWarning",
    "LimitError",
    "OptionError",
    "Release",
    "RefusedError",
    "StudyError",
    "__version__",
    "density",
    "clusters",
    "examples",
    "flow",
    "geodesy",
    "gtfs",
    "hotspots",
    "incidents",
    "interdiction",
    "io",
    "linear_network",
    "layers",
    "maps",
    "network",
    "opening_hours",
    "osm",
    "prediction",
    "point_patterns",
    "privacy",
    "read",
    "release",
    "report",
    "risk",
    "routing",
    "scan",
    "study",
    "unrestricted",
    "verification",
    "verify",
]
