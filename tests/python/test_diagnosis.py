"""What a network says of the drawing it came from."""

import sqlite3

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, Point

from waywarden import network
from waywarden.errors import InputError, OptionError


def lines(rows, **columns):
    frame = pd.DataFrame(columns, index=list(rows))
    return geopandas.GeoDataFrame(
        frame, geometry=[LineString(line) for line in rows.values()], crs=4326
    )


@pytest.fixture(scope="module")
def broken():
    """A street with a gap, an island, a one-way way in, a mad speed, and a point among lines."""
    rows = {
        "along": [(83.0, 27.0), (83.01, 27.0), (83.02, 27.0)],
        "short": [(83.005, 27.00004), (83.005, 27.01)],
        "island": [(84.0, 27.0), (84.01, 27.0)],
        "in": [(83.02, 27.0), (83.03, 27.0)],
        "fast": [(83.01, 27.0), (83.01, 27.01)],
    }
    speeds, oneway = [50, 50, 50, 50, 900], ["", "", "", "1", ""]
    frame = lines(rows, speed=speeds, oneway=oneway)
    odd = geopandas.GeoDataFrame({"speed": [1]}, geometry=[Point(83, 27)], index=["odd"], crs=4326)
    frame = pd.concat([frame, odd.assign(oneway="")])
    return network.build(network.links(frame, speed="speed", oneway="oneway"))


def test_each_kind_is_found(broken):
    found = broken.diagnose()
    assert found.read.to_dict() == {"road": 6}
    gap = found.dangling.iloc[0]
    assert (len(found.dangling), gap["feature"], gap["near_feature"]) == (1, "short", "along")
    assert gap["gap_m"] == pytest.approx(4.43, abs=0.01)
    assert gap.geometry.coords[0] == (83.005, 27.00004)
    trap = found.traps.iloc[0]
    assert (len(found.traps), trap["trap"], trap["feature"]) == (1, "no way out", "in")
    assert trap.geometry == Point(83.03, 27.0)
    assert found.speeds["feature"].tolist() == ["fast"]
    assert found.speeds["speed_kmh"].tolist() == [900.0]
    assert found.imported["feature"].tolist() == ["odd"]
    assert found.imported.geometry.isna().all()


def test_islands_have_size_length_and_lines(broken):
    islands = broken.diagnose().islands
    assert islands["joined"].tolist() == ["weakly", "weakly", "strongly"]
    assert islands["nodes"].tolist() == [2, 2, 1]
    edges = broken.edges
    for name in ("island", "short"):
        length = edges.loc[edges["feature"] == name, "length_m"].iloc[0]
        assert np.isclose(islands["length_m"], length).sum() == 1
    assert islands.geometry.iloc[2].geoms[0].coords[0] == (83.02, 27.0)


def test_one_table_of_all(broken):
    found = broken.diagnose()
    frame = found.to_frame()
    assert frame.crs == "EPSG:4326"
    kinds = frame["kind"].value_counts().to_dict()
    assert kinds == {"islands": 3, "imported": 1, "dangling": 1, "traps": 1, "speeds": 1}
    assert frame.loc[frame["kind"] == "imported", "what"].tolist() == ["skipped: not a line"]
    assert found.summary["count"].sum() == len(frame)
    assert "1 dangling" in repr(found)


def test_html_names_features_and_escapes_them():
    rows = {"<b>x": [(0, 0), (1, 0)]}
    page = network.build(network.links(lines(rows, speed=[900]), speed="speed")).diagnose()
    html = page._repr_html_()
    assert "&lt;b&gt;x" in html and "<b>x" not in html
    assert "features read" in html


def test_a_layer_per_kind_to_open_in_qgis(broken, tmp_path):
    path = broken.diagnose().to_geopackage(tmp_path / "issues.gpkg")
    with sqlite3.connect(path) as database:
        layers = {name for (name,) in database.execute("select table_name from gpkg_contents")}
    assert layers >= {"dangling", "islands", "traps", "speeds"}
    assert "imported" not in layers
    gaps = geopandas.read_file(path, layer="dangling")
    assert gaps["near_feature"].tolist() == ["along"]
    assert gaps.geometry.iloc[0].geom_type == "LineString"


def test_nothing_to_find():
    network_ = network.build(network.links(lines({"one": [(0, 0), (1, 0)]})))
    found = network_.diagnose()
    assert len(found.to_frame()) == 0
    assert len(found.summary) == 0
    with pytest.raises(InputError):
        found.to_geopackage("nowhere.gpkg")


def test_repaired_features_are_on_the_map():
    rows = {"a": [(0, 0), (1, 0)], "b": [(1.000005, 0), (2, 0)]}
    found = network.build(network.links(lines(rows))).diagnose()
    assert found.imported["outcome"].tolist() == ["repaired"]
    assert not found.imported.geometry.isna().any()


def test_bad_options_are_refused(broken):
    with pytest.raises(OptionError):
        broken.diagnose(reach_m=-1)
    with pytest.raises(OptionError):
        broken.diagnose(detour=0.5)
    with pytest.raises(OptionError):
        broken.diagnose(speeds_kmh={"road": (5, 1)})
    with pytest.raises(OptionError):
        broken.diagnose(speeds_kmh={"camel": (5, 10)})


def test_components_are_those_of_networkx():
    nx = pytest.importorskip("networkx")
    for seed in range(30):
        built = network.build(network.links(_random_lines(seed), oneway="oneway"), snap_m=0)
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(built.nodes.index)
        graph.add_edges_from(zip(built.edges["tail"], built.edges["head"]))
        weak = sorted(map(len, nx.weakly_connected_components(graph)), reverse=True)
        inside = [
            sorted(map(len, nx.strongly_connected_components(graph.subgraph(part))), reverse=True)
            for part in nx.weakly_connected_components(graph)
        ]
        islands = built.diagnose().islands
        sizes = islands.groupby("joined")["nodes"].apply(list)
        assert sizes.get("weakly", []) == weak[1:]
        assert sorted(sizes.get("strongly", [])) == sorted(
            size for sizes_ in inside for size in sizes_[1:]
        )


def _random_lines(seed):
    random = np.random.default_rng(seed)
    rows = {}
    for i in range(25):
        x, y = random.integers(0, 6, 2)
        dx, dy = [(1, 0), (0, 1)][random.integers(2)]
        rows[str(i)] = [(x / 10, y / 10), ((x + dx) / 10, (y + dy) / 10)]
    return lines(rows, oneway=random.choice(["", "1", "-1"], 25))
