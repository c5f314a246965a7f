"""Incident lists as they arrive, located."""

import random
import shutil
import subprocess

import geopandas
import pandas as pd
import pytest
from shapely.geometry import box

import waywarden
from waywarden import incidents
from waywarden.incidents import Areas, Gazetteer


@pytest.fixture
def places():
    rows = [
        ("p1", "Kathmandu", "Katmandu;Yambu", "NP", "BAG", 85.32, 27.71),
        ("p2", "São Tomé", None, "ST", None, 6.73, 0.34),
        ("p3", "Santa Ana", None, "SV", "SA", -89.56, 13.99),
        ("p4", "Santa Ana", None, "CR", "SJ", -84.18, 9.93),
        ("p5", "Birgunj", "Birganj", "NP", "MAD", 84.88, 27.01),
        ("p6", "Birgunj", None, "NP", "KOS", 87.0, 26.6),
        ("p7", "Nepalgunj", None, "NP", "LUM", 81.62, 28.05),
    ]
    columns = ["id", "name", "also", "iso", "adm", "x", "y"]
    frame = pd.DataFrame(rows, columns=columns).set_index("id")
    points = geopandas.points_from_xy(frame.pop("x"), frame.pop("y"))
    return geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326").to_crs(3857)


def by_names(places, **options):
    return Gazetteer(places, "name", "also", country="iso", admin="adm", **options)


def test_list_of_mixed_positions_is_read():
    texts = [
        "27.71, 85.32",
        "27°42.6'N 85°19.2'E",
        "45R 334567 3066123",
        "45RUL34566612",
        None,
        "?",
    ]
    found = incidents.parse_positions(texts)
    assert found["form"].tolist() == ["decimal", "sexagesimal", "utm", "mgrs", "none", "none"]
    assert found["longitude"].round(2).tolist()[:4] == [85.32] * 4
    assert found["latitude"].round(2).tolist()[:4] == [27.71] * 4
    assert found["longitude"].isna().tolist() == [False] * 4 + [True] * 2
    assert found.attrs["waywarden"]["released"] is False
    with pytest.raises(waywarden.OptionError):
        incidents.parse_positions(texts, order="either")


@pytest.mark.parametrize("seed", range(5))
def test_military_grid_agrees_with_geotrans(seed):
    mgrs = pytest.importorskip("mgrs").MGRS()
    draw = random.Random(seed)
    expected = [(draw.uniform(-180, 180), draw.uniform(-79.9, 83.9)) for _ in range(300)]
    texts = [mgrs.toMGRS(latitude, longitude) for longitude, latitude in expected]
    found = incidents.parse_positions(texts)
    assert (found["form"] == "mgrs").all(), found[found["form"] != "mgrs"]
    corners = [mgrs.toLatLon(text) for text in texts]
    for (latitude, longitude), row in zip(corners, found.itertuples()):
        # Ours is the middle of the square metre, theirs its corner.
        assert abs(row.latitude - latitude) < 1.1e-5
        assert abs(row.longitude - longitude) * abs(90 - abs(latitude)) < 1.1e-3


def test_records_are_located_by_what_they_have(places):
    areas = geopandas.GeoDataFrame(
        {"code": ["NP01", "NP02"]}, geometry=[box(80, 26, 84, 30), box(84, 26, 88, 30)], crs=4326
    )
    cases = pd.DataFrame(
        {
            "at": ["27.51N 84E", None, None, None, "45 334567 3066123"],
            "town": [None, "KATMANDU", None, None, None],
            "district": ["NP01", "NP01", "np02", "XX", None],
        },
        index=list("abcde"),
    )
    located, unresolved = incidents.locate(
        cases,
        position="at",
        name="town",
        gazetteer=by_names(places),
        code="district",
        areas=Areas(areas, "code"),
    )
    assert located["precision"].tolist() == ["point", "place", "district", "unknown", "unknown"]
    assert located["located_by"].tolist()[:3] == ["position", "name", "code"]
    assert located["candidate"].tolist()[1:3] == ["p1", "NP02"]
    assert located.geometry["c"].coords[0] == (86.0, 28.0)
    assert located.geometry[["d", "e"]].isna().all()
    assert located.crs.to_epsg() == 4326
    assert located.index.tolist() == cases.index.tolist()
    told = unresolved[["record", "by", "reason"]].values.tolist()
    assert ["d", "code", "unmatched"] in told
    hemispheres = unresolved[unresolved["record"] == "e"]
    assert hemispheres["latitude"].round().tolist() == [28.0, -62.0]
    with pytest.raises(waywarden.InputError, match="less exactly"):
        incidents.usable_as_points(located)
    usable = incidents.usable_as_points(located, coarser="leave_out")
    assert usable.index.tolist() == ["a", "b"]
    cells = pd.DataFrame({"candidate": ["NP02", "NP02"], "people": [1.0, 3.0]})
    coarse = located[located["precision"] == "district"]
    spread = incidents.spread(coarse, cells, area="candidate", share="people")
    assert spread.tolist() == [0.25, 0.75]


