"""GeoDataFrames to tables and back."""

import datetime
import warnings

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, box, mapping

import waywarden
from waywarden import frames


def round_trip(frame, **options):
    return frames.to_frame(frames.to_table(frame, **options), like=frame)


def points(count, **columns):
    return geopandas.GeoDataFrame(
        columns, geometry=[Point(i, -i) for i in range(count)], crs="EPSG:4326"
    )


def assert_same(back, frame):
    assert list(back.columns) == list(frame.columns)
    assert back.index.equals(frame.index)
    assert back.index.names == frame.index.names
    for name in frame.columns:
        assert back[name].dtype == frame[name].dtype, name
        if name != frame.geometry.name:
            pd.testing.assert_series_equal(back[name], frame[name])
    assert back.geometry.name == frame.geometry.name
    assert back.crs == frame.crs
    assert [g and g.wkb for g in back.geometry] == [g and g.wkb for g in frame.geometry]


def test_every_kind_of_column_survives():
    frame = points(
        3,
        flag=[True, False, True],
        small=np.array([1, 2, 3], dtype=np.int16),
        number=[1.5, np.nan, -0.0],
        single=np.array([1.5, 2.5, np.nan], dtype=np.float32),
        word=pd.Series(["a", None, "ü"], dtype=object),
        kind=pd.Categorical(["bus", "train", None]),
        level=pd.Categorical([3, 1, 3], categories=[1, 2, 3], ordered=True),
        nullable=pd.array([1, None, 3], dtype="Int64"),
        maybe=pd.array([True, None, False], dtype="boolean"),
        string=pd.array(["x", None, "z"], dtype="string"),
        day=pd.to_datetime(["2021-03-04", None, "1999-12-31"]),
        instant=pd.to_datetime(["2021-03-04 05:06:07.123456", None, "1999-12-31 00:00:00.5"]),
        zoned=pd.to_datetime(["2021-03-04 05:06", None, "1999-12-31 00:00"]).tz_localize(
            "Asia/Kathmandu"
        ),
    )
    assert_same(round_trip(frame), frame)


def test_values_are_what_the_engine_is_told():
    frame = points(
        2,
        day=pd.to_datetime(["2021-03-04", None]),
        zoned=pd.to_datetime(["2021-03-04 05:45", None]).tz_localize("Asia/Kathmandu"),
        mixed=["x", 3],
        nested=[{"a": [1]}, None],
        date=[datetime.date(2020, 1, 2), None],
        whole=pd.Series([1, None], dtype=object),
    )
    columns = {
        name: (list(values), list(valid))
        for name, values, valid in frames.to_table(frame).exchange()["columns"]
    }
    assert columns == {
        "day": (["2021-03-04", ""], [True, False]),
        "zoned": (["2021-03-04T00:00:00Z", ""], [True, False]),
        "mixed": (["x", "3"], [True, True]),
        "nested": (['{"a": [1]}', ""], [True, False]),
        "date": (["2020-01-02", ""], [True, False]),
        "whole": ([1, 0], [True, False]),
    }


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([30, 10, 20], name="number"),
        pd.Index(["c", "a", "b"]),
        pd.Index([7, 7, 8]),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["x", "y"]),
        pd.to_datetime(["2020-01-01", "2020-01-03", "2020-01-02"]),
    ],
    ids=["numbers", "texts", "repeated", "levels", "times"],
)
def test_index_survives(index):
    frame = points(3, n=[1, 2, 3]).set_index(index)
    assert_same(round_trip(frame), frame)


def test_rows_keep_their_label_when_the_engine_reorders_them(roads):
    back = frames.to_frame(frames.to_table(roads).take([2, 0]), like=roads)
    assert_same(back, roads.loc[["R3", "R1"]])


def test_ids_come_from_a_column_when_asked():
    frame = points(2, post=["P1", "P2"])
    table = frames.to_table(frame, ids="post")
    assert table.ids == ["P1", "P2"]
    assert_same(frames.to_frame(table, like=frame, ids="post"), frame)
    for column in (["P1", "P1"], ["P1", None]):
        with pytest.raises(waywarden.InputError, match="missing or not unique"):
            frames.to_table(points(2, post=column), ids="post")


