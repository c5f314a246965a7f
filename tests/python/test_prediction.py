"""Prediction: hit rate, PAI, PEI and RRI against their definitions, beside the naive benchmark."""

import json

import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import hotspots, prediction


def test_the_hand_case(shared):
    case = json.loads((shared / "verification/hotspots/hand_cases.json").read_text("utf-8"))["PAI"]
    scores = np.r_[np.ones(5), np.zeros(95)]
    later = np.r_[np.full(5, 10), np.full(5, 16), np.ones(70), np.zeros(20)]
    found = prediction.accuracy(scores, later, 1.0, 0.05)
    assert found["hits"] == 50
    assert found["best_hits"] == 80
    assert found["hit_rate"] == pytest.approx(case["hit_rate"], abs=1e-15)
    assert found["pai"] == pytest.approx(case["PAI"], abs=1e-12)
    assert found["pei"] == pytest.approx(case["PEI_if_best_possible_n*=80"], abs=1e-12)
    assert found["hit_rate_low"] < 0.25 < found["hit_rate_high"]


def counts(seed=0, cells=40, periods=8):
    """Cells that keep their own rate."""
    random = np.random.default_rng(seed)
    rates = random.gamma(0.5, 2, cells)
    table = random.poisson(rates[:, None], (cells, periods))
    return pd.DataFrame(table, columns=[f"m{i}" for i in range(periods)])


def test_all_that_was_seen_beats_the_last_period():
    found = prediction.evaluate(
        counts(cells=400), lambda history: history.sum(axis=1), shares=[0.05], least_seen=3
    )
    together = found.loc[("all", 0.05)]
    assert together["hit_rate"] > together["naive_hit_rate"]
    assert together["difference_low"] > 0
    assert together["p_no_better"] < 0.01
    assert together["hit_rate_low"] < together["hit_rate"] < together["hit_rate_high"]
    assert "policing" in found.attrs["waywarden"]["caution"]


def test_figures_are_those_of_each_origin():
    table, sizes = counts(3), np.linspace(1, 2, 40)
    found = prediction.evaluate(
        table, lambda history: history.mean(axis=1), sizes=sizes, shares=[0.1, 0.3], least_seen=2
    )
    assert len(found) == 2 * 6 + 2
    for origin in range(2, 8):
        scores = table.iloc[:, :origin].mean(axis=1)
        later, last = table.iloc[:, origin], table.iloc[:, origin - 1]
        one = prediction.accuracy(scores, later, sizes, 0.3, earlier=last)
        row = found.loc[(f"m{origin}", 0.3)]
        inside = prediction.flagged(scores, sizes, 0.3)
        assert row["hits"] == pytest.approx((inside * later).sum())
        growth = (inside * later).sum() / (inside * last).sum()
        assert row["rri"] == pytest.approx(growth / (later.sum() / last.sum()))
        for name in ("hits", "hit_rate", "pai", "pei", "rri"):
            assert row[name] == one[name]
        naive = prediction.accuracy(last / sizes, later, sizes, 0.3)
        assert row["naive_pai"] == naive["pai"]


def test_a_method_sees_nothing_of_what_it_predicts():
    seen = []

    def method(history):
        seen.append(list(history.columns))
        history[:] = 0
        return np.arange(len(history))

    table = counts(1, periods=4)
    before = table.copy()
    prediction.evaluate(table, method, shares=[0.5], replicates=9)
    assert seen == [["m0"], ["m0", "m1"], ["m0", "m1", "m2"]]
    assert table.equals(before)
    seen.clear()
    held = prediction.evaluate(table, method, shares=[0.5], hold_out="m2", replicates=9)
    assert seen == [["m0", "m1"]]
    assert held.loc[("m2", 0.5), "incidents"] == table[["m2", "m3"]].to_numpy().sum()


def test_gi_star_is_a_method():
    table = counts(2, cells=36)
    near = {
        (i, j): [
            (a, b)
            for a in range(max(0, i - 1), min(6, i + 2))
            for b in range(max(0, j - 1), min(6, j + 2))
            if (a, b) != (i, j)
        ]
        for i in range(6)
        for j in range(6)
    }
    table.index = pd.Index(near, tupleize_cols=False)

    def z(history):
        return hotspots.getis_ord(history.sum(axis=1), near)["z"]

    found = prediction.evaluate(table, z, shares=[0.2], least_seen=4, replicates=99)
    assert (found["pei"] <= 1).all()


def test_the_same_bits_on_any_threads_and_in_any_order():
    table = counts(5)
    method = lambda history: history.sum(axis=1)  # noqa: E731
    one = prediction.evaluate(table, method, threads=1)
    two = prediction.evaluate(table.sample(frac=1, random_state=1), method, threads=2)
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_undefined_is_missing_and_named():
    quiet = pd.DataFrame([[2, 0], [1, 0]], columns=["a", "b"])
    found = prediction.evaluate(quiet, lambda history: history["a"], shares=[0.5])
    assert (found["state"] == "no_incidents").all()
    assert (
        found[["hit_rate", "pai", "pei", "rri", "hit_rate_low", "p_no_better"]]
        .isna()
        .all(axis=None)
    )
    one = prediction.accuracy([1, 2], [0, 0], 1.0, 0.5)
    assert one["state"] == "no_incidents"
    assert one["pai"] is None
    assert one["hit_rate_low"] is None


def test_what_does_not_fit_is_an_error():
    table = counts(0, periods=3)
    total = lambda history: history.sum(axis=1)  # noqa: E731
    with pytest.raises(waywarden.InputError, match="one score per cell"):
        prediction.evaluate(table, lambda history: [1, 2])
    with pytest.raises(waywarden.InputError, match="score of cell 0"):
        prediction.evaluate(table, lambda history: history.sum(axis=1) * np.nan)
    with pytest.raises(waywarden.InputError, match="whole numbers"):
        prediction.evaluate(table + 0.5, total)
    with pytest.raises(waywarden.OptionError, match="hold out"):
        prediction.evaluate(table, total, hold_out="m9")
    with pytest.raises(waywarden.OptionError, match="not enough periods"):
        prediction.evaluate(table, total, least_seen=3)
    with pytest.raises(waywarden.OptionError, match="share"):
        prediction.evaluate(table, total, shares=[1.5])
    with pytest.raises(waywarden.InputError, match="size of cell"):
        prediction.evaluate(table, total, sizes=0.0)
