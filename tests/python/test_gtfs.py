"""Small feeds, good and bad."""

import zipfile

import geopandas
import pytest
from shapely.geometry import LineString

from waywarden import geodesy, gtfs, network
from waywarden.errors import FileError, InputError, OptionError

FEED = {
    "stops": """stop_id,stop_name,stop_lat,stop_lon
A,Alpha,0,0
B,Beta,0,0.1
C,Gamma,0,0.2
P,Pier,0.1,0.2
X,Unused,5,5
""",
    "routes": "route_id,route_type\nR,2\nF,4\nT,900\n",
    "trips": "route_id,service_id,trip_id\nR,daily,r1\nR,workdays,r2\nF,daily,f1\n",
    "stop_times": """trip_id,arrival_time,departure_time,stop_id,stop_sequence
r1,08:00:00,08:00:00,A,1
r1,08:10:00,08:12:00,B,2
r1,08:22:00,08:22:00,C,5
r2,24:30:00,24:30:00,A,1
r2,,,B,2
r2,24:50:00,24:50:00,C,3
f1,06:00:00,06:00:00,C,1
f1,06:30:00,06:30:00,P,2
""",
    "calendar": """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday
daily,1,1,1,1,1,1,1
workdays,1,1,1,1,1,0,0
""",
    "frequencies": "trip_id,start_time,end_time,headway_secs\nf1,06:00:00,12:00:00,3600\n",
}


def folder_of(feed, path):
    for name, text in feed.items():
        (path / f"{name}.txt").write_text(text, "utf-8")
    return path


def changed(name, old, new):
    assert old in FEED[name]
    return {**FEED, name: FEED[name].replace(old, new)}


@pytest.fixture
def feed(tmp_path):
    return gtfs.read(folder_of(FEED, tmp_path), service_hours=18)


def test_links_have_mean_headways_and_running_times(feed):
    links = feed.links
    assert list(links.index) == ["rail: A > B", "rail: B > C", "sea: C > P"]
    first = links.loc["rail: A > B"]
    daily = 1 + 5 / 7
    assert first["departures"] == pytest.approx(daily)
    assert first["headway_s"] == pytest.approx(18 * 3600 / daily)
    # 10 minutes every day; 10, spread evenly over 20, on five of seven.
    assert first["running_s"] == pytest.approx(600)
    metres = geodesy.lengths(links)
    assert first["speed_kmh"] == pytest.approx(3.6 * metres.iloc[0] / 600)
    second = links.loc["rail: B > C"]
    assert second["running_s"] == pytest.approx(600)
    ferry = links.loc["sea: C > P"]
    assert (ferry["departures"], ferry["headway_s"], ferry["running_s"]) == (6, 10800, 1800)


def test_stops_have_waits(feed):
    stops = feed.stops
    assert stops.index.tolist() == ["A", "B", "C", "P"]
    assert stops["name"].tolist() == ["Alpha", "Beta", "Gamma", "Pier"]
    assert stops["modes"].tolist() == ["rail", "rail", "rail,sea", "sea"]
    half = feed.links.loc["rail: A > B", "headway_s"] / 2
    assert stops.loc["A", "wait_s"] == pytest.approx(half)
    # Only the ferry leaves at C; nothing leaves at the pier, where the ferry arrives.
    assert stops.loc["C", "wait_s"] == pytest.approx(5400)
    assert stops.loc["P", "wait_s"] == pytest.approx(5400)


def test_a_zip_is_the_same(feed, tmp_path):
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in FEED.items():
            archive.writestr(f"inside/{name}.txt", "\ufeff" + text)
    again = gtfs.read(path)
    assert again.links.equals(feed.links)
    assert again.stops.equals(feed.stops)
    assert repr(again) == "<Feed: 3 links between 4 stops>"


