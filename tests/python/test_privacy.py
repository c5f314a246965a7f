"""What leaves, judged by an attacker who shares no code with the engine (attacker.py)."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from attacker import Attacker
from shapely.geometry import Point

import waywarden
from waywarden.privacy import Classes, Count, Fact, Mask, Overlap, geomask


@pytest.fixture(scope="module")
def linear_programs():
    return pytest.importorskip("scipy.optimize", reason="scipy (python3-scipy) is not installed")


def counts_frame(counts):
    return pd.DataFrame({"count": np.asarray(counts, dtype=np.int64)})


def shown(judged, table, column="count"):
    return judged.tables[table][column].astype("Float64").to_numpy(dtype=float, na_value=np.nan)


def random_counts(rng, size):
    return np.where(rng.random(size) < 0.4, 0, rng.negative_binomial(0.7, 0.06, size))


def nested_world(rng, cells, places):
    """Cells in places; some lie across two, and their records fall on either side."""
    counts = random_counts(rng, cells)
    home = rng.integers(0, places, cells)
    pairs, sums = [], np.zeros(places, dtype=np.int64)
    for cell, count in enumerate(counts):
        pairs.append((cell, int(home[cell])))
        away = 0
        if rng.random() < 0.3:
            other = int((home[cell] + 1) % places)
            pairs.append((cell, other))
            away = int(rng.integers(0, count + 1))
            sums[other] += away
        sums[home[cell]] += count - away
    return counts, sums, pairs


def neighbour_facts(counts, threshold):
    """Classes of a line of cells: hot where a cell and its neighbours sum to the threshold."""
    classes, facts = [], []
    for row in range(len(counts)):
        near = range(max(0, row - 1), min(len(counts), row + 2))
        hot = counts[near].sum() >= threshold
        bounds = (threshold, np.inf) if hot else (-np.inf, threshold)
        classes.append("hot" if hot else "not significant")
        facts.append(Fact(row, [(other, 1.0) for other in near], *bounds))
    return classes, facts


def assert_nothing_recovered(attacker, cells, published, truth, k):
    """Hidden counts are neither determined nor narrowed within 1 to k - 1."""
    determined = attacker.determined()
    for cell, value, true in zip(cells, published, truth):
        assert np.isnan(value) or value == true
        assert np.isnan(value) or not 1 <= true < k, "a small count is shown"
        if np.isnan(value):
            assert not determined[cell]
            least, greatest = attacker.range_of(cell)
            assert least <= 1 + 1e-6
            assert greatest >= k - 1 - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_one_table(linear_programs, seed):
    rng = np.random.default_rng(seed)
    counts = random_counts(rng, int(rng.integers(2, 40)))
    if 1 <= counts.sum() < 11:
        counts[0] += 11
    judged = waywarden.release({"t": counts_frame(counts)}, counts={"t": {"count": "incidents"}})
    if (judged.tables["t"]["count_note"] == "withheld").any():
        assert judged.tables["t"]["count"].isna().all()
        return
    attacker = Attacker()
    published = shown(judged, "t")
    at_least = judged.disclosure["suppressed_at_least"]
    cells = attacker.see(published, counts.sum(), at_least)
    assert_nothing_recovered(attacker, cells, published, counts, 11)


@pytest.mark.parametrize("seed", range(10))
def test_two_tables_that_count_the_same_records(linear_programs, seed):
    rng = np.random.default_rng(1000 + seed)
    cells, places, pairs = nested_world(rng, 30, 5)
    judged = waywarden.release(
        {"cells": counts_frame(cells), "places": counts_frame(places)},
        counts={"cells": {"count": "incidents"}, "places": {"count": "incidents"}},
        overlaps=[Overlap("cells", "places", "incidents", pairs)],
    )
    attacker = Attacker()
    at_least = judged.disclosure["suppressed_at_least"]
    by_cell, by_place = shown(judged, "cells"), shown(judged, "places")
    first = attacker.see(by_cell, cells.sum(), at_least)
    second = attacker.see(by_place, places.sum(), at_least)
    attacker.overlap(first, second, pairs, first_inside=True, second_inside=True)
    assert_nothing_recovered(attacker, first, by_cell, cells, 11)
    assert_nothing_recovered(attacker, second, by_place, places, 11)


@pytest.mark.parametrize("seed", range(10))
def test_classes(linear_programs, seed):
    rng = np.random.default_rng(2000 + seed)
    counts = random_counts(rng, 40)
    classes, facts = neighbour_facts(counts, int(rng.integers(20, 60)))
    frame = counts_frame(counts).assign(hotspot=classes)
    judged = waywarden.release(
        {"t": frame},
        counts={"t": {"count": "incidents"}},
        classes={"t": {"hotspot": Classes("count", facts)}},
    )
    attacker = Attacker()
    published = shown(judged, "t")
    cells = attacker.see(published, counts.sum(), judged.disclosure["suppressed_at_least"])
    for fact, word in zip(facts, judged.tables["t"]["hotspot"]):
        if word != "withheld":
            attacker.fact([(cells[row], weight) for row, weight in fact.terms], fact.low, fact.high)
    assert_nothing_recovered(attacker, cells, published, counts, 11)


def test_the_attacker_succeeds_where_nothing_protects(linear_programs):
    attacker = Attacker()
    cells = attacker.see([np.nan, 40, 0], 43, 1)
    assert attacker.determined()[cells[0]]
    assert attacker.range_of(cells[0]) == (3, 3)
    nested = Attacker()
    first = nested.see([np.nan, 12, np.nan, 30], 53, 1)
    second = nested.see([15, 38], 53, 1)
    pairs = [(0, 0), (1, 0), (2, 1), (3, 1)]
    nested.overlap(first, second, pairs, first_inside=True, second_inside=True)
    assert nested.range_of(first[0]) == (3, 3)


def test_sums_of_columns(linear_programs):
    women, men = np.array([27, 30, 0, 44]), np.array([3, 30, 25, 16])
    frame = pd.DataFrame({"women": women, "men": men, "all": women + men})
    judged = waywarden.release(
        {"t": frame},
        counts={"t": {"women": "women", "men": "men", "all": "incidents"}},
        sums={"t": {"all": ["women", "men"]}},
        guarded="small_counts",
    )
    attacker = Attacker()
    at_least = judged.disclosure["suppressed_at_least"]
    cells = {
        name: attacker.see(shown(judged, "t", name), frame[name].sum(), at_least) for name in frame
    }
    for row in range(4):
        terms = {cells["all"][row]: 1.0, cells["women"][row]: -1.0, cells["men"][row]: -1.0}
        attacker.equalities.append((terms, 0.0))
    least, greatest = attacker.range_of(cells["men"][0])
    assert least <= 1 + 1e-6
    assert greatest >= 10 - 1e-6


def test_what_a_release_says():
    frame = counts_frame([0, 3, 40, 12]).assign(name=list("abcd"), z=0.5)
    judged = waywarden.release(
        {"t": frame}, counts={"t": {"count": "incidents"}}, open_columns={"t": ["name"]}
    )
    table = judged.tables["t"]
    assert table.attrs["waywarden"]["released"] is True
    assert list(table.columns) == ["count", "count_note", "name"]
    assert judged.columns_withheld("t") == ["z"]
    assert judged.disclosure["suppressed"] == 2
    assert judged.disclosure["totals"] == {"incidents": 55}
    assert table["count"].tolist()[0] == 0
    assert table["count_note"].iloc[1] == "suppressed"


def test_order_of_rows_does_not_matter():
    rng = np.random.default_rng(5)
    counts = random_counts(rng, 60)
    frame = counts_frame(counts)
    frame.index = [f"r{row:02d}" for row in range(60)]
    options = {"counts": {"t": {"count": "incidents"}}}
    judged = waywarden.release({"t": frame}, **options).tables["t"]
    shuffled = waywarden.release({"t": frame.sample(frac=1, random_state=1)}, **options).tables["t"]
    pd.testing.assert_frame_equal(judged, shuffled.loc[judged.index])


def test_unrestricted_needs_a_reason():
    with pytest.raises(waywarden.OptionError):
        waywarden.unrestricted({"t": counts_frame([1])}, reason="")
    judged = waywarden.unrestricted({"t": counts_frame([1])}, reason="closed room")
    assert judged.tables["t"]["count"].tolist() == [1]
    assert judged.disclosure["reason"] == "closed room"


@pytest.fixture
def incidents():
    points = [Point(84 + row / 10, 27) for row in range(20)]
    return geopandas.GeoDataFrame(
        {"age": [14] * 20, "year": [2020] * 20}, geometry=points, crs="EPSG:4326"
    )


def test_records_leave_masked(incidents):
    options = {"open_columns": {"incidents": ["year"]}}
    mask = {"incidents": Mask("incidents", 1000.0, 5000.0, 7)}
    judged = waywarden.release({"incidents": incidents}, records=mask, **options)
    masked = judged.tables["incidents"].to_crs("EPSG:32645").geometry
    for true in incidents.to_crs("EPSG:32645").geometry:
        assert masked.distance(true).min() > 990
    assert judged.columns_withheld("incidents") == ["age"]
    assert judged.disclosure["geomasked"] == 20


def test_records_and_their_counts_do_not_leave_together(incidents):
    with pytest.raises(waywarden.DisclosureError):
        waywarden.release(
            {"incidents": incidents, "t": counts_frame([20])},
            records={"incidents": Mask("incidents", 1000.0, 5000.0, 7)},
            counts={"t": {"count": "incidents"}},
        )


def test_geomask(incidents):
    masked = geomask(incidents, nearest_m=1000, farthest_m=2000, seed=3)
    assert masked.index.equals(incidents.index)
    assert masked.attrs["waywarden"]["released"] is False
    moved = masked.to_crs("EPSG:32645").distance(incidents.to_crs("EPSG:32645"))
    assert moved.between(990, 2010).all()
    again = geomask(incidents[::-1], nearest_m=1000, farthest_m=2000, seed=3)
    assert again.geometry.loc[incidents.index].geom_equals(masked.geometry).all()


@pytest.mark.parametrize(
    "options",
    [
        {"counts": {"other": {"count": "incidents"}}},
        {"counts": {"t": {"count": "incidents"}}, "k": 1},
        {"counts": {"t": {"count": "incidents"}}, "guarded": "nothing"},
        {"counts": {"t": {"count": "a"}}, "sums": {"t": {"count": ["nobody"]}}},
        {"counts": {"t": {"count": "a"}}, "records": {"t": Mask("a", 1000.0, 5000.0, 7)}},
        {"counts": {"t": {"count": "a"}}, "totals": {"a": 50}},
        {"counts": {"t": {"count": "a"}}, "overlaps": [Overlap("t", "other", "a", [])]},
        {"sums": {"t": {"count": []}}},
        {"classes": {"t": {"count": Classes("count", [])}}},
        {"open_columns": {"t": []}},
    ],
)
def test_options_are_checked(options):
    with pytest.raises(waywarden.OptionError):
        waywarden.release({"t": counts_frame([1, 20, 30])}, **options)


def test_totals_must_agree():
    tables = {"a": counts_frame([12, 20]), "b": counts_frame([15])}
    with pytest.raises(waywarden.OptionError, match="population"):
        waywarden.release(tables, counts={n: {"count": "incidents"} for n in tables})
    partial = {"a": {"count": "incidents"}, "b": {"count": Count("incidents", complete=False)}}
    assert waywarden.release(tables, counts=partial).disclosure["totals"] == {"incidents": 32}


def test_nobody_else_makes_a_release():
    with pytest.raises(TypeError):
        waywarden.Release("tables")
