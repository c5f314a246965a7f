"""K functions along lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import mark_unreleased
from .linear_network import Lines, _placed


def network_k(
    lines: Lines,
    points: Any,
    *,
    radii_m: Sequence[float],
    other: Any = None,
    correction: str = "ang",
    simulations: int = 999,
    seed: int = 0,
    envelope: str = "extreme_rank",
    alternative: str = "two-sided",
    alpha: float = 0.05,
    limit_m: float = 100.0,
    node_tolerance_m: float = 0.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Ask whether points lie closer together along lines than chance would have them.

    Parameters
    ----------
    lines : Lines
        From `waywarden.linear_network.lines`.
    points : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        In any coordinate reference system.
    radii_m : sequence of float
        Ascending distances along the lines, in metres.
    other : optional
        A second set of points: then pairs of one and the other are counted, and the second set is
        what simulations draw.
    correction : {"ang", "okabe_yamada"}
        Each pair divided by the number of places as far from its first point, so that chance gives
        the radius (Ang, Baddeley and Nair 2012), or not (Okabe and Yamada 2001).
    simulations : int
        Sets of as many points drawn uniformly along the lines; 0 for the curve alone.
    seed : int
        Of the simulations.
    envelope : {"extreme_rank", "deviation"}
        Which global envelope judges the whole curve at once.
    alternative : {"two-sided", "greater", "less"}
    alpha : float
        Of the envelope.
    limit_m, node_tolerance_m
        As for `waywarden.linear_network.Lines.snap`; points farther away are left out and counted.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under the radii (``r_m``): ``k``, and of the envelope ``centre``, ``low`` and ``high``.
        ``attrs["waywarden"]`` holds ``p`` and how many points were ``left_out``. Marked as not
        released.

    Examples
    --------
    >>> import geopandas
    >>> from waywarden.linear_network import lines
    >>> road = geopandas.GeoSeries.from_wkt(["LINESTRING (0 0, 1000 0)"], crs=3857)
    >>> seen = geopandas.GeoSeries.from_xy([500, 510, 520, 530], [0, 0, 0, 0], crs=3857)
    >>> found = network_k(
    ...     lines(road, lengths="planar"), seen, radii_m=[10, 50], simulations=99
    ... )
    >>> found["k"].round(1).tolist(), found.attrs["waywarden"]["p"]
    ([250.0, 500.0], 0.01)
    """
    edge, along, there = _placed(lines, points, limit_m, node_tolerance_m)
    other_edge, other_along, other_there = (
        (np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=bool))
        if other is None
        else _placed(lines, other, limit_m, node_tolerance_m)
    )
    if other is not None and not len(other_edge):
        raise InputError("the second set has no points on the lines")
    found = call(
        _engine.network_k,
        lines.engine,
        edge,
        along,
        other_edge,
        other_along,
        radii_m=np.asarray(radii_m, dtype=float),
        correction=correction,
        simulations=simulations,
        seed=seed,
        envelope=envelope,
        alternative=alternative,
        alpha=alpha,
        progress=progress,
        threads=threads,
    )
    columns = found["columns"]
    order = [name for name in ("k", "centre", "low", "high") if name in columns]
    frame = pd.DataFrame(columns).set_index("r_m")[order]
    left_out = int((~there).sum() + (~other_there).sum())
    return mark_unreleased(frame, p=found["p"], left_out=left_out)
