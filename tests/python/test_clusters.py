"""Clusters by density, against scikit-learn where it is here."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString

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


def rand(a, b):
    """Rand index of two labellings, adjusted for chance (Hubert and Arabie 1985)."""
    table = pd.crosstab(np.asarray(a), np.asarray(b)).to_numpy()

    def pairs(counts):
        return (counts * (counts - 1) / 2).sum()

    rows, columns = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = rows * columns / pairs(np.array([len(a)]))
    return (pairs(table) - chance) / ((rows + columns) / 2 - chance)


@pytest.mark.parametrize("method", ["eom", "leaf"])
def test_hdbscan_agrees_with_scikit_learn(method):
    """But for ties (hdbscan's docstring), by which scikit-learn disagrees with itself as well."""
    cluster = pytest.importorskip("sklearn.cluster", reason="scikit-learn is not here")
    scores = []
    for seed in range(10):
        frame = crowd(seed)
        ours = clusters.hdbscan(
            frame, min_cluster_size=15, cluster_selection_method=method, metric="planar"
        )
        model = cluster.HDBSCAN(min_cluster_size=15, cluster_selection_method=method, copy=True)
        theirs = model.fit(coordinates(frame))
        scores.append(rand(ours["cluster"], theirs.labels_))
        same = (ours["cluster"] >= 0) & (theirs.labels_ >= 0)
        difference = (ours["probability"] - theirs.probabilities_)[same].abs()
        assert (difference > 1e-9).mean() < 0.05
    assert np.median(scores) > 0.95
    assert min(scores) > 0.85


def test_hdbscan_outliers_agree_with_hdbscan():
    peer = pytest.importorskip("hdbscan", reason="hdbscan is not here")
    for seed in range(5):
        frame = crowd(seed)
        # Its min_samples does not count the point itself.
        theirs = peer.HDBSCAN(min_cluster_size=15, min_samples=9).fit(coordinates(frame))
        ours = clusters.hdbscan(frame, min_cluster_size=15, min_samples=10, metric="planar")
        difference = (ours["outlier"] - theirs.outlier_scores_).abs()
        assert (difference > 1e-9).mean() < 0.1


def test_hdbscan_finds_what_was_made():
    frame = crowd(9)
    found = clusters.hdbscan(frame, min_cluster_size=20)
    assert found["cluster"].nunique() >= 4
    assert ((found["cluster"] == -1) == (found["probability"] == 0)).all()
    assert found["probability"].between(0, 1).all()
    assert found["outlier"].between(0, 1).all()
    stability = found.attrs["waywarden"]["stability"]
    assert len(stability) == found["cluster"].max() + 1
    assert found.attrs["waywarden"]["released"] is False
    shuffled = frame.sample(frac=1, random_state=1)
    again = clusters.hdbscan(shuffled, min_cluster_size=20, threads=2)
    assert again.reindex(frame.index).equals(found)


@pytest.fixture
def streets():
    """Two streets 40 m apart that meet a kilometre away, and eight incidents on either."""
    lines = geopandas.GeoDataFrame(
        geometry=[LineString([(0, 0), (1000, 20)]), LineString([(0, 40), (1000, 20)])], crs=32645
    ).translate(300_000, 3_000_000)
    x = np.tile(np.arange(8) * 5.0, 2)
    y = np.repeat([0.0, 40.0], 8)
    incidents = geopandas.GeoDataFrame(
        {"day": pd.date_range("2024-01-01", periods=17)},
        geometry=geopandas.points_from_xy([*(x + 300_000), 305_000], [*(y + 3_000_000), 3_000_000]),
        crs=32645,
    )
    return geopandas.GeoDataFrame(geometry=lines), incidents


@pytest.mark.parametrize("metric", ["planar", "geodesic"])
def test_along_streets(streets, metric):
    lines, incidents = streets
    options = {"metric": metric, "lines": lines}
    assert clusters.dbscan(incidents, eps=60, metric=metric)["cluster"].max() == 0
    sides = {frozenset(range(8)), frozenset(range(8, 16))}
    everyone = np.full(17, True)
    found = clusters.dbscan(incidents, eps=60, **options)
    assert partition(found["cluster"], everyone) == sides
    assert found["role"].tolist() == ["core"] * 16 + ["off_lines"]
    assert found["distance_m"].isna().tolist() == [False] * 16 + [True]
    apart = clusters.hdbscan(incidents, min_cluster_size=4, min_samples=2, **options)
    assert partition(apart["cluster"], everyone) == sides
    assert apart["probability"].isna().tolist() == [False] * 16 + [True]
    in_time = clusters.st_dbscan(incidents, time="day", eps=60, duration="8D", **options)
    assert partition(in_time["cluster"], everyone) == sides
    assert clusters.dbscan(incidents, eps=5000, **options)["cluster"].tolist() == [0] * 16 + [-1]


def test_rows_and_threads_do_not_matter():
    frame = crowd(6)
    shuffled = frame.sample(frac=1, random_state=1)
    expected = clusters.dbscan(frame, eps=300, threads=1)
    assert clusters.dbscan(shuffled, eps=300, threads=2).reindex(frame.index).equals(expected)


def test_refusals():
    frame = crowd(7, 20)
    with pytest.raises(OptionError, match="radius"):
        clusters.dbscan(frame, eps=0)
    with pytest.raises(OptionError, match="two points"):
        clusters.hdbscan(frame, min_cluster_size=1)
    with pytest.raises(OptionError, match="'eom', 'leaf'"):
        clusters.hdbscan(frame, cluster_selection_method="best")
    with pytest.raises(OptionError, match="metric"):
        clusters.dbscan(frame, eps=1, metric="haversine")
    with pytest.raises(OptionError, match="length of time"):
        clusters.st_dbscan(frame, time="day", eps=1, duration="soon")
    with pytest.raises(CrsError):
        clusters.dbscan(geopandas.GeoSeries(frame.geometry.to_numpy()), eps=1)
    with pytest.raises(InputError, match="point"):
        clusters.dbscan(frame.buffer(1), eps=1)
