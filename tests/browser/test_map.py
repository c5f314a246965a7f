"""The map page in a real browser."""

from __future__ import annotations

from itertools import combinations

import pytest
from selenium.webdriver.common.keys import Keys
from worlds import FakeRelease, frame, many_lines, world

HOSTILE = "</script><img src=x onerror=\"window.pwned=1\"><svg onload='window.pwned=1'>"
DESKTOP, PHONE = (1280, 800), (390, 844)


def switch(page, draw):
    page.click(f"input[data-draw={draw}]")


def figures(page):
    return page.text(".figures")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_it_opens_without_complaint_or_request(show, size):
    page = show(FakeRelease(world()), size)
    assert page.value("document.body.dataset.ready") != "failed"
    assert page.value("document.getElementById('failure').hidden")
    assert page.complaints() == []
    assert {url.partition(":")[0] for url in page.requests()} <= {"file", "data"}
    for pane in ("land", "flow", "hotspots", "network", "points"):
        assert page.painted(pane) > 0, pane


def test_its_policy_stops_whoever_would_connect(show):
    page = show(FakeRelease(world()))
    stopped = page.driver.execute_async_script("""
        const done = arguments[arguments.length - 1];
        document.addEventListener("securitypolicyviolation", (event) => {
          seen.push(event.effectiveDirective);
          if (seen.length === 3) done(seen.sort());
        });
        const seen = [];
        fetch("http://127.0.0.1:9/").catch(() => {});
        const picture = new Image();
        picture.src = "http://127.0.0.1:9/x.png";
        const script = document.createElement("script");
        script.textContent = "window.pwned = 1";
        document.body.append(script);""")
    assert stopped == ["connect-src", "img-src", "script-src-elem"]
    assert page.value("window.pwned === undefined")


@pytest.mark.parametrize(
    ("draw", "pane"),
    [
        ("flow", "flow"),
        ("change", "change"),
        ("network", "network"),
        ("land", "land"),
        ("hotspots", "hotspots"),
        ("crossings", "points"),
        ("hubs", "points"),
        ("places", "points"),
        ("sites", "points"),
    ],
)
def test_switching_a_layer_changes_its_canvas_and_its_legend(show, draw, pane):
    page = show(FakeRelease(world()))
    legend = f"document.querySelector('.layer:has(input[data-draw={draw}]) .legend')"
    is_on = page.value(f"document.querySelector('input[data-draw={draw}]').checked")
    before = page.painted(pane)
    assert page.value(f"{legend}.hidden") != is_on
    switch(page, draw)
    after = page.painted(pane)
    assert (after < before) if is_on else (after > before)
    assert page.value(f"{legend}.hidden") == is_on
    switch(page, draw)
    assert page.painted(pane) == before


def test_displacement_is_off_at_first(show):
    page = show(FakeRelease(world()))
    assert page.painted("change") == 0


def test_switching_the_ranking_hides_its_markers(show):
    page = show(FakeRelease(world()))
    assert page.texts(".rank-marker") == ["1", "2", "3"]
    switch(page, "ranked")
    assert page.texts(".rank-marker") == []


def test_the_banner_shows_with_and_without_scripts(show):
    page = show(FakeRelease(world()), notices=["SYNTHETIC incidents and weights: not evidence"])
    assert page.texts("#banner .notice") == [
        "SYNTHETIC incidents and weights: not evidence",
        "14 cells suppressed (k = 11; a suppressed count is 1 or more)",
    ]


def test_a_marker_shows_its_figures(show):
    page = show(FakeRelease(world(), synthetic=["interception_points"]))
    page.click(".rank-marker[data-row='1']")
    text = figures(page)
    assert text.startswith("Patna station\n")
    for part in (
        "Rank (range)\t2 (1–2)",
        "Adds, expected interceptions\t60",
        "Site id\tH1",
        "That, as a share of all journeys\t45",
        "Bound for as many sites\t190",
        "synthetic",
    ):
        assert part in text


def test_the_keyboard_reaches_markers_rows_and_switches(show):
    page = show(FakeRelease(world()))
    marker = page.find(".rank-marker[data-row='0']")
    page.run("arguments[0].focus()", marker)
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert figures(page).startswith("Birgunj post\n")
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.until("!document.querySelector('.figures')")
    page.find(".ranks tr[data-row='1'] button").send_keys(Keys.ENTER)
    assert figures(page).startswith("Patna station\n")
    page.find("input[data-draw=flow]").send_keys(Keys.SPACE)
    assert page.painted("flow") == 0


def test_a_row_brings_its_point_into_view(show):
    page = show(FakeRelease(world()))
    page.click(".ranks tr[data-row='1'] button")
    [left, top, right, bottom] = page.boxes(".rank-marker[data-row='1']")[0]
    [stage] = page.boxes("#stage")
    [layers] = page.boxes("#layers")
    assert stage[0] < left < right < layers[0] and stage[1] < top < bottom < stage[3]
    assert page.value("document.querySelector('.ranks tr.chosen').dataset.row") == "1"


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_the_ranked_list_says_how_much_and_how_sure(show, order):
    tables = world()
    tables["interception_points"] = tables["interception_points"].iloc[order]
    page = show(FakeRelease(tables))
    rows = [text.replace("\n", "").replace("\u202f", " ") for text in page.texts(".ranks tbody tr")]
    assert rows[0].split("\t")[-3:] == ["120", "30 %", "1–2"]
    assert rows[2].split("\t")[-3:] == ["20", "50 %", "3 or below"]
    assert "3 teams here are expected to intercept 50" in page.text(".headline")
    assert "can exceed 55" in page.text(".bound")


