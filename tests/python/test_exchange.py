"""Networks to and from frames, graphs and files."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, Point

from waywarden import network
from waywarden.errors import CrsError, FileError, InputError
from waywarden.network import Network

PARTS = ("nodes", "edges", "crossings", "hubs", "places", "report")


def random_lines(seed, count=30):
    random = np.random.default_rng(seed)
    lines = [LineString(random.integers(0, 5, (3, 2)) / 10 + i * 1e-9) for i in range(count)]
    return geopandas.GeoDataFrame(
        {
            "speed": random.choice([30.0, 50.0, np.nan], count),
            "oneway": random.choice(["", "1", "-1"], count),
            "risk": random.choice([0.0, 0.5], count),
        },
        geometry=lines,
        index=[f"r{i}" for i in range(count)],
        crs=4326,
    )


def random_network(seed):
    return Network.from_geodataframe(
        random_lines(seed), speed="speed", oneway="oneway", detection="risk", snap_m=0
    )


def same(a, b, parts=("nodes", "edges")):
    for part in parts:
        pd.testing.assert_frame_equal(
            pd.DataFrame(getattr(a, part)), pd.DataFrame(getattr(b, part)), check_exact=True
        )


@pytest.mark.parametrize("seed", range(25))
def test_frames_there_and_back(seed):
    built = random_network(seed)
    nodes, edges = built.to_geodataframes()
    again = Network.from_geodataframes(nodes, edges)
    same(built, again)
    shuffled = Network.from_geodataframes(
        nodes.sample(frac=1, random_state=seed), edges.sample(frac=1, random_state=seed + 1)
    )
    same(built, shuffled)


def test_frames_there_and_back_with_borders_and_hubs(border_network):
    again = Network.from_geodataframes(*border_network.to_geodataframes())
    same(border_network, again)
    assert len(again.crossings) == 0


@pytest.mark.parametrize("seed", range(10))
def test_lines_out_and_in_are_the_same_network(seed):
    """Exported as one feature per source, as a layer is; all lines meet on the ground."""
    built = random_network(seed)
    edges = built.to_geodataframes()[1]
    forward = edges[edges["drawn"]]
    rows = []
    for feature, parts in forward.groupby("feature"):
        first = parts.iloc[0]
        rows.append(
            {
                "id": feature,
                "speed": first["speed_kmh"],
                "risk": first["detection"],
                "oneway": "1" if first["twin"] < 0 else "",
                "geometry": parts.geometry.unary_union if len(parts) == 1 else multi(parts),
            }
        )
    layer = geopandas.GeoDataFrame(rows, geometry="geometry", crs=4326)
    again = Network.from_geodataframe(
        layer, ids="id", speed="speed", oneway="oneway", detection="risk", snap_m=0
    )
    same(built, again)


def multi(parts):
    from shapely.geometry import MultiLineString

    return MultiLineString(list(parts.geometry))


def test_save_and_load(border_network, tmp_path):
    path = tmp_path / "border.way"
    border_network.save(path)
    again = Network.load(path)
    same(border_network, again, PARTS)
    again.save(tmp_path / "again.way")
    assert (tmp_path / "again.way").read_bytes() == path.read_bytes()


def test_a_damaged_file_is_named(border_network, tmp_path):
    path = tmp_path / "border.way"
    border_network.save(path)
    content = bytearray(path.read_bytes())
    for at in range(0, len(content), len(content) // 50):
        path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        with pytest.raises(FileError, match=r"border\.way"):
            Network.load(path)
    with pytest.raises(FileError):
        Network.load(tmp_path / "none.way")
    with pytest.raises(FileError):
        border_network.save(tmp_path / "none" / "border.way")


def test_a_graph_needs_its_columns():
    nodes = geopandas.GeoDataFrame(geometry=[Point(0, 0), Point(1, 0)], crs=4326)
    edges = geopandas.GeoDataFrame(geometry=[LineString([(0, 0), (1, 0)])], crs=4326)
    with pytest.raises(InputError, match="tail"):
        Network.from_geodataframes(nodes, edges)
    with pytest.raises(InputError, match="no usable edge"):
        Network.from_geodataframes(nodes, edges.assign(tail=0, head=7))
    built = Network.from_geodataframes(nodes, edges.assign(tail=0, head=1))
    assert built.edges["length_m"].round(0).tolist() == [111319.0]


class TestNetworkx:
    @pytest.fixture(autouse=True)
    def _networkx(self):
        self.nx = pytest.importorskip("networkx")

    @pytest.mark.parametrize("seed", range(10))
    def test_there_and_back(self, seed):
        built = random_network(seed)
        graph = built.to_networkx()
        same(built, Network.from_osmnx(graph))

    def test_conventions(self, border_network):
        more = pd.DataFrame({"highway": ["primary"]}, index=["north"])
        graph = border_network.to_networkx(more)
        assert graph.graph["crs"] == "epsg:4326"
        assert isinstance(graph, self.nx.MultiDiGraph)
        assert graph.number_of_edges() == len(border_network.edges)
        for tail, head, about in graph.edges(data=True):
            ends = about["geometry"].coords
            assert (graph.nodes[tail]["x"], graph.nodes[tail]["y"]) == ends[0]
            assert (graph.nodes[head]["x"], graph.nodes[head]["y"]) == ends[-1]
            assert about["length"] >= 0
            assert about["oneway"] is False
            assert ("highway" in about) == (about["feature"] == "north")

    def test_shortest_paths_are_the_same(self):
        built = random_network(3)
        graph = built.to_networkx()
        edges = built.edges
        lengths = dict(self.nx.all_pairs_dijkstra_path_length(graph, weight="length"))
        plain = self.nx.MultiDiGraph()
        plain.add_nodes_from(built.nodes.index)
        for row in edges.itertuples():
            plain.add_edge(row.tail, row.head, length=row.length_m)
        assert lengths == dict(self.nx.all_pairs_dijkstra_path_length(plain, weight="length"))

    def test_a_graph_of_osmnx(self):
        graph = self.nx.MultiDiGraph(crs="epsg:4326")
        for node, (x, y) in {10: (8.60, 49.4), 11: (8.61, 49.4), 12: (8.605, 49.4)}.items():
            graph.add_node(node, x=x, y=y)
        bend = LineString([(8.60, 49.4), (8.605, 49.41), (8.61, 49.4)])
        reverse = LineString(list(bend.coords)[::-1])
        graph.add_edge(10, 11, osmid=[5, 6], length=2500.0, geometry=bend, maxspeed="30 mph")
        graph.add_edge(11, 10, osmid=[5, 6], length=2500.0, geometry=reverse, maxspeed="30 mph")
        graph.add_edge(10, 12, osmid=7, length="362.5", oneway=True, maxspeed=["50", "30"])
        # Over the bend's middle, at the same point as nothing: a bridge is no junction.
        built = Network.from_osmnx(graph)
        edges = built.edges
        assert len(built.nodes) == 3
        assert edges["feature"].tolist().count("5,6") == 2
        two_way = edges[edges["feature"] == "5,6"]
        assert (two_way["twin"] >= 0).all()
        assert two_way["speed_kmh"].round(3).tolist() == [48.28, 48.28]
        one = edges[edges["feature"] == "7"].iloc[0]
        assert (one["twin"], one["speed_kmh"], one["length_m"]) == (-1, 30.0, 362.5)

    def test_projected_graphs(self):
        graph = self.nx.MultiDiGraph(crs="epsg:32632")
        graph.add_node(1, x=500000.0, y=5400000.0)
        graph.add_node(2, x=501000.0, y=5400000.0)
        graph.add_edge(1, 2)
        built = Network.from_osmnx(graph)
        assert built.edges["length_m"].iloc[0] == pytest.approx(1000.4, abs=0.01)
        assert built.nodes.geometry.x.min() == pytest.approx(9.0)

    def test_what_cannot_be_used(self):
        with pytest.raises(CrsError):
            Network.from_osmnx(self.nx.MultiDiGraph())
        graph = self.nx.MultiDiGraph(crs=4326)
        with pytest.raises(InputError):
            Network.from_osmnx(graph)
        graph.add_edge(1, 2)
        with pytest.raises(InputError, match="x or y"):
            Network.from_osmnx(graph)


def test_networkx_is_asked_for_by_name(border_network, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ImportError, match="needs the package networkx"):
        border_network.to_networkx()


def test_network_takes_the_options_of_its_layer():
    rail = Network.from_geodataframe(random_lines(1), mode="rail", name="lines")
    assert set(rail.edges["mode"]) == {"rail"}
    assert set(rail.edges["layer"]) == {"lines"}
    same(rail, network.build(network.links(random_lines(1), mode="rail", name="lines")))
