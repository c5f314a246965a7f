"""Clusters by density, against scikit-learn where it is here."""

import geopandas
import numpy as np
import pandas as pd
import pytest

from waywarden import clusters
from waywarden.errors import CrsError, InputError, OptionError


def crowd(seed, count=400):
    """Four clumps among strays, in metres."""
    random = np.random.default_rng(seed)
    centres = random.uniform(0, 10_000, (4, 2))
    clumps = centres[random.integers(0, 4, count // 2)] + random.normal(0, 250, (count // 2, 2))
    points = np.concatenate([clumps, random.uniform(0, 10_000, (count - count // 2, 2))])
    xy = points + [300_000, 3_000_000]
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 60, len(xy)), "D")
    return geopandas.GeoDataFrame(
        {"day": days}, geometry=geopandas.points_from_xy(*xy.T), crs=32645
    )


def coordinates(frame):
    return np.column_stack([frame.geometry.x, frame.geometry.y])


def partition(labels, rows):
    """The sets of rows, noise aside."""
    series = pd.Series(np.asarray(labels)[rows], index=np.flatnonzero(rows))
    return {frozenset(group.index) for label, group in series.groupby(series) if label >= 0}


@pytest.mark.parametrize("seed", range(20))
def test_dbscan_equals_scikit_learn(seed):
    cluster = pytest.importorskip("sklearn.cluster", reason="scikit-learn is not here")
    frame = crowd(seed)
    for eps, least in ((200, 4), (400, 8), (1000, 3)):
        ours = clusters.dbscan(frame, eps=eps, min_samples=least, metric="planar")
        theirs = cluster.DBSCAN(eps=eps, min_samples=least).fit(coordinates(frame))
        core = np.zeros(len(frame), bool)
        core[theirs.core_sample_indices_] = True
        assert (ours["role"] == "core").tolist() == core.tolist()
        assert partition(ours["cluster"], core) == partition(theirs.labels_, core)
        assert ((ours["cluster"] == -1) == (theirs.labels_ == -1)).all()


def test_dbscan_by_the_definition():
    frame = crowd(3, 200)
    xy = coordinates(frame)
    near = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1)) <= 400
    found = clusters.dbscan(frame, eps=400, min_samples=4, metric="planar")
    core = near.sum(axis=1) >= 4
    assert (found["role"] == "core").tolist() == core.tolist()
    assert ((found["role"] == "noise") == ~near[:, core].any(axis=1)).all()
    label = found["cluster"].to_numpy()
    touching = near & core[:, None] & core[None]
    assert (label[:, None] == label[None])[touching].all()
    sizes = found.loc[label >= 0, "cluster"].value_counts().sort_index()
    assert sizes.is_monotonic_decreasing
    assert found.attrs["waywarden"]["released"] is False


def test_geodesic_and_planar_agree_in_a_small_area():
    frame = crowd(4)
    planar = clusters.dbscan(frame, eps=300, metric="planar")
    degrees = clusters.dbscan(frame.to_crs(4326), eps=300)
    assert (degrees["cluster"] == clusters.dbscan(frame, eps=300)["cluster"]).all()
    assert (planar["cluster"] == degrees["cluster"]).mean() > 0.95


def test_space_and_time():
    frame = crowd(5)
    xy, day = coordinates(frame), frame["day"].to_numpy().astype("datetime64[D]").astype(int)
    near = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1)) <= 500
    near &= np.abs(day[:, None] - day[None]) <= 4
    found = clusters.st_dbscan(frame, time="day", eps=500, duration="4D", metric="planar")
    core = near.sum(axis=1) >= 5
    assert core.any()
    assert (found["role"] == "core").tolist() == core.tolist()
    assert ((found["role"] == "noise") == ~near[:, core].any(axis=1)).all()
    always = clusters.st_dbscan(frame, time="day", eps=500, duration="100D", metric="planar")
    assert always.equals(clusters.dbscan(frame, eps=500, metric="planar"))


def test_rows_and_threads_do_not_matter():
    frame = crowd(6)
    shuffled = frame.sample(frac=1, random_state=1)
    expected = clusters.dbscan(frame, eps=300, threads=1)
    assert clusters.dbscan(shuffled, eps=300, threads=2).reindex(frame.index).equals(expected)


def test_refusals():
    frame = crowd(7, 20)
    with pytest.raises(OptionError, match="radius"):
        clusters.dbscan(frame, eps=0)
    with pytest.raises(OptionError, match="metric"):
        clusters.dbscan(frame, eps=1, metric="haversine")
    with pytest.raises(OptionError, match="length of time"):
        clusters.st_dbscan(frame, time="day", eps=1, duration="soon")
    with pytest.raises(CrsError):
        clusters.dbscan(geopandas.GeoSeries(frame.geometry.to_numpy()), eps=1)
    with pytest.raises(InputError, match="point"):
        clusters.dbscan(frame.buffer(1), eps=1)
