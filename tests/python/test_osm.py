"""OpenStreetMap extracts, seen from Python."""

import pytest

import waywarden
from waywarden import network, osm


def document(tmp_path, body):
    path = tmp_path / "made.osm"
    path.write_text(f"<osm version='0.6'>{body}</osm>", encoding="utf-8")
    return path


NODES = "".join(
    f"<node id='{i}' version='1' lon='{9 + i / 100}' lat='47'>{tags}</node>"
    for i, tags in enumerate(["", "<tag k='barrier' v='border_control'/>", ""], start=1)
)
WAY = (
    "<way id='1' version='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='{}'/></way>"
)


def test_frames_are_marked_unreleased(tmp_path):
    extract = osm.read(document(tmp_path, NODES + WAY.format("track")))
    assert extract.links["road"].attrs["waywarden"]["released"] is False
    assert extract.posts.index.tolist() == ["n2"]
    assert extract.hubs.empty
    assert extract.restrictions.empty
    assert extract.report.empty
    assert repr(extract) == "<Extract: 1 of 1 ways are links>"


def test_profile_can_be_edited(tmp_path):
    path = document(tmp_path, NODES + WAY.format("track"))
    rules = "link highway track foot 3\n"
    assert osm.read(path, profile=rules).links["foot"]["speed_kmh"].tolist() == [3.0]
    (tmp_path / "rules.txt").write_text(rules, encoding="utf-8")
    assert list(osm.read(path, profile=tmp_path / "rules.txt").links) == ["foot"]
    with pytest.raises(waywarden.InputError, match=r"rules\.txt, line 1"):
        (tmp_path / "rules.txt").write_text("link highway", encoding="utf-8")
        osm.read(path, profile=tmp_path / "rules.txt")


def test_ferry_of_an_extract_joins_the_roads(shared):
    path = shared / "graphs" / "osm" / "hamburg-hafen-ferry.osm.pbf"
    if not path.exists():
        pytest.skip(f"no {path}")
    extract = osm.read(path)
    assert not extract.links["sea"].empty
    built = network.build(*extract.layers, snap_m=0)
    edges = built.edges
    assert set(edges["mode"]) >= {"road", "sea", "transfer"}
    # Every end of a ferry that has a land way's vertex, found by coordinates, has a way ashore.
    ends = {
        end for line in extract.links["sea"].geometry for end in (line.coords[0], line.coords[-1])
    }
    land = {
        vertex
        for mode in ("road", "rail", "foot")
        for line in extract.links[mode].geometry
        for vertex in line.coords
    }
    shared_ends = {(point.x, point.y) for point in extract.landings.geometry}
    assert shared_ends == ends & land and shared_ends
    assert set(built.hubs.index) == set(extract.landings.index)
    at_sea = set(edges.loc[edges["mode"] == "sea", "tail"])
    ashore = edges[edges["mode"] == "transfer"]
    assert len(at_sea & set(ashore["tail"])) == len(shared_ends)
    # A step from the quay onto the water costs the wait alone.
    assert ashore["wait_s"].unique().tolist() == [900.0] and ashore["length_m"].max() < 0.5


def test_refuses_addresses(tmp_path):
    with pytest.raises(waywarden.FileError):
        osm.read("http://127.0.0.1:18999/a.osm.pbf")
