"""Find trafficking routes, where journeys can be interrupted, and where harm concentrates.

Works on places, links, flows and aggregates, never on single people; on your own data, on your own
machine, without any network connection. GeoDataFrames go in and come out.

One module per subject; each function's docstring says what it computes, in which units, and from
which source.
"""

from __future__ import annotations

from . import _engine, geodesy, io, network, risk
from .errors import (
    CrsError,
    DisclosureError,
    Error,
    FileError,
    InputError,
    InputWarning,
    OptionError,
    RefusedError,
)
from .io import layers, read

__version__: str = _engine.__version__

__all__ = [
    "CrsError",
    "DisclosureError",
    "Error",
    "FileError",
    "InputError",
    "InputWarning",
    "OptionError",
    "RefusedError",
    "__version__",
    "geodesy",
    "io",
    "layers",
    "network",
    "read",
    "risk",
]