def test_equal_names_are_told_apart_by_country_and_admin_or_not_at_all(places):
    cases = pd.DataFrame(
        {
            "town": ["Santa Ana", "santa-ana", "Birgunj", "Birgunj", "Sao Tome", "Atlantis"],
            "iso": [None, "cr", "NP", "NP", None, None],
            "adm": [None, None, None, "mad", None, None],
        }
    )
    located, unresolved = incidents.locate(
        cases, name="town", gazetteer=by_names(places), country="iso", admin="adm"
    )
    assert located["candidate"].fillna("").tolist() == ["", "p4", "", "p5", "p2", ""]
    assert located["score"].dropna().tolist() == [100.0] * 3
    assert unresolved[["record", "reason", "candidate"]].fillna("").values.tolist() == [
        [0, "ambiguous", "p3"],
        [0, "ambiguous", "p4"],
        [2, "ambiguous", "p5"],
        [2, "ambiguous", "p6"],
        [5, "unmatched", ""],
    ]


def test_names_that_are_alike_are_taken_only_when_one_stands_out(places):
    pytest.importorskip("rapidfuzz")
    cases = pd.DataFrame({"town": ["Kathmandhu", "Nepalganj", "gunj", "Birgunge"]})
    located, unresolved = incidents.locate(
        cases, name="town", gazetteer=by_names(places, least_score=80)
    )
    assert located["candidate"].fillna("").tolist() == ["p1", "p7", "", ""]
    assert located["score"].dropna().between(80, 99.9).all()
    assert unresolved["record"].unique().tolist() == [2, 3]
    assert set(unresolved.loc[unresolved["record"] == 3, "candidate"]) == {"p5", "p6"}


def test_alike_names_without_rapidfuzz_are_refused_by_name(places, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rapidfuzz", None)
    cases = pd.DataFrame({"town": ["Kathmandhu"]})
    with pytest.raises(waywarden.OptionError, match="rapidfuzz"):
        incidents.locate(cases, name="town", gazetteer=by_names(places, least_score=80))


@pytest.mark.parametrize("driver", ["XLSX", "ODS"])
def test_spreadsheets_are_read_and_located(driver, tmp_path):
    if shutil.which("ogr2ogr") is None:
        pytest.skip("no ogr2ogr to write a spreadsheet with")
    frame = pd.DataFrame({"id": [1, 2], "x": ["85°19'E", "84,5"], "y": ["27°42'N", "27,1"]})
    frame.to_csv(tmp_path / "cases.csv", index=False)
    path = tmp_path / f"cases.{driver.lower()}"
    subprocess.run(["ogr2ogr", "-f", driver, path, tmp_path / "cases.csv"], check=True, timeout=60)
    cases = waywarden.read(path)
    assert len(cases) == 2
    located, unresolved = incidents.locate(cases, longitude="x", latitude="y")
    assert [tuple(round(c, 4) for c in p.coords[0]) for p in located.geometry] == [
        (85.3167, 27.7),
        (84.5, 27.1),
    ]
    assert unresolved.empty


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({}, waywarden.OptionError),
        ({"longitude": "x"}, waywarden.OptionError),
        ({"name": "town"}, waywarden.OptionError),
        ({"position": "nowhere"}, waywarden.InputError),
    ],
)
def test_what_cannot_be_meant_is_refused(options, error):
    with pytest.raises(error):
        incidents.locate(pd.DataFrame({"town": ["a"], "x": [1.0]}), **options)


def test_empty_list_stays_empty():
    located, unresolved = incidents.locate(pd.DataFrame({"at": []}), position="at")
    assert located.empty
    assert unresolved.empty


def test_areas_with_one_code_twice_are_refused():
    areas = geopandas.GeoDataFrame({"c": ["A", "a"]}, geometry=[box(0, 0, 1, 1)] * 2, crs=4326)
    with pytest.raises(waywarden.InputError, match="more than once"):
        incidents.locate(pd.DataFrame({"k": ["A"]}), code="k", areas=Areas(areas, "c"))
