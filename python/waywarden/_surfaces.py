"""Surfaces as polygons and as files: filled contours and GeoTIFF."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import DisclosureError
from .frames import _from_wkb, crs_text, mark_unreleased
from .privacy import Release

if TYPE_CHECKING:
    from ._planar_density import Surface

__all__ = ["contour_bands", "is_released", "write_geotiff"]


def contour_bands(
    surface: Surface, levels: Any, *, progress: ProgressArgument = None
) -> geopandas.GeoDataFrame:
    """Draw what lies between heights of a surface, as polygons: filled contours.

    Parameters
    ----------
    surface : Surface
        From `kde` or `relative_risk`.
    levels : sequence of float
        Heights, ascending.
    progress : bool or callable, optional
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    GeoDataFrame
        One row per level: ``low``, ``high`` (the next level; missing for the last, which has no
        upper end) and a multipolygon, possibly empty, in the surface's coordinate reference system.
        Bands do not overlap, and reach to the middles of the outermost cells. Marked as not
        released: the bands of a density of few events show where these were.

    Raises
    ------
    OptionError
        If levels do not ascend.

    Examples
    --------
    >>> from waywarden.density import kde
    >>> seen = geopandas.GeoSeries.from_xy([100, 110, 400], [100, 120, 300], crs=32645)
    >>> surface = kde(seen, bandwidth_m=80, cell_m=10)
    >>> bands = contour_bands(surface, [0.00005, 0.0001])
    >>> bands.geom_type.tolist(), bool((bands.area > 0).all())
    (['MultiPolygon', 'MultiPolygon'], True)
    """
    heights = np.asarray(levels, dtype=float)
    wkb = call(_engine.contour_bands, *_cells(surface), heights, progress=progress)
    empty = geopandas.GeoSeries([])
    frame = geopandas.GeoDataFrame(
        {"low": heights, "high": np.append(heights[1:], np.nan)[: len(heights)]},
        geometry=empty if wkb is None else _from_wkb(wkb, pd.RangeIndex(len(heights))),
        crs=surface.crs,
    )
    return mark_unreleased(frame)


def write_geotiff(
    surface: Surface,
    path: str | os.PathLike[str],
    *,
    reason: str,
    release: Release | None,
    synthetic: bool,
    progress: ProgressArgument,
) -> Path:
    """Write a surface that may leave; `Surface.to_geotiff` says on which terms."""
    if release is None and not reason.strip():
        raise DisclosureError(
            "a surface shows where single events were: give the release whose tables it was "
            "computed from, or the reason why it may be seen in full"
        )
    if release is not None and not surface.released:
        raise DisclosureError(
            "this surface was not computed from a table of a release: compute it from "
            "release.tables[...], or give the reason why it may be seen in full"
        )
    call(
        _engine.write_geotiff,
        os.fspath(path),
        *_cells(surface),
        crs="" if surface.crs is None else crs_text(surface.crs),
        title=surface.title,
        unit=surface.unit,
        origin="synthetic" if synthetic else "modelled",
        source=None if release is None else release._engine_release,
        reason=reason,
        progress=progress,
    )
    return Path(path)


def is_released(*events: Any) -> bool:
    """Whether all of these are tables of a release."""
    marks = [getattr(data, "attrs", {}).get("waywarden", {}) for data in events]
    return all(mark.get("released", False) for mark in marks)


def _cells(surface: Surface) -> tuple[Any, ...]:
    rows, columns = surface.values.shape
    valid = ~np.ma.getmaskarray(surface.values)
    numbers = np.ma.filled(surface.values, 0.0).ravel()
    return surface.x, surface.y, surface.cell_m, columns, rows, numbers, valid.ravel()
