"""Hours and seasons of border posts."""

import pandas as pd
import pytest

import waywarden as ww
from waywarden.opening_hours import OpeningHours, closed_crossings

MONDAY, SUNDAY, JANUARY = "2026-07-06", "2026-07-05", "2026-01-05"


@pytest.mark.parametrize(
    ("text", "open_at", "closed_at"),
    [
        ("24/7", [f"{MONDAY} 00:00", f"{JANUARY} 23:59"], []),
        (
            "06:00-22:00",
            [f"{MONDAY} 06:00", f"{SUNDAY} 21:59"],
            [f"{MONDAY} 05:59", f"{MONDAY} 22:00"],
        ),
        ("Mo-Sa 08:00-18:00", [f"{MONDAY} 08:00"], [f"{SUNDAY} 12:00", f"{MONDAY} 18:00"]),
        (
            "Mo-Su 08:00-18:00; Dec-Mar off",
            [f"{SUNDAY} 12:00", "2026-04-01 08:00", "2026-11-30 17:59"],
            [f"{JANUARY} 12:00", "2026-12-01 12:00", "2026-03-31 12:00"],
        ),
        ("Apr-Nov", [f"{MONDAY} 03:00"], [f"{JANUARY} 03:00"]),
        (
            "20:00-02:00",
            [f"{MONDAY} 20:00", f"{MONDAY} 01:59", f"{MONDAY} 23:59"],
            [f"{MONDAY} 02:00", f"{MONDAY} 19:59"],
        ),
        # The night of Saturday ends on Sunday.
        (
            "Sa 20:00-02:00",
            [f"{SUNDAY} 01:00", "2026-07-04 20:00"],
            [f"{SUNDAY} 20:00", "2026-07-04 01:00"],
        ),
        (
            "Jul Mo,We-Fr 06:00-08:00,16:00-18:00",
            [f"{MONDAY} 07:00", f"{MONDAY} 17:00", "2026-07-10 07:00"],
            [f"{MONDAY} 12:00", "2026-07-07 07:00", "2026-06-01 07:00"],
        ),
        ("Fr-Mo 00:00-24:00", [f"{SUNDAY} 00:00", f"{MONDAY} 23:59"], ["2026-07-07 00:00"]),
        ("mo-su 8:00 - 18:00 ; sa-su closed", [f"{MONDAY} 8:00"], [f"{SUNDAY} 12:00"]),
    ],
)
def test_open_and_closed(text, open_at, closed_at):
    hours = OpeningHours(text)
    assert all(hours.is_open(at) for at in open_at)
    assert not any(hours.is_open(at) for at in closed_at)


def test_every_minute_of_a_week_by_plain_counting():
    hours = OpeningHours("Mo-Fr 05:30-12:15,13:00-19:45; Sa 22:10-03:20")
    minutes = pd.date_range("2026-07-06", periods=7 * 24 * 60, freq="min")
    found = sum(hours.is_open(at) for at in minutes[::5])
    weekday = (12 * 60 + 15 - 330) + (19 * 60 + 45 - 780)
    assert found == (5 * weekday + 310) // 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "always",
        "08:00",
        "Mo-Xx 08:00-18:00",
        "25:00-26:00",
        "08:60-18:00",
        "PH off",
        "sunrise-sunset",
    ],
)
def test_what_is_not_understood_is_an_error(text):
    with pytest.raises(ww.InputError):
        OpeningHours(text)


def test_times_that_are_none():
    for at in ("soon", None):
        with pytest.raises(ww.OptionError):
            OpeningHours("24/7").is_open(at)


def test_closed_posts_close_their_crossings():
    network = ww.examples.borderland()
    listed = network.crossings.query("status == 'listed'")
    posts = sorted(set(listed["post"]))
    hours = pd.Series({posts[0]: "06:00-20:00", "not there": "off"} | dict.fromkeys(posts[1:]))
    assert closed_crossings(network, hours, "2026-07-06 12:00") == []
    closed = closed_crossings(network, hours, "2026-07-06 23:00")
    assert closed == [posts[0]]
    night = ww.risk.costs(network, scenario=ww.risk.scenario(closed_crossings=closed))
    edges = listed.loc[listed["post"] == posts[0], ["a_to_b", "b_to_a"]].to_numpy().ravel()
    costs = night.generalised
    assert all(costs[edge] == float("inf") for edge in edges if edge >= 0)
    with pytest.raises(ww.InputError, match=posts[0]):
        closed_crossings(network, {posts[0]: "when the guard is there"}, "2026-07-06 12:00")
