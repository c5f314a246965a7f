"""A first study from files."""

import sys

import geopandas
import pandas as pd
import pytest
from shapely.geometry import LineString, Point, box

import waywarden
from waywarden import cli, study

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    tomllib = pytest.importorskip("tomli")


@pytest.fixture
def folder(tmp_path):
    def put(file, geometry, **columns):
        frame = geopandas.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4326")
        frame.to_file(tmp_path / file)

    put("rail lines.geojson", [LineString([(84, 27), (86, 27)])], gauge=[1676])
    put("streets.shp", [LineString([(84, 27), (84, 28)])], speed=[40.0], oneway=["no"])
    put("borders.gpkg", [box(80, 20, 85, 30), box(85, 20, 90, 30)], iso_a2=["AA", "BB"])
    put("posts.geojson", [Point(85, 27)], country_a=["AA"], country_b=["BB"], mode=["rail"])
    put("stuff.geojson", [Point(84, 27), Point(86, 27)], population=[10, 20], id=["a", "b"])
    put("seaports.geojson", [Point(84, 27)], name=["P"])
    put("cases.geojson", [Point(84, 27)], date=["2024"])
    pd.DataFrame({"name": ["T"], "lon": [84.0], "lat": [27.0]}).to_csv(
        tmp_path / "towns.csv", index=False
    )
    pd.DataFrame({"a": [1], "b": [2]}).to_csv(tmp_path / "numbers.csv", index=False)
    (tmp_path / "town.osm.pbf").write_bytes(b"")
    return tmp_path


def test_roles_modes_and_columns_are_guessed_and_said(folder):
    files = [path for path in sorted(folder.iterdir()) if path.suffix not in {".shx", ".dbf"}]
    files = [path for path in files if path.suffix not in {".prj", ".cpg"}]
    made = study.draft(files, folder=folder)
    drafted = tomllib.loads(made.text)
    links = {layer["file"]: layer for layer in drafted["links"]}
    assert links["rail lines.geojson"]["mode"] == "rail"
    assert links["streets.shp"] == {
        "file": "streets.shp",
        "mode": "road",
        "speed_kmh": "speed",
        "oneway": "oneway",
    }
    assert links["town.osm.pbf"] == {"file": "town.osm.pbf"}
    assert drafted["countries"] == {"file": "borders.gpkg", "code": "iso_a2"}
    assert drafted["crossings"]["country_b"] == "country_b"
    assert drafted["places"] == {"file": "stuff.geojson", "id": "id", "population": "population"}
    assert drafted["hubs"][0]["modes"] == ["road", "sea"]
    assert drafted["incidents"] == {"file": "cases.geojson"}
    told = "\n".join(made.guesses)
    assert "column speed is taken for speed_kmh" in told
    assert "towns.csv: left out: [places] may stand once" in told
    assert "towns.csv: columns lon and lat are degrees on WGS 84" in told
    assert "numbers.csv: left out" in told
    for guess in made.guesses:
        assert f"# {guess}" in made.text or f"#   {guess}" in made.text


def test_layer_without_crs_is_guessed_to_be_degrees_or_left_out(folder):
    (folder / "streets.prj").unlink()
    drafted = tomllib.loads(study.draft([folder / "streets.shp"], folder=folder).text)
    assert drafted["links"][0]["crs"] == "EPSG:4326"
    geopandas.GeoDataFrame(geometry=[LineString([(3e5, 3e6), (3e5, 4e6)])]).to_file(
        folder / "metres.shp"
    )
    made = study.draft([folder / "streets.shp", folder / "metres.shp"], folder=folder)
    assert any("metres.shp: left out" in guess and "metres" in guess for guess in made.guesses)


def test_names_that_toml_would_trip_over_are_quoted(tmp_path):
    frame = geopandas.GeoDataFrame(
        {'a"]\n[x': [1]}, geometry=[LineString([(0, 0), (1, 1)])], crs="EPSG:4326"
    )
    for layer in ('odd "name"\\ \n[links]', "other"):
        frame.rename(columns=lambda name: "v" if name != "geometry" else name).to_file(
            tmp_path / "odd.gpkg", layer=layer, driver="GPKG"
        )
    drafted = tomllib.loads(study.draft([tmp_path / "odd.gpkg"], folder=tmp_path).text)
    assert {layer["layer"] for layer in drafted["links"]} == {'odd "name"\\ \n[links]', "other"}


def test_without_lines_there_is_no_study(folder):
    with pytest.raises(waywarden.InputError, match="lines"):
        study.draft([folder / "cases.geojson"])
    with pytest.raises(waywarden.FileError):
        study.draft([folder / "none.gpkg"])


def test_draft_from_the_demo_runs(repository, tmp_path, capsys):
    region = repository / "datasets" / "nepal_india_bangladesh" / "region.gpkg"
    out = tmp_path / "study.toml"
    assert cli.main(["init", str(region), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "[[links]]" in said
    text = out.read_text("utf-8")
    drafted = tomllib.loads(text)
    modes = {layer["layer"]: layer["mode"] for layer in drafted["links"]}
    assert modes == {"roads": "road", "railways": "rail", "sea_lanes": "sea", "air_routes": "air"}
    assert {layer["layer"] for layer in drafted["hubs"]} == {"ports", "airports", "stations"}
    assert [drafted[role]["layer"] for role in ("countries", "crossings", "places", "incidents")]
    assert cli.main(["init", str(region), "--out", str(out)]) == 1
    assert "is there already" in capsys.readouterr().err
    quick = text.replace("draws = 64", "draws = 4")
    quick = quick.replace("teams = 10", "teams = 3\nsensitivity_draws = 2")
    out.write_text(quick, "utf-8")
    assert cli.main(["run", str(out), "--quiet"]) == 0
    results = tmp_path / "results"
    assert (results / "map.html").exists()


def test_extract_of_openstreetmap_runs_as_a_layer(tmp_path):
    nodes = "".join(
        f"<node id='{i}' version='1' lon='{9 + i / 50}' lat='47'/>" for i in range(1, 6)
    )
    ways = "".join(
        f"<way id='{i}' version='1'><nd ref='{i}'/><nd ref='{i + 1}'/>"
        "<tag k='highway' v='primary'/></way>"
        for i in range(1, 5)
    )
    (tmp_path / "town.osm").write_text(f"<osm version='0.6'>{nodes}{ways}</osm>")
    geopandas.GeoDataFrame(
        {"code": ["A", "B"]}, geometry=[box(8, 46, 9.05, 48), box(9.05, 46, 10, 48)], crs=4326
    ).to_file(tmp_path / "countries.geojson")
    geopandas.GeoDataFrame(
        {"population": [1000, 2000]}, geometry=[Point(9.02, 47), Point(9.1, 47)], crs=4326
    ).to_file(tmp_path / "towns.geojson")
    files = [tmp_path / name for name in ("town.osm", "countries.geojson", "towns.geojson")]
    text = study.draft(files, folder=tmp_path).text
    assert "snap_tolerance_m = 0 " in text
    text = text.replace("draws = 64", "draws = 4").replace("teams = 10", "teams = 1")
    (tmp_path / "study.toml").write_text(text, "utf-8")
    found = study.run(tmp_path / "study.toml")
    assert len(found.interception_points) == 1
    assert {record["file"] for record in found.provenance["inputs"]} >= {"town.osm"}
