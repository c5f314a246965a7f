"""K, L and Knox against PySAL's pointpats, where it is installed."""

import warnings

import geopandas
import numpy as np
import pytest

from waywarden import point_patterns

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    pointpats = pytest.importorskip("pointpats", reason="pointpats is not installed")

UTM = 32645
RADII = np.array([20.0, 45.0, 80.0, 140.0])


def clumped(seed):
    """Half of the points even, half in clumps."""
    random = np.random.default_rng(seed)
    middles = random.uniform(100, 900, (4, 2))
    clumps = random.normal(middles[random.integers(0, 4, 60)], 25)
    return np.concatenate([random.uniform(0, 1000, (60, 2)), clumps])


@pytest.mark.parametrize("seed", range(8))
def test_k_and_l_without_correction(seed):
    xy = clumped(seed)
    points = geopandas.GeoSeries.from_xy(*xy.T, crs=UTM)
    # Both take the rectangle around the points for the window.
    ours = point_patterns.k_function(points, RADII, correction="none")
    theirs = pointpats.k(xy, support=RADII)[1]
    # Per point of all n in the area, where ours is per point of the n - 1 others.
    share = (len(xy) - 1) / len(xy)
    assert ours["k"].to_numpy() * share == pytest.approx(theirs, rel=1e-12)
    lengths = pointpats.l(xy, support=RADII)[1]
    assert ours["l"].to_numpy() * np.sqrt(share) == pytest.approx(lengths, rel=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_knox(seed):
    xy = clumped(seed)
    days = np.random.default_rng(seed).integers(0, 60, len(xy)).astype(float)
    points = geopandas.GeoDataFrame(
        {"day": days}, geometry=geopandas.points_from_xy(*xy.T), crs=UTM
    )
    ours = point_patterns.knox(points, distance_m=50, days=7, time="day", permutations=99)
    theirs = pointpats.Knox(xy, days[:, None], delta=50, tau=7, permutations=9)
    assert ours["close"] == theirs.nst
    assert ours["mean"] == pytest.approx(np.asarray(theirs.expected).ravel()[0], rel=1e-12)