def test_geometries_of_all_kinds_survive():
    shapes = [
        Point(1, 2),
        LineString([(0, 0), (1, 1)]),
        box(0, 0, 2, 2).difference(box(1, 1, 1.5, 1.5)),
    ]
    shapes += [MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)]), None]
    frame = geopandas.GeoDataFrame({"geom": shapes}, geometry="geom", crs=32645)
    assert_same(round_trip(frame), frame)


def test_frame_without_system_or_rows_survives():
    unknown = geopandas.GeoDataFrame({"n": [1]}, geometry=[Point(500_000, 3_000_000)])
    assert_same(round_trip(unknown), unknown)
    empty = points(0, n=np.array([], dtype=np.int64))
    assert_same(round_trip(empty), empty)


def test_plain_frame_survives():
    frame = pd.DataFrame({"incidents": [3, 4]}, index=["a", "b"])
    pd.testing.assert_frame_equal(round_trip(frame), frame)


def test_geometry_that_cannot_be_used_is_named():
    frame = geopandas.GeoDataFrame(
        geometry=[Point(0, 0), GeometryCollection([Point(0, 0)])], index=["a", "b"], crs=4326
    )
    with pytest.raises(waywarden.InputError) as caught:
        frames.to_table(frame, name="posts")
    assert (caught.value.layer, caught.value.feature) == ("posts", "b")


def test_column_that_cannot_be_used_is_named_without_its_values():
    with pytest.raises(waywarden.InputError, match="column 'z'") as caught:
        frames.to_table(points(1, z=[1 + 2j]))
    assert "2j" not in str(caught.value)
    with pytest.raises(waywarden.InputError, match="column 'big'"):
        frames.to_table(points(1, big=np.array([2**64 - 1], dtype=np.uint64)))


def test_what_stays_behind_is_said():
    frame = points(1)
    frame["centre"] = frame.geometry
    with pytest.warns(UserWarning, match="'centre'"):
        frames.to_table(frame)
    with pytest.warns(UserWarning, match="z coordinates"):
        frames.to_table(geopandas.GeoSeries([Point(1, 2, 3)], crs=4326))


def test_anything_with_geo_interface_is_taken():
    class Source:
        __geo_interface__ = {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"n": 1}, "geometry": mapping(Point(85, 27))}
            ],
        }

    frame = frames.to_frame(frames.to_table(Source()))
    assert frame.crs == "EPSG:4326"
    assert (frame.geometry.x.iloc[0], frame["n"].iloc[0]) == (85, 1)
    assert len(frames.to_table(Point(85, 27))) == 1
    with pytest.raises(TypeError, match="int"):
        frames.to_table(3)


def test_results_can_be_had_in_another_system(roads):
    projected = frames.to_frame(frames.to_table(roads), like=roads, crs=32645)
    assert projected.crs == 32645
    assert projected.geometry["R1"].length == pytest.approx(9866, abs=5)


def test_results_are_marked_unreleased(roads):
    frame = frames.to_frame(frames.to_table(roads, name="roads"))
    assert frame.attrs["waywarden"] == {"released": False, "name": "roads", "source": ""}
    assert frame.index.name == "feature"


def test_exchange_that_does_not_fit_is_refused(roads):
    exchange = frames.to_table(roads).exchange()
    content, offsets = exchange["wkb"]
    for wrong in (offsets[:-1], offsets + 1, offsets[::-1]):
        with pytest.raises(waywarden.OptionError, match="offsets"):
            waywarden._engine.FeatureTable({**exchange, "wkb": (content, wrong)})
    short = [("lanes", np.array([1]), np.array([True]))]
    with pytest.raises(waywarden.OptionError, match="another length"):
        waywarden._engine.FeatureTable({**exchange, "columns": short})


def test_input_is_not_changed(roads):
    before = roads.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        round_trip(roads)
    assert_same(roads, before)
    assert "waywarden" not in roads.attrs
