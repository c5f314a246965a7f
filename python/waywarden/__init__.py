"""Find trafficking routes, where journeys can be interrupted, and where harm concentrates.

Works on places, links, flows and aggregates, never on single people; on your own data, on your own
machine, without any network connection. GeoDataFrames go in and come out.

One module per subject; each function's docstring says what it computes, in which units, and from
which source.
"""

from __future__ import annotations

from . import (
    _engine,
    examples,
    flow,
    geodesy,
    hotspots,
    interdiction,
    io,
    maps,
    network,
    privacy,
    report,
    risk,
    routing,
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
    "OptionError",
    "Release",
    "RefusedError",
    "StudyError",
    "__version__",
    "examples",
    "flow",
    "geodesy",
    "hotspots",
    "interdiction",
    "io",
    "layers",
    "maps",
    "network",
    "privacy",
    "read",
    "release",
    "report",
    "risk",
    "routing",
    "study",
    "unrestricted",
    "verification",
    "verify",
]
