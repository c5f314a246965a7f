"""The map page as a file: what is in it, what is not, and that it is the same every time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import random
import re

import geopandas
import numpy as np
import pytest
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPolygon,
    Point,
    Polygon,
)

from waywarden import map_page, map_tables, maps

HOSTILE = "</script><img src=x onerror=pwned=1>\u2028&amp;\"'"


class FakeRelease:
    """What `write_map` reads of a release."""

    def __init__(self, tables, synthetic=(), disclosure=None, titles=None):
        self.tables = tables
        self.titles = titles or {}
        self.disclosure = {"k": 11, "suppressed": 0} if disclosure is None else disclosure
        self.provenance = {"engine": "0.1.0", "inputs": {"roads": "ab" * 32}}
        self._synthetic = synthetic

    def origin(self, name):
        return "synthetic" if name in self._synthetic else "observed"


@pytest.fixture(autouse=True)
def fake_is_release(monkeypatch):
    monkeypatch.setattr(maps, "_release_class", lambda: FakeRelease)


def frame(geometries, **columns):
    return geopandas.GeoDataFrame(columns, geometry=geometries, crs="EPSG:4326")


def small_tables(name="Birgunj"):
    return {
        "interception_points": frame(
            [Point(84.9, 27.0)],
            rank=[1],
            site=["X1"],
            name=[name],
            kind=["crossing"],
            gain=[12.3456789],
            share=[0.25],
            rank_low=[1],
            rank_high=[3],
        ),
        "edges": frame(
            [LineString([(84.8, 26.9), (84.9, 27.0)]), LineString([(84.9, 27.0), (85.0, 27.4)])],
            edge=["E1", "E2"],
            mode=["road", "rail"],
            exposure=[0.0, 40.0],
            exposure_se=[0.0, 2.0],
        ),
        "hotspots_hex": frame(
            [Point(85, 27).buffer(0.1), Point(86, 27).buffer(0.1), Point(87, 27).buffer(0.1)],
            incidents=[12, None, None],
            incidents_note=["", "suppressed", "suppressed"],
            q_class=["hot_99", "not_significant", "withheld"],
        ),
    }


def written(tmp_path, release, **options):
    return maps.write_map(release, tmp_path / "map.html", **options).read_text("utf-8")


def data_of(page):
    pattern = r'<script type="([^"]+)" id="waywarden-data">([^<]*)</script>'
    kind, block = re.search(pattern, page).groups()
    return json.loads(block if kind.endswith("json") else gzip.decompress(base64.b64decode(block)))


def unpacked(run):
    return np.asarray(run).reshape(-1, 2).cumsum(axis=0) / map_tables.STEPS_PER_DEGREE


def random_line(draw, dimensions=2):
    return LineString(
        [[draw.uniform(-179, 179) for _ in range(dimensions)] for _ in range(draw.randint(2, 9))]
    )


def random_area(draw):
    x, y = draw.uniform(-170, 170), draw.uniform(-80, 80)
    return Polygon(
        [(x, y), (x + 4, y), (x + 4, y + 4), (x, y + 4)],
        [[(x + 1, y + 1), (x + 2, y + 1), (x + 2, y + 2)]],
    )


@pytest.mark.parametrize("seed", range(20))
def test_shapes_come_back_within_half_a_step(seed):
    draw = random.Random(seed)
    half = 0.5 / map_tables.STEPS_PER_DEGREE + 1e-12
    line, other, area = random_line(draw, 3), random_line(draw), random_area(draw)
    many = map_tables.shape(MultiLineString([line, other]).wkb)
    for part, run in zip((line, other), many):
        assert np.abs(np.asarray(part.coords)[:, :2] - unpacked(run)).max() <= half, f"seed {seed}"
    [rings] = map_tables.shape(area.wkb)
    for ring, run in zip((area.exterior, *area.interiors), rings):
        assert np.abs(np.asarray(ring.coords) - unpacked(run)).max() <= half, f"seed {seed}"
    assert map_tables.shape(MultiPolygon([area, area]).wkb) == [rings, rings]
    mixed = GeometryCollection([Point(1, 2), line])
    assert map_tables.shape(mixed.wkb) == map_tables.shape(line.wkb)


def test_shapes_of_points_and_of_nothing():
    assert map_tables.shape(Point(1.5, -2).wkb) == [150000, -200000]
    assert map_tables.shape(Point(1, 2, 3).wkb) == [100000, 200000]
    assert map_tables.shape(None) is None
    for empty in (Point(), LineString(), Polygon(), GeometryCollection()):
        assert map_tables.shape(empty.wkb) is None
    assert map_tables.shape(LineString([(0, 0), (float("nan"), 1)]).wkb) is None


def test_shapes_in_either_byte_order():
    big = bytes.fromhex("000000000200000002" + "3ff0000000000000" * 4)
    assert map_tables.shape(big) == [[100000, 100000, 0, 0]]


def test_bounds_are_those_of_the_coordinates():
    shapes = [map_tables.shape(g.wkb) for g in (Point(3, 4), LineString([(-1, 2), (5, -6)]))]
    assert map_tables.bounds([*shapes, None]) == [-1.0, -6.0, 5.0, 4.0]
    assert map_tables.bounds([None]) is None


def test_other_reference_systems_become_degrees():
    there = geopandas.GeoDataFrame(geometry=[Point(85.0, 27.0)], crs=4326).to_crs(32645)
    x, y = map_tables.encode(there)["shapes"][0]
    assert abs(x - 8500000) <= 1 and abs(y - 2700000) <= 1


def test_values_become_plain_and_short():
    assert map_tables.plain_value(np.float64(12.3456789)) == 12.346
    assert map_tables.plain_value(1234567.0) == 1234567
    assert map_tables.plain_value(np.int64(1234567)) == 1234567
    assert map_tables.plain_value(np.bool_(True)) is True
    assert map_tables.plain_value(float("nan")) is None
    assert map_tables.plain_value(float("inf")) is None
    assert map_tables.plain_value("a") == "a"


def test_breaks_are_round_and_few():
    values = [10 ** (i / 100) for i in range(400)]
    assert map_tables.breaks(values) == [100, 2000, 5000, 10000]
    assert map_tables.breaks([0, -1, float("nan")]) == []
    assert map_tables.breaks([7]) == [5]


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("hot_99", 3),
        ("hot_95", 2),
        ("hot_90", 1),
        ("cold_90", -1),
        ("cold 99", -3),
        ("not_significant", 0),
        ("withheld", None),
        ("", None),
        (None, None),
        ("hot stuff", None),
    ],
)
def test_hotspot_words(word, level):
    assert map_tables.hotspot_level(word) == level


def test_the_page_holds_the_release(tmp_path):
    data = data_of(written(tmp_path, FakeRelease(small_tables())))
    assert [layer["draw"] for layer in data["layers"]] == ["ranked", "flow", "hotspots", "network"]
    columns = {c["name"]: c["values"] for c in data["tables"]["edges"]["columns"]}
    assert columns["exposure"] == [0, 40] and columns["exposure_se"] == [0, 2]
    cells = data["layers"][2]
    assert cells["levels"] == [3, 0, None] and cells["suppressed"] == [False, True, True]
    assert data["focus"] == [84.9, 27.0, 84.9, 27.0]
    assert ["inputs: roads", "abababababab…"] in data["provenance"]


def test_a_large_page_is_packed_and_holds_the_same(tmp_path):
    tables = small_tables()
    rows = 2000
    tables["sites"] = frame(
        [Point(80 + i / 1000, 25) for i in range(rows)],
        site=[f"S{i}" for i in range(rows)],
        name=["Bīrganj"] * rows,
    )
    page = written(tmp_path, FakeRelease(tables))
    assert 'type="application/gzip"' in page
    assert data_of(page)["tables"]["sites"]["columns"][1]["values"] == ["Bīrganj"] * rows


def test_the_same_release_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(map_page, "PLAIN_LIMIT", 0)
    first = maps.write_map(FakeRelease(small_tables()), tmp_path / "a.html").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert maps.write_map(FakeRelease(small_tables()), tmp_path / "b.html").read_bytes() == first


@pytest.mark.parametrize("limit", [0, 10**9])
def test_hostile_text_is_never_markup(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(map_page, "PLAIN_LIMIT", limit)
    tables = small_tables(HOSTILE)
    tables[HOSTILE] = frame([Point(85, 27)], **{HOSTILE: [HOSTILE], "lone": ["\ud800"]})
    release = FakeRelease(tables, synthetic=[HOSTILE], titles={HOSTILE: HOSTILE})
    page = written(
        tmp_path,
        release,
        title=HOSTILE,
        notices=[HOSTILE, "@@data@@"],
        attribution=[HOSTILE],
        provenance={HOSTILE: HOSTILE},
    )
    assert "<img" not in page
    assert "\u2028" not in page[page.index('id="waywarden-data"') :]
    assert page.count("</script>") == 3
    assert page.count('id="waywarden-data"') == 1
    data = data_of(page)
    assert data["title"] == HOSTILE
    assert data["tables"]["interception_points"]["columns"][2]["values"] == [HOSTILE]


def test_the_policy_allows_the_pages_own_scripts_and_styles_and_no_more(tmp_path):
    page = written(tmp_path, FakeRelease(small_tables()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1)
    for tag in ("script", "style"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        digests = [hashlib.sha256(body.encode()).digest() for body in bodies]
        sources = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        assert f"{tag}-src {' '.join(sources)};" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy and "http" not in policy


def test_nothing_in_the_page_is_fetched(tmp_path):
    page = written(tmp_path, FakeRelease(small_tables()))
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.S)
    assert re.findall(r'(?:src|href)="(?!data:,|#)[^"]*"', markup) == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.S))
    assert styles and "url(" not in styles
    assert "sourceMappingURL" not in page


def test_the_banner_says_what_a_reader_must_know(tmp_path):
    release = FakeRelease(
        small_tables(),
        synthetic=["edges"],
        titles={"edges": "Journeys"},
        disclosure={"k": 11, "suppressed": 14, "withheld": 1},
    )
    page = written(tmp_path, release)
    assert ">SYNTHETIC, not evidence: Journeys</p>" in page
    assert ">14 cells suppressed, 1 class withheld (k = 11; a suppressed count is 1" in page
    page = written(tmp_path, release, notices=["SYNTHETIC incidents and weights: not evidence"])
    assert page.count("SYNTHETIC") == page.count("SYNTHETIC incidents and weights: not evidence")


def test_an_unrestricted_release_says_so(tmp_path):
    release = FakeRelease(small_tables(), disclosure={"restricted": False, "reason": "own use"})
    assert ">NOT checked for disclosure: own use</p>" in written(tmp_path, release)
    silent = FakeRelease(small_tables(), disclosure={})
    assert "NOT checked for disclosure" in written(tmp_path, silent)


@pytest.mark.parametrize("thing", [None, {}, frame([Point(1, 2)]), [1]])
def test_only_releases_are_drawn(tmp_path, thing):
    with pytest.raises(TypeError, match="Release"):
        maps.write_map(thing, tmp_path / "map.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (maps.MapLayer("no", "shapes", "X"), "no table 'no'"),
        (maps.MapLayer("edges", "pie", "X"), "drawing 'pie'"),
        (maps.MapLayer("edges", "flow", "X", value="no"), "no column 'no'"),
    ],
)
def test_a_layer_that_cannot_be_drawn_is_an_error_and_leaves_the_file(tmp_path, layer, message):
    (tmp_path / "map.html").write_text("before")
    with pytest.raises(ValueError, match=message):
        maps.write_map(FakeRelease(small_tables()), tmp_path / "map.html", layers=[layer])
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_background_gives_outlines_and_names_only(tmp_path):
    land = frame([Point(85, 27).buffer(3)], name=["Nepal"], secret=["s3cret"])
    points = {"interception_points": small_tables()["interception_points"]}
    page = written(tmp_path, FakeRelease(points), background=land)
    table = data_of(page)["tables"]["countries"]
    assert [column["name"] for column in table["columns"]] == ["name"]
    assert "s3cret" not in page


def test_other_tables_are_listed_and_switched_off(tmp_path):
    release = FakeRelease(
        {"extra": frame([Point(1, 2)]), "numbers": small_tables()["edges"].drop(columns="geometry")}
    )
    [layer] = data_of(written(tmp_path, release))["layers"]
    assert (layer["table"], layer["draw"], layer["visible"]) == ("extra", "shapes", False)


def test_an_empty_release_still_makes_a_page(tmp_path):
    data = data_of(written(tmp_path, FakeRelease({})))
    assert data["layers"] == [] and data["bounds"] is None


def test_roles_come_from_words_or_weights():
    words = frame([Point(1, 2)] * 2, role=["source;destination", None])
    assert maps._roles(words) == [["source", "destination"], []]
    weights = frame([Point(1, 2)] * 2, source_weight=[0.0, 2.0], destination_weight=[1.0, 0.0])
    assert maps._roles(weights) == [["destination"], ["source"]]


def test_a_missing_leaflet_says_how_to_get_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="libjs-leaflet"):
        map_page.find_leaflet([tmp_path])


def test_leaflet_is_made_fit_for_inlining(tmp_path):
    (tmp_path / "leaflet.js").write_text("L = 1;\r\n//# sourceMappingURL=leaflet.js.map")
    (tmp_path / "leaflet.css").write_text("a { background: url(images/layers.png) }")
    leaflet = map_page.find_leaflet([tmp_path])
    assert leaflet.script == "L = 1;\n" and leaflet.style == "a { background: none }"
    (tmp_path / "leaflet.js").write_text("L = '</script>'")
    with pytest.raises(ValueError, match="script tag"):
        map_page.find_leaflet([tmp_path])
