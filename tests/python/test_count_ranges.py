"""Gi* of counts published as ranges: nothing that fits them lies outside the bounds."""

import numpy as np
import pytest

import waywarden
from waywarden import hotspots, incidents

CLASSES = ["cold_99", "cold_95", "cold_90", "not_significant", "hot_90", "hot_95", "hot_99"]


def near(cells):
    return {i: [j for j in range(i - 2, i + 3) if 0 <= j < cells and j != i] for i in range(cells)}


@pytest.mark.parametrize("seed", range(4))
def test_bounds_hold_for_counts_that_fit(seed):
    random = np.random.default_rng(seed)
    low = random.poisson(2, 80) + np.where(np.arange(80) < 8, 9, 0)
    high = low + np.where(random.random(80) < 0.3, random.integers(1, 4, 80), 0)
    bounds = hotspots.getis_ord_of_ranges(low, high, near(80))
    for _ in range(5):
        counts = random.integers(low, high + 1)
        found = hotspots.getis_ord(counts, near(80), method="exact")
        assert (found["z"] >= bounds["z_low"] - 1e-9).all()
        assert (found["z"] <= bounds["z_high"] + 1e-9).all()
        assert (found["p_exact"] >= bounds["p_low"] - 1e-11).all()
        assert (found["q"] <= bounds["q_high"] + 1e-11).all()
        rank = [found["class"].map(CLASSES.index)]
        rank += [bounds[name].map(CLASSES.index) for name in ("coldest", "hottest")]
        assert ((rank[1] <= rank[0]) & (rank[0] <= rank[2])).all()
    assert (bounds["sure"] == (bounds["coldest"] == bounds["hottest"])).all()


def test_published_ranges_go_straight_in():
    texts = ["0"] * 20 + ["30", "30", "30+", "30", "30"] + ["<2"] * 15
    counts = incidents.parse_counts(texts)
    with pytest.raises(waywarden.InputError, match="at_most"):
        hotspots.getis_ord_of_ranges(counts["low"], counts["high"], near(40))
    spots = hotspots.getis_ord_of_ranges(counts["low"], counts["high"], near(40), at_most=50)
    assert spots.loc[22, "sure"]
    assert spots.loc[22, "hottest"] == "hot_99"
    assert not spots.attrs["waywarden"]["released"]
    assert "policing" in spots.attrs["waywarden"]["caution"]


def test_what_is_no_range_is_an_error():
    with pytest.raises(waywarden.InputError, match="cell 1"):
        hotspots.getis_ord_of_ranges([1, 2], [1, 1], {0: [1], 1: [0]})
    with pytest.raises(waywarden.InputError, match="whole"):
        hotspots.getis_ord_of_ranges([1, 2.5], [1, 3], {0: [1], 1: [0]})
    assert len(hotspots.getis_ord_of_ranges([], [], {})) == 0
    with pytest.raises(waywarden.OptionError, match="adjustment"):
        hotspots.getis_ord_of_ranges([1, 2], [1, 3], {0: [1], 1: [0]}, adjustment="guess")
