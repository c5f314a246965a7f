"""Kernel density and relative risk on the plane."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from shapely import wkb as well_known
from shapely.geometry import box

from . import _engine
from ._planar import Plane, plane_of
from ._run import ProgressArgument, call
from ._surfaces import is_released, write_geotiff
from .errors import InputError
from .frames import mark_unreleased
from .privacy import Release

__all__ = ["Surface", "bandwidth", "contours", "kde", "relative_risk"]


@dataclass(frozen=True)
class Surface:
    """One number per square cell: the analyst's workspace, not released.

    Attributes
    ----------
    values : numpy.ma.MaskedArray
        Rows from south to north, columns from west to east; masked where there is no number.
    x, y : float
        The south-western corner, in `crs`.
    cell_m : float
        Width of a cell.
    crs : Any
        Coordinate reference system, as geopandas understands it.
    about : dict
        What the function that made it says of it.
    title, unit : str
        What the values are, and their unit.
    released : bool
        Whether it was computed from tables of a release alone.
    """

    values: np.ma.MaskedArray
    x: float
    y: float
    cell_m: float
    crs: Any
    about: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    unit: str = ""
    released: bool = False

    def cells(self, column: str = "value") -> geopandas.GeoDataFrame:
        """Return the cells that have a number, as squares."""
        row, at = np.nonzero(~np.ma.getmaskarray(self.values))
        west, south, width = self.x + at * self.cell_m, self.y + row * self.cell_m, self.cell_m
        squares = [box(x, y, x + width, y + width) for x, y in zip(west, south)]
        numbers = {column: np.asarray(self.values[row, at])}
        return mark_unreleased(geopandas.GeoDataFrame(numbers, geometry=squares, crs=self.crs))

    def to_geotiff(
        self,
        path: str | os.PathLike[str],
        *,
        reason: str = "",
        release: Release | None = None,
        synthetic: bool = False,
        progress: ProgressArgument = None,
    ) -> Path:
        """Write a GeoTIFF: complete, or not at all.

        A file is a release, and a density of few events shows where each of them was, whatever its
        cells are rounded to. It can leave in two ways: computed from records that a release has
        masked, or in full, for a reason that is written into the file.

        Parameters
        ----------
        path : str or path
            A file in a folder that exists.
        reason : str
            Why it may be seen in full by whoever gets the file.
        release : Release, optional
            The release whose tables it was computed from.
        synthetic : bool
            Whether the events are invented; the file then says so.
        progress : bool or callable, optional
            As everywhere; see `waywarden.geodesy.lengths`.

        Returns
        -------
        Path
            One band of 64-bit numbers, north up, compressed, with the coordinate reference system,
            the value that stands for none, and a description of where the figures come from.

        Raises
        ------
        DisclosureError
            If neither is given, or the surface was not computed from tables of a release.
        CrsError
            If GeoTIFF cannot hold the coordinate reference system.

        Examples
        --------
        >>> import tempfile
        >>> seen = geopandas.GeoSeries.from_xy([100, 110, 400], [100, 120, 300], crs=32645)
        >>> surface = kde(seen, bandwidth_m=80, cell_m=10)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     surface.to_geotiff(f"{folder}/density.tif", reason="invented", synthetic=True).name
        'density.tif'
        """
        return write_geotiff(
            self, path, reason=reason, release=release, synthetic=synthetic, progress=progress
        )


def kde(
    events: Any,
    *,
    bandwidth_m: float | str = "diggle",
    cell_m: float | None = None,
    window: Any = None,
    weights: str | None = None,
    kernel: str = "quartic",
    edge: str = "points",
    method: str = "automatic",
    adaptive: bool = False,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Surface:
    """Estimate how densely events lie: events per square metre.

    Parameters
    ----------
    events : GeoDataFrame or GeoSeries
        Points. Projected coordinates are used as they are and taken as metres; longitudes and
        latitudes are projected to equal areas around the window.
    bandwidth_m : float or str
        Distance at which the kernel ends; for the Gaussian, its standard deviation. Or a rule of
        `bandwidth`.
    cell_m : float, optional
        Width of a cell; by default a 256th of the longer side of the window.
    window : GeoDataFrame or GeoSeries, optional
        Polygons in which events could have been seen. By default the rectangle around the events,
        which is too small: edge corrections then make the density at its edge too high.
    weights : str, optional
        Column that says how much an event counts; by default 1.
    kernel : {"quartic", "gaussian", "triangular", "uniform", "epanechnikov", "triweight"}
        Form of the kernel.
    edge : {"points", "evaluation", "none"}
        Correction for what kernels spill over the window's edge: at the events (Diggle and Jones;
        the surface adds up to the events), at the cells, or none.
    method : {"automatic", "exact", "binned"}
        Kernels added one by one, or events put into cells and convolved.
    adaptive : bool
        Whether kernels are narrower where events are dense (Abramson 1982).
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    Surface
        Masked outside the window. ``about`` holds ``mass`` (what the surface adds up to),
        ``weight`` (of all events), ``unreached`` (events whose kernel met no cell, with edge
        "points"), ``bandwidth_m`` and ``method``.

    Examples
    --------
    >>> seen = geopandas.GeoSeries.from_xy([100, 110, 400], [100, 120, 300], crs=32645)
    >>> area = geopandas.GeoSeries([box(0, 0, 500, 400)], crs=32645)
    >>> surface = kde(seen, bandwidth_m=80, cell_m=10, window=area)
    >>> surface.values.shape, round(surface.about["mass"], 9)
    ((40, 50), 3.0)
    """
    plane = plane_of(events, window=window)
    x, y = plane.coordinates[0]
    counted = _weights(events, weights)
    watched = {"progress": progress, "threads": threads}
    width = bandwidth_m
    if isinstance(width, str):
        width = _bandwidth(width, plane, kernel, **watched)
    bandwidths = np.array([float(width)])
    if adaptive:
        deviation = width / _engine.bandwidth_of_deviation(kernel, 1.0)
        deviations = call(
            _engine.adaptive_deviations,
            x,
            y,
            counted,
            plane.window,
            deviation,
            deviation,
            **watched,
        )
        bandwidths = deviations * _engine.bandwidth_of_deviation(kernel, 1.0)
    found = call(
        _engine.planar_density,
        x,
        y,
        counted,
        plane.window,
        cell_m or _default_cell(plane),
        # One event: its own bandwidth is the common one.
        bandwidths,
        kernel=kernel,
        edge=edge,
        method=method,
        **watched,
    )
    about = {name: found[name] for name in ("mass", "weight", "unreached", "method")}
    about["bandwidth_m"] = float(width)
    kind = {"title": "density", "unit": "1/m2", "released": is_released(events)}
    return _surface(found["grid"], found["value"], found["inside"], plane, about, **kind)


def bandwidth(
    events: Any,
    rule: str = "diggle",
    *,
    window: Any = None,
    kernel: str = "quartic",
    progress: ProgressArgument = None,
    threads: int = 0,
) -> float:
    """Choose how wide a kernel should be.

    Parameters
    ----------
    events, window, kernel
        As for `kde`.
    rule : {"diggle", "likelihood", "scott", "silverman"}
        Least mean square error for clustered events (narrow: for finding places), cross-validated
        likelihood (wide: for trends), or a rule of thumb; spatstat's bw.diggle, bw.ppl and (the
        geometric mean over both axes of) bw.scott, given in standard deviations.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    float
        In metres, as `kde` takes it: for the Gaussian the standard deviation, for other kernels the
        distance at which a kernel of that deviation ends.

    Examples
    --------
    >>> seen = geopandas.GeoSeries.from_xy([1, 2, 3, 4, 5], [2, 6, 10, 8, 4], crs=32645)
    >>> round(bandwidth(seen, "scott", kernel="gaussian"), 4)
    1.71
    """
    plane = plane_of(events, window=window)
    return _bandwidth(rule, plane, kernel, progress=progress, threads=threads)


def relative_risk(
    cases: Any,
    controls: Any,
    *,
    bandwidth_m: float,
    cell_m: float | None = None,
    window: Any = None,
    kernel: str = "gaussian",
    permutations: int = 0,
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> dict[str, Surface]:
    """Compare the density of cases with that of controls, with the probability of the difference.

    Parameters
    ----------
    cases, controls : GeoDataFrame or GeoSeries
        Points: events of interest, and those among which they could be.
    bandwidth_m, cell_m, window, kernel
        As for `kde`; one bandwidth for both.
    permutations : int
        How often cases and controls are dealt anew over the places; 0 takes the normal
        approximation of Hazelton and Davies (2009).
    seed : int
        Of the permutations.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    dict of Surface
        ``log_ratio``; ``p_upper`` and ``p_lower``, the probability of a ratio as high (low) in that
        cell alone: with thousands of cells some will be low by chance. Masked outside the window
        and where kernels of one kind, or none, reach.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> cases = geopandas.GeoSeries.from_xy(*random.normal(30, 5, (2, 40)), crs=32645)
    >>> controls = geopandas.GeoSeries.from_xy(*random.uniform(0, 100, (2, 200)), crs=32645)
    >>> area = geopandas.GeoSeries([box(0, 0, 100, 100)], crs=32645)
    >>> risk = relative_risk(cases, controls, bandwidth_m=10, cell_m=5, window=area)
    >>> raised = contours(risk["p_upper"], [0.05])
    >>> len(raised) > 0, bool(risk["p_upper"].values[6, 6] < 0.001)
    (True, True)
    """
    plane = plane_of(cases, controls, window=window)
    found = call(
        _engine.relative_risk,
        *plane.coordinates[0],
        *plane.coordinates[1],
        plane.window,
        cell_m or _default_cell(plane),
        float(bandwidth_m),
        kernel=kernel,
        permutations=permutations,
        seed=seed,
        progress=progress,
        threads=threads,
    )
    about = {"states": dict(pd.Series(found["state"]).value_counts())}
    released = is_released(cases, controls)
    return {
        name: _surface(found["grid"], *found[name], plane, about, title=name, released=released)
        for name in ("log_ratio", "p_upper", "p_lower")
    }


def contours(surface: Surface, levels: Any) -> geopandas.GeoDataFrame:
    """Draw lines of equal height through a surface.

    Parameters
    ----------
    surface : Surface
        From `kde` or `relative_risk`.
    levels : sequence of float
        Heights.

    Returns
    -------
    GeoDataFrame
        ``level`` and a line with what is higher on its left, closed unless it meets the edge of the
        window; in the surface's coordinate reference system. Marked as not released.
    """
    values = surface.values
    valid = ~np.ma.getmaskarray(values)
    parts = []
    for level in levels:
        wkb = _engine.contour_lines(
            surface.x,
            surface.y,
            surface.cell_m,
            values.shape[1],
            values.shape[0],
            values.filled(0.0).ravel(),
            valid.ravel(),
            float(level),
        )
        content, ends = wkb[0].tobytes(), wkb[1].tolist()
        lines = [well_known.loads(content[a:b]) for a, b in zip(ends, ends[1:])]
        parts += [(float(level), line) for line in lines]
    frame = geopandas.GeoDataFrame(
        {"level": [level for level, _ in parts]},
        geometry=geopandas.GeoSeries([line for _, line in parts], crs=surface.crs),
    )
    return mark_unreleased(frame)


def _bandwidth(rule: str, plane: Plane, kernel: str, **watched: Any) -> float:
    x, y = plane.coordinates[0]
    deviation = call(_engine.density_deviation, rule, x, y, plane.window, **watched)
    return float(_engine.bandwidth_of_deviation(kernel, deviation))


def _default_cell(plane: Plane) -> float:
    west, south, east, north = well_known.loads(plane.window).bounds
    return max(east - west, north - south) / 256


def _weights(events: Any, column: str | None) -> np.ndarray:
    if column is None:
        return np.empty(0)
    if column not in events or events[column].isna().any():
        raise InputError(f"there is no column '{column}' of weights, or one is missing")
    return events[column].to_numpy(float)


def _surface(
    grid: dict[str, Any],
    values: np.ndarray,
    valid: np.ndarray,
    plane: Plane,
    about: dict[str, Any],
    **kind: Any,
) -> Surface:
    shape = (grid["rows"], grid["columns"])
    numbers = np.ma.MaskedArray(values.reshape(shape), mask=~valid.reshape(shape))
    return Surface(numbers, grid["x"], grid["y"], grid["cell"], plane.crs, about, **kind)
