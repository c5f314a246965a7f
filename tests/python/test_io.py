"""Files into frames."""

import warnings

import geopandas
import pytest
from shapely.geometry import Point

import waywarden


@pytest.fixture
def posts(tmp_path):
    frame = geopandas.GeoDataFrame(
        {"name": ["Sunauli", "Birgunj"], "staff": [4, None]},
        geometry=[Point(83.47, 27.47), Point(84.88, 27.0)],
        crs="EPSG:4326",
    ).to_crs(32645)
    path = tmp_path / "posts.gpkg"
    frame.to_file(path, layer="posts", driver="GPKG")
    frame.to_file(path, layer="more posts", driver="GPKG")
    return path, frame


def test_layer_arrives_as_geopandas_reads_it(posts):
    path, frame = posts
    read = waywarden.read(path, "posts")
    assert read.crs == frame.crs
    assert read["name"].tolist() == frame["name"].tolist()
    assert read["staff"].isna().tolist() == [False, True]
    assert [shape.wkb for shape in read.geometry] == [shape.wkb for shape in frame.geometry]
    assert read.attrs["waywarden"] == {
        "released": False,
        "name": "posts",
        "source": str(path),
        "report": [],
    }


def test_features_keep_the_ids_asked_for(posts):
    assert waywarden.read(posts[0], "posts", ids="name").index.tolist() == ["Sunauli", "Birgunj"]


def test_layers_are_listed(posts):
    layers = waywarden.layers(posts[0])
    assert layers["name"].tolist() == ["posts", "more posts"]
    assert layers["features"].tolist() == [2, 2]
    assert layers["has_geometry"].all()


def test_layer_must_be_named_where_there_are_several(posts):
    with pytest.raises(waywarden.InputError, match="more posts"):
        waywarden.read(posts[0])


def test_table_with_coordinates_becomes_points(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,lon,lat\nA,83.5,27.5\nB,84.9,27.0\n")
    frame = waywarden.read(path, x="lon", y="lat", crs="EPSG:4326", ids="id")
    assert frame.geometry["B"].coords[:] == [(84.9, 27.0)]
    assert "geometry" not in waywarden.read(path)


def test_what_was_wrong_is_told(tmp_path):
    path = tmp_path / "posts.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": ['
        '{"type": "Feature", "properties": {"n": 1}, "geometry": null},'
        '{"type": "Feature", "properties": {"n": 2},'
        ' "geometry": {"type": "Point", "coordinates": [83, 27]}}]}'
    )
    with pytest.warns(waywarden.InputWarning, match="posts.geojson: 1 "):
        frame = waywarden.read(path)
    assert frame.attrs["waywarden"]["report"][0]["features"] == 1
    _, report = waywarden.io.read_with_report(path)
    assert list(report.columns) == ["outcome", "file", "layer", "feature", "reason", "detail"]
    assert len(report) == 1


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/vsicurl/http://127.0.0.1:18999/a.gpkg", waywarden.RefusedError),
        ("/vsizip//vsicurl/http://127.0.0.1:18999/a.zip/a.gpkg", waywarden.RefusedError),
        ("http://127.0.0.1:18999/a.geojson", waywarden.Error),
        ("no such file.gpkg", waywarden.FileError),
    ],
)
def test_path_that_cannot_be_used_is_refused(path, error):
    with pytest.raises(error):
        waywarden.read(path)
    with pytest.raises(OSError, match="."):
        waywarden.layers(path)


def test_every_bad_file_loads_with_a_report_or_raises(shared):
    made = shared / "bad-inputs" / "made"
    paths = sorted(path for path in (made / "shapefile").glob("*.shp"))
    paths += sorted(path for path in (made / "files").iterdir() if path.is_file())
    before = sorted(made.rglob("*"))
    loaded = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", waywarden.InputWarning)
        for path in paths:
            try:
                names = waywarden.layers(path)["name"]
            except waywarden.Error as error:
                assert error.reason
                continue
            for name in names:
                try:
                    waywarden.read(path, name)
                    loaded += 1
                except waywarden.Error as error:
                    assert error.file
                    assert error.reason
    assert loaded
    assert sorted(made.rglob("*")) == before