def test_a_feed_joins_a_network(feed):
    path = LineString([(0, 0.0005), (0.2, 0.0005), (0.2, 0.0995)])
    walks = geopandas.GeoDataFrame(geometry=[path], crs=4326)
    built = network.build(network.links(walks, mode="foot"), *feed.layers())
    hubs = built.hubs
    assert hubs["modes"].to_dict() == {
        "A": "rail,foot",
        "B": "rail,foot",
        "C": "rail,sea,foot",
        "P": "sea,foot",
    }
    edges = built.edges
    rail = edges[edges["mode"] == "rail"]
    assert len(rail) == 2 and (rail["twin"] == -1).all()
    assert rail["length_m"].sum() / rail["speed_kmh"].iloc[0] == pytest.approx(1200 / 3.6, rel=1e-6)
    waits = edges[edges["kind"] == "transfer"].groupby("feature")["wait_s"].first()
    assert waits["C"] == pytest.approx(2700)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("stops", "stop_lat", "latitude", "no column 'stop_lat'"),
        ("stops", "A,Alpha,0,0", "A,Alpha,north,0", "'A': column 'stop_lat': not a number"),
        ("stops", "A,Alpha,0,0", "A,Alpha,95,0", "no longitude and latitude"),
        ("stops", "X,Unused", "A,Unused", "'A': the id occurs twice"),
        ("routes", "F,4", "F,77", "unknown type"),
        ("trips", "R,daily,r1", "Q,daily,r1", "'Q': column 'route_id': there is none"),
        ("stop_times", "f1,06:30:00,06:30:00,P,2", "f9,06:30:00,06:30:00,P,2", "there is none"),
        ("stop_times", "08:10:00,08:12:00", "8 o'clock,08:12:00", "'r1': column 'arrival_time'"),
        ("stop_times", "08:22:00,08:22:00,C,5", "08:02:00,08:22:00,C,5", "back in time"),
        ("stop_times", "24:30:00,24:30:00,A", ",,A", "first or last stop has no time"),
        ("stop_times", ",A,1", ",A,first", "column 'stop_sequence': not a number"),
        ("frequencies", "3600", "0", "not more than 0"),
        ("calendar", "workdays,1", "daily,1", "the id occurs twice"),
    ],
)
def test_bad_feeds_are_named(tmp_path, name, old, new, reason):
    with pytest.raises(InputError, match=reason):
        gtfs.read(folder_of(changed(name, old, new), tmp_path))


def test_what_is_no_feed(tmp_path):
    with pytest.raises(FileError):
        gtfs.read(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(FileError):
        gtfs.read(tmp_path / "text.zip")
    with pytest.raises(FileError, match=r"no stops\.txt"):
        gtfs.read(tmp_path)
    folder_of({**FEED, "trips": ""}, tmp_path)
    with pytest.raises(FileError, match="is no table"):
        gtfs.read(tmp_path)
    folder_of({**FEED, "stop_times": FEED["stop_times"].splitlines()[0] + "\n"}, tmp_path)
    with pytest.raises(InputError, match="no trip"):
        gtfs.read(tmp_path)
    folder_of(FEED, tmp_path)
    with pytest.raises(InputError, match="limit of 100"):
        gtfs.read(tmp_path, max_bytes=100)
    with pytest.raises(OptionError):
        gtfs.read(tmp_path, service_hours=0)


def test_errors_tell_no_values(tmp_path):
    with pytest.raises(InputError) as error:
        gtfs.read(folder_of(changed("stops", "A,Alpha,0,0", "A,Alpha,secret,0"), tmp_path))
    assert "secret" not in str(error.value)


def test_two_stops_within_a_minute(tmp_path):
    feed = changed("stop_times", "08:10:00,08:12:00,B", "08:00:00,08:12:00,B")
    links = gtfs.read(folder_of({**feed, "calendar": FEED["calendar"]}, tmp_path)).links
    assert (links["running_s"] >= 30).all()


def test_everything_runs_daily_without_a_calendar(tmp_path):
    tables = {name: text for name, text in FEED.items() if name != "calendar"}
    assert gtfs.read(folder_of(tables, tmp_path)).links["departures"].tolist() == [2, 2, 6]
