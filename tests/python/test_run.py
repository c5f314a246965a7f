"""Long calls: progress, Ctrl-C, the GIL."""

import os
import signal
import threading
import time

import geopandas
import numpy as np
import pytest
from shapely.geometry import LineString

from waywarden import _engine
from waywarden._run import call
from waywarden.frames import to_table


@pytest.fixture(scope="module")
def many_lines():
    """Lines that take several seconds to measure."""
    spiral = np.linspace(0, 50, 2000)
    line = LineString(np.column_stack([spiral * np.cos(spiral), spiral * np.sin(spiral)]))
    return to_table(geopandas.GeoSeries([line], crs="EPSG:4326")).take([0] * 3000)


def test_result_of_a_watched_call(many_lines):
    few = many_lines.take([0, 0, 0])
    lengths = call(_engine.geodesic_lengths, few, progress=True)
    assert lengths.flags.writeable and not lengths.flags.owndata
    assert len(set(lengths)) == 1 and lengths[0] > 0
    assert np.array_equal(lengths, call(_engine.geodesic_lengths, few, threads=2))


def test_progress_is_told_while_the_call_runs(many_lines):
    seen = []
    call(
        _engine.geodesic_lengths,
        many_lines.take([0] * 500),
        progress=lambda *now: seen.append(now),
        threads=1,
    )
    assert seen
    assert all(
        step == "measuring lengths" and 0 <= done <= total == 500 for step, done, total in seen
    )
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_bar_shows_on_stderr_only(many_lines, capfd):
    call(_engine.geodesic_lengths, many_lines.take([0] * 1000), progress=True, threads=1)
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "measuring lengths" in shown.err


def test_no_bar_unless_a_person_watches(many_lines, capfd):
    call(_engine.geodesic_lengths, many_lines.take([0] * 1000), threads=1)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_stops_the_engine(many_lines, threads):
    pressed = []

    def press():
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, press)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        call(_engine.geodesic_lengths, many_lines, progress=False, threads=threads)
    waited = time.monotonic() - pressed[0]
    timer.join()
    # 0.2 s is what is promised; the rest is for a machine that does other things too.
    assert waited < 1.0
    assert len(call(_engine.geodesic_lengths, many_lines.take([0]))) == 1


def test_what_a_callback_raises_ends_the_call(many_lines):
    def stop(*_):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        call(_engine.geodesic_lengths, many_lines, progress=stop)


def test_other_python_threads_run_meanwhile(many_lines):
    finished = threading.Event()
    worker = threading.Thread(
        target=lambda: (
            call(_engine.geodesic_lengths, many_lines.take([0] * 500), threads=1),
            finished.set(),
        )
    )
    worker.start()
    turns = 0
    while not finished.is_set():
        turns += 1
        time.sleep(0.001)
    worker.join()
    assert turns > 20
