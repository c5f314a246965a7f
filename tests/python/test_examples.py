"""The made-up borderland that the documentation runs with."""

import pytest

from waywarden import examples


def test_three_roads_over_a_border_one_with_a_post():
    crossings = examples.borderland().crossings
    assert len(crossings) == 3
    assert "P1" in crossings.index


def test_all_journeys_pass_a_site():
    flows = examples.border_flows(journeys=30)
    assert flows.journeys == pytest.approx(30)
    assert flows.crossings["journeys"].sum() == pytest.approx(30)
    assert set(flows.sites.table.index) == set(flows.crossings.index)