def test_clicking_a_line_shows_exposure_with_its_error_and_source(show):
    page = show(FakeRelease({"edges": world()["edges"]}))
    [stage] = page.boxes("#stage")
    x = stage[0] + 0.3 * (stage[2] - stage[0])
    found = ""
    for y in range(int(stage[1]) + 60, int(stage[3]) - 60, 8):
        page.click_at(x, y)
        found = page.value("document.querySelector('.figures')?.innerText || ''")
        if "E1" in found:
            break
    assert "Expected journeys\t240 ± 12.5 (s.e.)" in found
    assert "Source feature\tR7" in found and "Length\t198 km" in found


@pytest.mark.parametrize(("row", "shown"), [(0, "31"), (1, "suppressed"), (2, "withheld")])
def test_a_suppressed_cell_shows_its_note_and_no_count(show, row, shown):
    page = show(FakeRelease({"hotspots_hex": world()["hotspots_hex"].iloc[[row]]}))
    [[left, top, _, bottom]] = page.boxes("#stage")
    [layers] = page.boxes("#layers")
    page.click_at((left + layers[0]) / 2, (top + bottom) / 2)
    assert f"Incidents\t{shown}" in figures(page).splitlines()
    assert ("count suppressed or withheld" in page.text("#layers")) == (row > 0)


def test_hostile_text_is_shown_as_text(show):
    tables = world(name=HOSTILE, place=HOSTILE)
    tables[HOSTILE] = frame([tables["edges"].geometry[0]], **{HOSTILE: [HOSTILE]})
    page = show(
        FakeRelease(tables, synthetic=[HOSTILE]),
        title=HOSTILE,
        notices=[HOSTILE],
        attribution=[HOSTILE],
        provenance={HOSTILE: HOSTILE},
    )
    page.click(".rank-marker[data-row='0']")
    assert figures(page).startswith(HOSTILE)
    for selector in ("h1", "#banner", "#ranking", "#layers", "#attribution"):
        assert HOSTILE in page.value(f"document.querySelector('{selector}').textContent"), selector
    assert page.value("document.title") == HOSTILE
    for box in page.driver.find_elements("css selector", "input[type=checkbox]"):
        page.run("arguments[0].click()", box)
    assert page.value("document.querySelectorAll('img, svg, iframe, object').length") == 0
    assert page.value("window.pwned === undefined")
    assert page.complaints() == []


def test_names_and_numbers_do_not_touch(show):
    page = show(FakeRelease(world()))
    markers = page.boxes(".rank-marker .badge")
    names = page.boxes(".place-name span, .country-name span")
    assert len(markers) == 3 and len(names) >= 3
    for a, b in combinations(markers, 2):
        assert a[2] <= b[0] + 2 or b[2] <= a[0] + 2 or a[3] <= b[1] + 2 or b[3] <= a[1] + 2
    for a, b in combinations(names, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 2 or b[3] <= a[1] + 2


def test_on_a_phone_one_part_shows_at_a_time(show):
    page = show(FakeRelease(world()), PHONE)
    visible = "getComputedStyle(document.getElementById('{}')).display !== 'none'"
    assert page.value("document.documentElement.scrollWidth") <= 390
    assert not page.value(visible.format("ranking")) and not page.value(visible.format("layers"))
    page.click("#tabs [data-sheet=layers]")
    assert page.value(visible.format("layers"))
    page.click("#tabs [data-sheet=ranking]")
    assert page.value(visible.format("ranking")) and not page.value(visible.format("layers"))
    page.click(".ranks tr[data-row='0'] button")
    assert not page.value(visible.format("ranking"))
    [sheet] = page.boxes("#sheet")
    [marker] = page.boxes(".rank-marker[data-row='0']")
    assert marker[3] < sheet[1] and sheet[0] >= 0 and sheet[2] <= 390
    page.click("#sheet .close")
    assert page.value("document.getElementById('sheet').hidden")


def test_twenty_thousand_lines_are_drawn(show):
    page = show(FakeRelease(many_lines(20000)))
    assert page.painted("flow") > 50000
    assert page.complaints() == []


def test_a_page_without_results_still_opens(show):
    page = show(FakeRelease({}))
    assert page.complaints() == []
    assert "Click anything" in page.text("#ranking")


def test_text_has_contrast(show):
    page = show(FakeRelease(world()), notices=["SYNTHETIC: not evidence"])
    page.click(".rank-marker[data-row='0']")
    faint = page.run("""
        const parse = (text) => text.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
          .map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
        const behind = (node) => {
          for (let at = node; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > .8) return colour;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll("header *, .panel *, .figures *, #attribution")]
          .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3))
          .filter((node) => {
            const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
            return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
          }).map((node) => `${node.className} ${node.textContent}`);""")
    assert faint == []
