"""Surfaces as polygons and as files, against shapely and GDAL's own reader."""

import geopandas
import numpy as np
import pytest
from shapely.geometry import Point, box
from shapely.ops import unary_union

import waywarden
from waywarden import density
from waywarden.density import Surface
from waywarden.errors import CrsError, DisclosureError, FileError, OptionError
from waywarden.privacy import Mask

UTM = 32645
MASK = Mask("incidents", nearest_m=1000, farthest_m=5000, seed=3)


def surface_of(values, **kind):
    return Surface(np.ma.masked_invalid(values), 300_000.0, 3_000_000.0, 10.0, UTM, **kind)


def whole_squares(surface):
    """The squares between the middles of four cells that all have a value."""
    valid = ~np.ma.getmaskarray(surface.values)
    whole = valid[:-1, :-1] & valid[1:, :-1] & valid[:-1, 1:] & valid[1:, 1:]
    half, width = surface.cell_m / 2, surface.cell_m
    corners = [
        (surface.x + half + column * width, surface.y + half + row * width)
        for row, column in np.argwhere(whole)
    ]
    return unary_union([box(x, y, x + width, y + width) for x, y in corners])


@pytest.mark.parametrize("seed", range(40))
def test_bands_are_valid_and_share_the_surface_out(seed):
    random = np.random.default_rng(seed)
    values = random.random((random.integers(1, 25), random.integers(1, 25)))
    if seed % 2:
        values = np.round(values * 4) / 4  # plateaus, and values that are levels
    values[random.random(values.shape) < 0.1 * (seed % 4)] = np.nan
    surface = surface_of(values)
    bands = density.contour_bands(surface, [-1, 0.25, 0.5, 0.75])
    assert bands.geometry.is_valid.all()
    assert set(bands.geom_type) == {"MultiPolygon"}
    whole = whole_squares(surface)
    assert bands.area.sum() == pytest.approx(whole.area, rel=1e-9)
    together = unary_union(list(bands.geometry))
    assert together.symmetric_difference(whole).area <= 1e-6 * max(whole.area, 1)
    assert bands["low"].tolist() == [-1, 0.25, 0.5, 0.75]
    assert bands["high"].iloc[:-1].tolist() == [0.25, 0.5, 0.75] and np.isnan(
        bands["high"].iloc[-1]
    )
    assert bands.crs == UTM and bands.attrs["waywarden"]["released"] is False


def test_bands_lie_between_their_lines():
    random = np.random.default_rng(5)
    values = random.random((30, 20)).cumsum(axis=0).cumsum(axis=1)
    surface = surface_of(values)
    levels = [50.0, 120.0]
    bands = density.contour_bands(surface, levels)
    lines = density.contours(surface, levels)
    for level, line in zip(lines["level"], lines.geometry):
        edges = bands.geometry[bands["low"] == level].iloc[0].boundary
        assert edges.buffer(1e-4).contains(line)


def test_bands_refuse_bad_levels():
    surface = surface_of(np.ones((3, 3)))
    assert density.contour_bands(surface, []).empty
    for levels in ([2, 1], [1, 1], [np.nan]):
        with pytest.raises(OptionError):
            density.contour_bands(surface, levels)


@pytest.fixture
def incidents():
    random = np.random.default_rng(2)
    place = geopandas.points_from_xy(random.uniform(84, 85, 60), random.uniform(27, 28, 60))
    return geopandas.GeoDataFrame({"age": range(60)}, geometry=place, crs=4326)


def read(file):
    gdal = pytest.importorskip("osgeo.gdal", reason="GDAL's own Python module is not installed")
    gdal.UseExceptions()
    return gdal.Open(str(file))


def test_geotiff_is_what_the_surface_is(tmp_path, incidents):
    surface = density.kde(
        incidents.to_crs(UTM),
        bandwidth_m=9_000,
        cell_m=2_000,
        window=incidents.to_crs(UTM).buffer(20_000),
    )
    file = surface.to_geotiff(tmp_path / "a.tif", reason="own unit only", synthetic=True)
    found = read(file)
    band = found.GetRasterBand(1)
    numbers = np.flipud(band.ReadAsArray())
    masked = np.ma.getmaskarray(surface.values)
    assert masked.any()
    assert (numbers[masked] == band.GetNoDataValue()).all()
    assert (numbers[~masked] == surface.values.compressed()).all()
    top = surface.y + surface.cell_m * len(numbers)
    assert found.GetGeoTransform() == (surface.x, 2000, 0, top, 0, -2000)
    assert found.GetSpatialRef().GetAuthorityCode(None) == str(UTM)
    assert found.GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION") == (
        "Data: synthetic. Released without a disclosure rule: own unit only"
    )
    assert (band.GetDescription(), band.GetUnitType()) == ("density", "1/m2")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tif"]


def test_degrees_are_written_on_the_plane_of_the_surface(tmp_path, incidents):
    surface = density.kde(incidents, bandwidth_m=9_000, cell_m=2_000)
    found = read(surface.to_geotiff(tmp_path / "a.tif", reason="test"))
    places = incidents.to_crs(found.GetProjection()).geometry
    assert (places.distance(incidents.to_crs(surface.crs).geometry, align=False) < 1e-6).all()


def test_surface_of_records_leaves_only_with_a_reason(tmp_path, incidents):
    judged = waywarden.release({"incidents": incidents}, records={"incidents": MASK})
    surface = density.kde(incidents, bandwidth_m=9_000, cell_m=2_000)
    with pytest.raises(DisclosureError, match="where single events were"):
        surface.to_geotiff(tmp_path / "a.tif")
    with pytest.raises(DisclosureError, match="not computed from a table of a release"):
        surface.to_geotiff(tmp_path / "a.tif", release=judged)
    assert not list(tmp_path.iterdir())


def test_surface_of_masked_records_may_leave(tmp_path, incidents):
    judged = waywarden.release({"incidents": incidents}, records={"incidents": MASK})
    surface = density.kde(judged.tables["incidents"], bandwidth_m=9_000, cell_m=2_000)
    file = surface.to_geotiff(tmp_path / "a.tif", release=judged)
    assert "Counts of 1 to 10" in read(file).GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION")
    # Another set of events beside it is not released.
    risk = density.relative_risk(
        judged.tables["incidents"], incidents, bandwidth_m=9_000, cell_m=5_000
    )
    with pytest.raises(DisclosureError):
        risk["log_ratio"].to_geotiff(tmp_path / "b.tif", release=judged)


def test_geotiff_that_cannot_be_written_leaves_nothing(tmp_path):
    surface = surface_of([[1.0, 2.0]])
    (tmp_path / "a.tif").write_text("old")
    with pytest.raises(CrsError):
        Surface(surface.values, 0, 0, 1, None).to_geotiff(tmp_path / "a.tif", reason="test")
    with pytest.raises(FileError):
        surface.to_geotiff(tmp_path / "none" / "a.tif", reason="test")
    assert (tmp_path / "a.tif").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_bands_hold_the_events_of_a_clump():
    random = np.random.default_rng(4)
    clump = geopandas.GeoSeries.from_xy(*random.normal(500, 30, (2, 200)), crs=UTM)
    window = geopandas.GeoSeries([box(0, 0, 1000, 1000)], crs=UTM)
    surface = density.kde(clump, bandwidth_m=60, cell_m=10, window=window)
    highest = float(surface.values.max())
    bands = density.contour_bands(surface, [highest / 10, highest / 2])
    assert bands.geometry[1].contains(Point(500, 500))
    assert not bands.geometry[0].contains(Point(500, 500))
