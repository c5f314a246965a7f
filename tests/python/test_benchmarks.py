"""What the benchmarks do with figures: compare answers, take medians, replace the marked part."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks/routing"))

from records import Records
from table import BEGIN, END, replace_between_marks


def test_different_sums_are_an_error():
    records = Records()
    records.add("pair\twaywarden\t1.5\t7\t10\nits own chatter\npair\tother\t3\t5\t10\n")
    records.check()
    records.add("pair_perfect\tthird\t1\t5\t11\n")
    with pytest.raises(ValueError, match="pair: the sums of answers differ"):
        records.check()


def test_figures_are_medians_over_rounds():
    records = Records()
    for value in (3, 9, 4):
        records.add(f"matrix\twaywarden\t{value}\t7\t0")
    figure = records.figure("matrix")
    assert (figure.value, figure.runs) == (4, 21)
    assert records.figure("matrix", "other") is None


def test_only_what_stands_between_the_marks_is_replaced():
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    once = replace_between_marks(text, "new")
    assert once == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    assert replace_between_marks(once, "new") == once
