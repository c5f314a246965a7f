"""What an import must keep: its bits under another order, itself, its length, its place."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString

from waywarden import geodesy, network
from waywarden.network import Network

SEEDS = range(20)


def streets(seed, step=0.01, corner=(8.6, 49.4)):
    """Streets on a jittered grid with bends, some one-way, some a little short of a junction."""
    random = np.random.default_rng(seed)
    nodes = {
        (i, j): np.array(corner) + step * (np.array([i, j]) + random.uniform(-0.2, 0.2, 2))
        for i in range(5)
        for j in range(5)
    }
    lines = []
    for i, j in nodes:
        for other in ((i + 1, j), (i, j + 1)):
            if other in nodes and random.random() < 0.85:
                bend = (nodes[i, j] + nodes[other]) / 2 + random.uniform(-0.1, 0.1, 2) * step
                short = random.choice([0.0, 4e-6]) * random.uniform(-1, 1, 2)
                lines.append(LineString([nodes[i, j] + short, bend, nodes[other]]))
    count = len(lines)
    columns = {
        "speed": random.choice([30.0, 50.0, np.nan], count),
        "oneway": random.choice(["", "", "1", "-1"], count),
    }
    index = [f"s{i}" for i in range(count)]
    return geopandas.GeoDataFrame(columns, geometry=lines, index=index, crs=4326)


def built(lines, **options):
    return Network.from_geodataframe(lines, speed="speed", oneway="oneway", **options)


def same(a, b):
    for part in ("nodes", "edges", "report"):
        pd.testing.assert_frame_equal(
            pd.DataFrame(getattr(a, part)), pd.DataFrame(getattr(b, part)), check_exact=True
        )


def drawn_once(edges):
    return edges[(edges["twin"] < 0) | (edges.index.to_numpy() < edges["twin"])]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_features_changes_no_bit(seed, tmp_path):
    lines = streets(seed)
    one, other = built(lines), built(lines.sample(frac=1, random_state=seed), threads=1)
    same(one, other)
    one.save(tmp_path / "one.way")
    other.save(tmp_path / "other.way")
    assert (tmp_path / "one.way").read_bytes() == (tmp_path / "other.way").read_bytes()


@pytest.mark.parametrize("seed", SEEDS)
def test_an_import_of_what_was_imported_changes_nothing(seed):
    """Links as a layer of their own: no end is moved twice, nothing is cut again."""
    first = built(streets(seed))
    once = _again(first)
    twice = _again(once)
    for part in ("nodes", "edges"):
        left, right = (pd.DataFrame(getattr(net, part)) for net in (once, twice))
        pd.testing.assert_frame_equal(left, right, check_exact=True)
    assert len(once.report) == 0
    drop = ["feature"]
    left, right = (pd.DataFrame(net.edges).drop(columns=drop) for net in (first, once))
    pd.testing.assert_frame_equal(left, right, check_exact=True)


def _again(net):
    nodes_, edges = net.to_geodataframes()
    edges = edges[edges["drawn"]]
    layer = geopandas.GeoDataFrame(
        {
            "speed": edges["speed_kmh"],
            "oneway": np.where(edges["twin"] < 0, "1", ""),
        },
        geometry=edges.geometry,
        crs=4326,
    )
    # Named by where they lie, so that the second time they are named the same.
    layer.index = [line.wkt for line in layer.geometry]
    return built(layer)


@pytest.mark.parametrize("epsg", [32632, 3857, 3035])
def test_a_projection_there_and_back_changes_nothing(epsg):
    for seed in range(5):
        lines = streets(seed)
        there = lines.to_crs(epsg)
        plain, back = built(lines, snap_m=0.001), built(there.to_crs(4326), snap_m=0.001)
        same_topology(plain, back)
        same_topology(plain, built(there, snap_m=0.001))


def same_topology(a, b):
    assert len(a.nodes) == len(b.nodes)
    names = ["tail", "head", "twin", "feature", "speed_kmh"]
    pd.testing.assert_frame_equal(pd.DataFrame(a.edges[names]), pd.DataFrame(b.edges[names]))
    moved = np.hypot(
        a.nodes.geometry.x - b.nodes.geometry.x, a.nodes.geometry.y - b.nodes.geometry.y
    )
    # Coordinates are kept to 1e-7 degrees: one step of rounding apart at most.
    assert moved.max() <= 1.5e-7


@pytest.mark.parametrize("seed", SEEDS)
def test_length_is_preserved(seed):
    lines = streets(seed)
    lines = lines.set_geometry([_rounded(line) for line in lines.geometry])
    edges = drawn_once(built(lines, snap_m=0).edges)
    expected = geodesy.lengths(lines)
    assert edges["length_m"].sum() == pytest.approx(expected.sum(), rel=1e-9)
    by_feature = edges.groupby("feature")["length_m"].sum()
    assert np.allclose(by_feature[expected.index], expected, rtol=1e-9)


def _rounded(line):
    return LineString(np.round(np.array(line.coords), 7))


@pytest.mark.parametrize("seed", SEEDS)
def test_over_the_antimeridian_as_anywhere_else(seed):
    """The same streets moved to 180 degrees: as many components, the same length."""
    lines = streets(seed, corner=(179.98, 49.4))
    lines = lines.set_geometry([_rounded(line) for line in lines.geometry])
    wrapped = lines.set_geometry(
        [
            LineString([((x + 180) % 360 - 180, y) for x, y in line.coords])
            for line in lines.geometry
        ]
    )
    here = streets(seed)
    here = here.set_geometry([_rounded(line) for line in here.geometry])
    near, far, turned = (built(layer, snap_m=0) for layer in (here, lines, wrapped))
    same(far, turned)
    total = [drawn_once(net.edges)["length_m"].sum() for net in (near, far)]
    assert total[1] == pytest.approx(total[0], rel=1e-6)
    islands = [net.diagnose().islands["joined"].tolist() for net in (near, far)]
    assert islands[0].count("weakly") == islands[1].count("weakly")
    assert (far.edges.geometry.bounds["maxx"] <= 180).all()
    seams = far.edges[far.edges["length_m"] == 0]
    ends = far.nodes.geometry.x
    assert (np.abs(ends[seams["tail"]].to_numpy() - ends[seams["head"]].to_numpy()) == 360).all()


def test_the_joint_at_the_antimeridian_is_a_point():
    """Drawn across the map, it would be near every road of its latitude."""
    roads = [
        LineString([(179.0, 10.0), (-179.0, 10.0)]),
        LineString([(20.0, 10.00001), (20.0, 10.1)]),
    ]
    net = Network.from_geodataframe(geopandas.GeoDataFrame(geometry=roads, crs=4326))
    assert net.diagnose().dangling.empty
    widths = net.edges.geometry.bounds["maxx"] - net.edges.geometry.bounds["minx"]
    assert widths.max() <= 1.0
    again = Network.from_geodataframes(*net.to_geodataframes())
    pd.testing.assert_frame_equal(pd.DataFrame(again.edges), pd.DataFrame(net.edges))


def test_routes_go_over_the_antimeridian():
    line = LineString([(179.0, -17.0), (-179.0, -17.0)])
    places = geopandas.GeoDataFrame(
        geometry=geopandas.points_from_xy([179, -179], [-17, -17]), index=["west", "east"], crs=4326
    )
    roads = geopandas.GeoDataFrame(geometry=[line], crs=4326)
    net = network.build(network.links(roads), network.places(places))
    assert net.places["access_m"].max() < 1
    edges = drawn_once(net.edges)
    expected = geodesy.lengths(roads).iloc[0]
    assert edges["length_m"].sum() == pytest.approx(expected, rel=1e-9)
    assert net.diagnose().islands.empty
