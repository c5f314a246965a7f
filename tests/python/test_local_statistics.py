"""Local and global statistics, against published figures and full enumeration."""

import itertools
import json

import geopandas
import numpy as np
import pandas as pd
import pytest

from waywarden import hotspots
from waywarden.errors import InputError, OptionError


@pytest.fixture(scope="module")
def columbus(shared):
    return geopandas.read_file(shared / "verification" / "hotspots" / "columbus" / "columbus.shp")


@pytest.fixture(scope="module")
def guerry(shared):
    return geopandas.read_file(shared / "verification" / "hotspots" / "guerry" / "Guerry.shp")


@pytest.fixture(scope="module")
def queen(columbus):
    return hotspots.polygon_contiguity(columbus)


def test_columbus_has_the_links_that_are_published(queen):
    assert (len(queen), len(queen.neighbour)) == (49, 236)


def test_columbus_global_statistics(columbus, queen):
    # R's spdep; its z of Geary's C has the other sign.
    crime = columbus["crime"]
    i, c = hotspots.moran(crime, queen), hotspots.geary(crime, queen)
    g = hotspots.general_g(crime, queen)
    assert i["value"] == pytest.approx(0.500188557183, abs=1e-12)
    assert i["expected"] == pytest.approx(-1 / 48, abs=1e-15)
    assert i["variance"] == pytest.approx(0.00868928920133, abs=1e-14)
    assert i["z"] == pytest.approx(5.58938267504, abs=1e-10)
    assert i["p"] == pytest.approx(2 * 1.13939135039e-08, rel=1e-9)
    assert i["variance_norm"] == pytest.approx(0.0085634131194, abs=1e-14)
    assert i["z_norm"] == pytest.approx(5.63031278774, abs=1e-10)
    assert c["value"] == pytest.approx(0.540528202702, abs=1e-12)
    assert c["variance"] == pytest.approx(0.00938426377697, abs=1e-14)
    assert c["z"] == pytest.approx(-4.7430615005, abs=1e-10)
    assert g["value"] == pytest.approx(0.127807457382, abs=1e-12)
    assert g["expected"] == pytest.approx(0.100340136054, abs=1e-12)
    assert g["variance"] == pytest.approx(3.50705730381e-05, abs=1e-16)
    assert g["z"] == pytest.approx(4.63815093199, abs=1e-9)


def test_columbus_join_counts(columbus, queen):
    high = (columbus["crime"] > 35).astype(int)
    joins = hotspots.join_counts(high, queen).loc["ones"]
    expected = [54, 27.693877551, 18.219358955, 6.16297336995]
    assert joins[["value", "expected", "variance", "z"]].tolist() == pytest.approx(
        expected, abs=1e-8
    )


def test_columbus_local_moran(columbus, queen):
    # R's spdep (deviation over n), rows 1 to 5: I, E, Var, Z.
    expected = np.array(
        [
            [0.73681849060836, -0.02859854196719, 0.66614489076260, 0.9378076510353],
            [0.52877701326597, -0.02025021398939, 0.31026606329230, 0.9856591202615],
            [0.09385074166160, -0.00153968674365, 0.01763007196630, 0.7184189125046],
            [0.00482096662822, -0.00057075724392, 0.00654175676101, 0.0666623234487],
            [0.30360612475209, -0.01849319101834, 0.09461792045856, 1.0471360294309],
        ]
    )
    found = hotspots.local_moran(columbus["crime"], queen, deviation="n")
    columns = ["I", "expected", "variance", "z_sim"]
    assert found[columns].head().to_numpy() == pytest.approx(expected, abs=1e-10)
    assert "p_sim" in found
    assert (found["p_error"] > 0).all()


def test_columbus_local_join_counts_are_hypergeometric(columbus, queen, shared):
    hand = json.loads((shared / "verification" / "hotspots" / "hand_cases.json").read_text())
    case = hand["local_join_count_exact"]
    found = hotspots.local_join_counts(columbus["nsa"], queen).head(4)
    assert found["neighbours"].tolist() == case["first4_k"]
    assert found["joins"].tolist() == case["first4_bb"]
    assert found["p_exact"].tolist() == pytest.approx(case["p"], abs=5e-7)


def test_guerry_local_moran_and_getis_ord(guerry):
    queen = hotspots.polygon_contiguity(guerry)
    assert len(queen.neighbour) == 420
    property_crimes = hotspots.local_moran(guerry["Crm_prp"], queen)
    personal_crimes = hotspots.local_moran(guerry["Crm_prs"], queen)
    assert property_crimes["I"].head(3).tolist() == pytest.approx(
        [0.0154319783098, 0.327063322366, 0.0212952962141], abs=1e-11
    )
    assert personal_crimes["I"].head(3).tolist() == pytest.approx(
        [0.516120231288, 0.818275138495, 0.794086559695], abs=1e-11
    )
    published = {
        "Donatns": 0.353361325585,
        "Crm_prs": 0.411459718313,
        "Crm_prp": 0.263553340318,
        "Litercy": 0.717605262809,
        "Infants": 0.228724107271,
        "Suicids": 0.401681222583,
    }
    for column, value in published.items():
        assert hotspots.moran(guerry[column], queen)["value"] == pytest.approx(value, abs=1e-11)


