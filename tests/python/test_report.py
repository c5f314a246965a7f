"""The report: what it says, and that it says nothing in anybody else's markup."""

from __future__ import annotations

import geopandas
import pytest
from shapely.geometry import Point

from waywarden import maps, report


class FakeRelease:
    """What `write_report` reads of a release."""

    def __init__(self, tables, synthetic=()):
        self.tables = tables
        self.titles = {"hotspots_hex": "Cells"}
        self.disclosure = {"k": 11, "suppressed": 2}
        self._synthetic = synthetic

    def origin(self, name):
        return "synthetic" if name in self._synthetic else "modelled"


@pytest.fixture(autouse=True)
def fake_is_release(monkeypatch):
    monkeypatch.setattr(maps, "_release_class", lambda: FakeRelease)


def frame(**columns):
    rows = len(next(iter(columns.values())))
    return geopandas.GeoDataFrame(columns, geometry=[Point(85, 27)] * rows, crs=4326)


def tables(name="Raxaul"):
    return {
        "interception_points": frame(
            rank=[1, 2],
            name=[name, None],
            site=["X1", "H2"],
            kind=["crossing", "hub"],
            gain=[1234.5, 40.25],
            gain_se=[10.0, None],
            cumulative=[1200.0, 1240.0],
            share=[0.3, 0.31],
            upper_bound=[1200.0, 1364.0],
            rank_low=[1, 2],
            rank_high=[1, None],
        ),
        "displacement": frame(
            edge=["E1", "E2", "E3"],
            before=[10.0, 5.0, 1.0],
            after=[4.0, 25.0, 1.0],
            change=[-6.0, 20.0, 0.0],
            flagged=[False, True, False],
        ),
        "hotspots_hex": frame(incidents=[20, None, None], q_class=["hot_99", "withheld", "hot_99"]),
    }


def written(tmp_path, release, **facts):
    return report.write_report(release, tmp_path / "report.md", facts=facts).read_text("utf-8")


def test_it_says_where_how_much_and_how_sure(tmp_path):
    text = written(tmp_path, FakeRelease(tables(), ["hotspots_hex"]), title="Demo")
    assert text.startswith(
        "# Demo\n\n> **SYNTHETIC, not evidence: Cells**\n"
        "> **2 cells suppressed (k = 11; a suppressed count is 1 or more)**\n"
    )
    assert "| 1 | Raxaul | crossing | 1,234 ± 10 | 30 % | 1 |" in text
    assert "| 2 | H2 | hub | 40.2 | 31 % | 2 or below |" in text
    assert "2 teams at these sites are expected to intercept 31 % of all journeys." in text
    assert "No choice of as many sites can exceed 34.1 %" in text


def test_ranks_come_in_order_whatever_the_rows(tmp_path):
    turned = tables()
    turned["interception_points"] = turned["interception_points"].iloc[::-1]
    assert written(tmp_path, FakeRelease(turned)) == written(tmp_path, FakeRelease(tables()))


def test_displacement_and_hotspots_are_counted(tmp_path):
    text = written(tmp_path, FakeRelease(tables()))
    assert "increase at 1 and decrease at 1" in text and "1 increases are flagged" in text
    assert "| E2 | 5 | 25 | +20 |" in text
    assert "| hot, 99 % sure | 2 |" in text and "| not shown | 1 |" in text
    assert "Detected incidents reflect policing and reporting" in text
    assert "policing" not in written(tmp_path, FakeRelease({}))


def test_what_the_caller_knows_is_told(tmp_path):
    text = written(
        tmp_path,
        FakeRelease({}),
        questions=["Where?"],
        assumptions=["spread 1.05"],
        inputs=[{"layer": "roads", "features": 9, "repaired": 1, "skipped": 2, "doubtful": 3}],
        evaders=[{"name": "unaware", "share": 0.31, "share_se": 0.01, "regret": 0.0}],
        provenance={"engine": "0.1.0"},
    )
    for line in (
        "- Where?",
        "- spread 1.05",
        "| roads | 9 | 1 | 2 | 3 |  |",
        "| unaware | 31 % ± 1 % | 0 % |",
        "- engine: 0.1.0",
    ):
        assert line in text.splitlines(), line
    assert "## Where to intercept" not in text and "## Limits" in text


def test_hostile_text_stays_text(tmp_path):
    hostile = "a|b\n# <img src=x onerror=1> [x](http://y) `z` *w*"
    text = written(tmp_path, FakeRelease(tables(hostile)), title=hostile, questions=[hostile])
    assert "<img" not in text and "](" not in text.replace("\\](", "")
    rows = [line for line in text.splitlines() if line.startswith("| 1 |")]
    assert len(rows) == 1 and rows[0].replace("\\|", "").count("|") == 7


def test_only_releases_are_reported(tmp_path):
    with pytest.raises(TypeError, match="Release"):
        report.write_report(frame(a=[1]), tmp_path / "report.md")
    assert list(tmp_path.iterdir()) == []
