"""Odd, broken and hostile files: each loads with a report of what is wrong, or raises an error.

Files are read in a process of their own with little memory, beside a socket that hears whether
anything connects. The shared examples lie beside the repository; others are made here.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import bad_file_makers
import pytest
from bad_input_verdicts import ALSO_SAID, BESIDES, BOMB, HERE, MADE, NETWORKS, OUT_OF_DEGREES

import waywarden

PORT = 18999
LONGEST_S = 30
CHILD = Path(__file__).parent / "read_child.py"
SHAPEFILE_PARTS = {".dbf", ".shx", ".prj", ".cpg"}


class Listener:
    """Counts who connects."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", PORT))
        self.socket.listen()
        self.connections = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self):
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.connections += 1


@pytest.fixture
def listener():
    try:
        listening = Listener()
    except OSError:
        pytest.skip(f"port {PORT} is taken")
    yield listening
    listening.socket.shutdown(socket.SHUT_RDWR)
    listening.socket.close()


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def verdicts(jobs, folder, listener):
    """Read in a child; nothing may change, connect, crash or take long."""
    before = contents(folder)
    child = subprocess.Popen(
        [sys.executable, str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    found = {}
    for job in jobs:
        watch = threading.Timer(LONGEST_S, child.kill)
        watch.start()
        try:
            child.stdin.write(json.dumps(job) + "\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except BrokenPipeError:
            answer = ""
        watch.cancel()
        assert answer, f"{job['path']}: crashed or took over {LONGEST_S} s"
        found[job["path"]] = json.loads(answer)["verdict"]
    child.stdin.close()
    assert child.wait(LONGEST_S) == 0, child.stderr.read()
    assert contents(folder) == before
    assert listener.connections == 0
    return found


def check(name, path, verdict, expected):
    assert "bug" not in verdict, (name, verdict)
    what, said = expected
    if isinstance(what, str):
        assert verdict.get("error") == what, (name, verdict)
        assert verdict["reason"].startswith(said), (name, verdict)
        assert verdict["file"] == path, (name, verdict)
        return
    assert verdict.get("rows") == what, (name, verdict)
    others = ALSO_SAID | BESIDES.get(name, set())
    extra = {reason for reason in verdict["reasons"] if reason not in said} - others
    assert not extra, (name, verdict)
    assert {reason: verdict["reasons"].get(reason) for reason in said} == said, (name, verdict)


def copied(shared, folder, tmp_path):
    source = shared / "bad-inputs" / folder
    if not source.exists():
        pytest.skip(f"no {source}")
    shutil.copytree(source, tmp_path / folder)
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return tmp_path / folder


@pytest.mark.parametrize("group", ["files", "network", "places", "shapefile"])
def test_each_made_file_fares_as_its_manifest_says(group, shared, tmp_path, listener):
    folder = copied(shared, f"made/{group}", tmp_path)
    paths = [p for p in sorted(folder.iterdir()) if p.suffix not in SHAPEFILE_PARTS]
    expected = {name for name in MADE if name.startswith(group + "/")}
    assert {f"{group}/{path.name}" for path in paths} == expected
    found = verdicts([{"path": str(path)} for path in paths], folder, listener)
    for path in paths:
        check(f"{group}/{path.name}", str(path), found[str(path)], MADE[f"{group}/{path.name}"])


def test_each_made_network_is_built_as_its_manifest_says(shared, tmp_path, listener):
    folder = copied(shared, "made/network", tmp_path)
    paths = {name: str(folder / f"{name}.geojson") for name in NETWORKS}
    jobs = [{"path": paths[name], "links": dict(said)} for name, (said, _) in NETWORKS.items()]
    found = verdicts(jobs, folder, listener)
    for name, (_, expected) in NETWORKS.items():
        network = found[paths[name]]["network"]
        if isinstance(expected[0], str):
            feature, reason = expected
            assert (network["error"], network["feature"]) == ("InputError", feature), name
            assert network["reason"].startswith(reason), name
            assert network["file"] == paths[name]
            continue
        nodes, edges, reasons = expected
        assert (network["nodes"], network["edges"]) == (nodes, edges), (name, network)
        assert {r: network["reasons"].get(r) for r in reasons} == reasons, (name, network)


@pytest.mark.parametrize("group", ["antimeridian", "geojson_hint", "gml", "kml", "osm_xml", "vrt"])
def test_all_other_files_load_or_raise(group, shared, tmp_path, listener):
    folder = copied(shared, group, tmp_path)
    paths = [str(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    found = verdicts([{"path": path, "every_layer": True} for path in paths], folder, listener)
    for path, verdict in found.items():
        for layer in verdict if isinstance(verdict, list) else [verdict]:
            assert "bug" not in layer, (path, layer)
            assert "rows" in layer or (layer["reason"] and layer["file"] == path), (path, layer)


def test_files_made_here_fare_as_they_should(tmp_path, listener):
    bad_file_makers.put_all(tmp_path)
    paths = [p for p in sorted(tmp_path.iterdir()) if p.suffix not in SHAPEFILE_PARTS]
    assert {path.name for path in paths} <= HERE.keys()
    jobs = [{"path": str(path)} for path in paths]
    found = verdicts(jobs, tmp_path, listener)
    for path in paths:
        check(path.name, str(path), found[str(path)], HERE[path.name])


def test_members_of_archives_and_coordinate_columns_fare_as_they_should(tmp_path, listener):
    bad_file_makers.put(tmp_path, bad_file_makers.csv_files())
    bad_file_makers.put_archives(tmp_path)
    xy = {"x": "x", "y": "y", "crs": "EPSG:4326"}
    jobs = [
        ({"path": f"/vsizip/{tmp_path}/bomb.zip/a.csv"}, BOMB),
        ({"path": f"/vsizip/{tmp_path}/slip.zip/inside.geojson"}, (1, {})),
        (
            {"path": f"/vsizip/{tmp_path}/slip.zip/../../outside.geojson"},
            ("RefusedError", "refused: '..'"),
        ),
        ({"path": str(tmp_path / "swapped.csv"), "options": xy}, ("InputError", OUT_OF_DEGREES)),
        ({"path": str(tmp_path / "not_numbers.csv"), "options": xy}, (4, {"null geometry": 3})),
    ]
    found = verdicts([job for job, _ in jobs], tmp_path, listener)
    for job, expected in jobs:
        check(job["path"], job["path"], found[job["path"]], expected)
    swapped = found[str(tmp_path / "swapped.csv")]["reason"]
    assert swapped.endswith("latitude and longitude look swapped")


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("id,x,y\n" + "".join(f"{i},85.3,27.7\n" for i in range(5000)))
    return path


@pytest.mark.parametrize(
    "limit", [{"max_features": 4999}, {"max_bytes": 10_000}, {"max_seconds": 1e-9}]
)
def test_limits_are_kept(limit, points):
    with pytest.raises(waywarden.LimitError) as raised:
        waywarden.read(points, **limit)
    assert isinstance(raised.value, waywarden.InputError)
    assert raised.value.file == str(points)


def test_vertices_are_limited(tmp_path):
    path = tmp_path / "lines.geojson"
    path.write_text(bad_file_makers.collection(bad_file_makers.SOUND))
    assert len(waywarden.read(path, max_vertices=2)) == 1
    with pytest.raises(waywarden.LimitError, match="too many vertices"):
        waywarden.read(path, max_vertices=1)


def test_reading_can_be_stopped_and_says_how_far_it_is(points):
    steps = set()

    def stop(step, done, total):
        steps.add(step)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        while True:  # a quick read may be over before it is asked how far it is
            waywarden.read(points, progress=stop)
    assert steps == {"reading points"}


def test_layer_outside_the_area_expected_is_named(tmp_path):
    path = tmp_path / "swapped.geojson"
    path.write_text(bad_file_makers.collection(bad_file_makers.point(27.7, 85.3)))
    _, report = waywarden.io.read_with_report(path, expected=(80, 26, 89, 31))
    assert report["reason"].tolist() == ["lies wholly outside the area expected"]
    assert report["detail"].tolist() == ["x and y look swapped"]
    _, report = waywarden.io.read_with_report(path, expected=(20, 80, 30, 88))
    assert report.empty


def test_name_of_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv")
    Path(path).write_text("a\n1\n")
    with pytest.raises(waywarden.RefusedError, match="not UTF-8"):
        waywarden.read(path)