def test_guerry_g_star_as_shares(guerry):
    # The published G* is the share of the total that lies around a row, itself included.
    queen = hotspots.polygon_contiguity(guerry)
    values = guerry["Crm_prp"].to_numpy(float)
    rows = list(zip(queen.first, queen.first[1:], strict=False))
    shares = [
        np.mean([*values[queen.neighbour[a:b]], values[i]]) / values.sum()
        for i, (a, b) in enumerate(rows)
    ]
    expected = [0.0141770436205, 0.00961360072231, 0.0175743240390]
    assert shares[:3] == pytest.approx(expected, abs=1e-12)
    # Our z is that share, standardised: the same order where rows have as many neighbours.
    z = hotspots.getis_ord(guerry["Crm_prp"], queen)["z"].to_numpy()
    n, mean, squares = len(values), values.mean(), values.var()
    for i, (a, b) in enumerate(rows[:3]):
        w = b - a + 1
        sum_around = shares[i] * values.sum() * w
        by_hand = (sum_around - w * mean) / np.sqrt(squares * (n * w - w * w) / (n - 1))
        assert z[i] == pytest.approx(by_hand, abs=1e-10)


def ring(n):
    return {i: [(i - 1) % n, (i + 1) % n] for i in range(n)}


def test_exact_p_equals_full_enumeration():
    values = [3, 0, 5, 1, 0, 2, 7]
    found = hotspots.local_geary(values, ring(7), method="exact", alternative="less")
    for i in range(7):
        others = values[:i] + values[i + 1 :]
        observed = sum((values[j] - values[i]) ** 2 for j in ring(7)[i])
        deals = [
            sum((v - values[i]) ** 2 for v in pair) for pair in itertools.permutations(others, 2)
        ]
        expected = np.mean([deal <= observed for deal in deals])
        assert found["p_exact"].iloc[i] == pytest.approx(expected, abs=1e-12)


def test_two_columns():
    own, around = [1, 0, 1, 1, 0, 0, 1], [0, 1, 0, 1, 1, 0, 0]
    apart = hotspots.local_join_counts(own, ring(7), around=around)
    assert apart["joins"].tolist() == [1, 0, 1, 0, 0, 0, 0]
    assert apart["state"].tolist()[1] == "absent"
    both = hotspots.local_join_counts(own, ring(7), around=around, together=True)
    assert both["joins"].tolist() == [0] * 7
    moran = hotspots.local_moran(own, ring(7), around=around, alternative="greater")
    assert moran["I"].notna().all()
    with pytest.raises(InputError):
        hotspots.local_moran(own, ring(7), around=around[:-1])


def test_options_that_do_not_exist_are_named():
    with pytest.raises(OptionError, match="'two-sided', 'greater', 'less'"):
        hotspots.local_moran([1, 2, 3, 4], ring(4), alternative="more")
    with pytest.raises(OptionError, match="'n-1', 'n'"):
        hotspots.local_geary([1, 2, 3, 4], ring(4), deviation="n+1")
    with pytest.raises(OptionError, match="whole numbers"):
        hotspots.local_geary([0.5, 2, 3, 4], ring(4), method="exact")


def test_results_keep_the_index_and_are_not_released():
    values = pd.Series([3, 0, 5, 1, 0], index=list("abcde"))
    rows = {a: [b] for a, b in zip("abcde", "bcdea", strict=True)}
    for found in (hotspots.local_moran(values, rows), hotspots.local_geary(values, rows)):
        assert found.index.tolist() == list("abcde")
        assert found.attrs["waywarden"]["released"] is False
    assert hotspots.moran(values, rows).attrs["waywarden"]["released"] is False
    q = hotspots.adjusted(hotspots.local_moran(values, rows)["p_exact"], "Bonferroni")
    assert q.index.tolist() == list("abcde")
    assert ((q >= 0) & (q <= 1)).all()


def test_missing_probabilities_are_not_counted():
    q = hotspots.adjusted(pd.Series([0.01, np.nan, 0.04]), "Bonferroni")
    assert q.tolist()[::2] == [0.02, 0.08]
    assert np.isnan(q[1])


def test_one_sided_hot_spots():
    values = [0, 0, 0, 0, 1, 0, 0, 9, 8, 9, 9, 8]
    line = {i: [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < 12] for i in range(12)}
    both = hotspots.getis_ord(values, line)
    hot = hotspots.getis_ord(values, line, alternative="greater")
    assert hot["p_exact"].iloc[9] == pytest.approx(both["p_exact"].iloc[9] / 2)
    assert not hot["class"].str.startswith("cold").any()
