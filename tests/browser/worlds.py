"""Small releases to draw, and a page to ask."""

from __future__ import annotations

import json
import time

import geopandas
from shapely.geometry import LineString, Point, Polygon, box


class FakeRelease:
    """What `write_map` reads of a release."""

    def __init__(self, tables, synthetic=()):
        self.tables = tables
        self.titles = {}
        self.disclosure = {"k": 11, "suppressed": 14}
        self.provenance = {"engine": "0.1.0", "seed": 7, "inputs": {"roads": "ab" * 32}}
        self._synthetic = synthetic

    def origin(self, name):
        return "synthetic" if name in self._synthetic else "modelled"


class Page:
    """Questions to an open page."""

    def __init__(self, driver):
        self.driver = driver

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def value(self, expression):
        return self.run(f"return {expression};")

    def until(self, expression, patience=60.0):
        """Wait for an expression to become true, and return its value."""
        end = time.monotonic() + patience
        while not (found := self.value(expression)):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.02)
        return found

    def text(self, selector):
        return self.value(f"document.querySelector({json.dumps(selector)}).innerText")

    def texts(self, selector):
        return self.value(
            f"[...document.querySelectorAll({json.dumps(selector)})].map((node) => node.innerText)"
        )

    def boxes(self, selector):
        """Return left, top, right, bottom of all elements that a selector finds."""
        return self.value(
            f"[...document.querySelectorAll({json.dumps(selector)})].map((node) => "
            "{ const b = node.getBoundingClientRect();"
            " return [b.left, b.top, b.right, b.bottom]; })"
        )

    def click(self, selector):
        self.run("arguments[0].click()", self.find(selector))

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def click_at(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.driver.execute_cdp_cmd(
                "Input.dispatchMouseEvent",
                {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1},
            )

    def painted(self, pane):
        """Return the number of painted pixels of a pane's canvas, once it is drawn."""
        return self.driver.execute_async_script(
            """
            const [pane, done] = arguments;
            requestAnimationFrame(() => requestAnimationFrame(() => {
              const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
              if (!canvas || !canvas.width) return done(0);
              const pixels = canvas.getContext("2d")
                .getImageData(0, 0, canvas.width, canvas.height).data;
              let count = 0;
              for (let i = 3; i < pixels.length; i += 4) count += pixels[i] > 0;
              done(count);
            }));""",
            pane,
        )

    def complaints(self):
        """Return console messages that are worse than information."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]

    def requests(self):
        """Return addresses asked for since the page was opened."""
        messages = [
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        ]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]


def frame(geometries, **columns):
    return geopandas.GeoDataFrame(columns, geometry=geometries, crs="EPSG:4326")


def hexagon(x, y):
    return Polygon(
        [
            (x, y + 0.1),
            (x + 0.09, y + 0.05),
            (x + 0.09, y - 0.05),
            (x, y - 0.1),
            (x - 0.09, y - 0.05),
            (x - 0.09, y + 0.05),
        ]
    )


def world(name="Birgunj post", place="Raxaul"):
    """Return everything a study makes, small. The middle edge runs east through the middle."""
    return {
        "interception_points": frame(
            [Point(84.0, 27.0), Point(86.0, 27.0), Point(84.002, 27.001)],
            rank=[1, 2, 3],
            site=["X1", "H1", "X2"],
            name=[name, "Patna station", "Second gate"],
            kind=["crossing", "hub", "crossing"],
            mode=["road", "transfer", "road"],
            countries=["IN-NP", "IN", "IN-NP"],
            gain=[120.0, 60.0, 20.0],
            cumulative=[120.0, 180.0, 200.0],
            share=[0.3, 0.45, 0.5],
            upper_bound=[120.0, 190.0, 220.0],
            rank_low=[1, 1, 3],
            rank_high=[2, 2, None],
            detection=[0.5, 0.4, 0.3],
            data=["synthetic"] * 3,
        ),
        "edges": frame(
            [
                LineString([(84, 27), (85, 27), (86, 27)]),
                LineString([(84, 27), (85, 26.2)]),
                LineString([(85, 26.2), (86, 27)]),
            ],
            edge=["E1", "E2", "E3"],
            source=["R7", "R8", "S1"],
            mode=["road", "rail", "sea"],
            kind=["link"] * 3,
            length_m=[198000.0, 1200.0, 900.0],
            exposure=[240.0, 80.0, 5.0],
            exposure_se=[12.5, 4.0, 0.5],
        ),
        "displacement": frame(
            [LineString([(84, 27), (85, 26.2)]), LineString([(85, 26.2), (86, 27)])],
            edge=["E2", "E3"],
            before=[80.0, 5.0],
            after=[110.0, 2.0],
            change=[30.0, -3.0],
            flagged=[True, False],
        ),
        "hotspots_hex": frame(
            [hexagon(84.5, 27.4), hexagon(85.5, 27.4), hexagon(85.0, 27.5)],
            hex=["H1", "H2", "H3"],
            incidents=[31.0, None, None],
            incidents_note=["", "suppressed", "withheld"],
            q_class=["hot_99", "cold_95", "withheld"],
        ),
        "crossings": frame(
            [Point(84, 27), Point(85, 26.9)],
            id=["X1", "informal-1"],
            name=[name, "Track"],
            country_a=["IN", "IN"],
            country_b=["NP", "NP"],
            mode=["road", "foot"],
            status=["listed", "informal"],
            exposure=[200.0, 40.0],
            exposure_se=[3.0, 2.0],
        ),
        "hubs": frame(
            [Point(86, 27), Point(84.5, 26.6)],
            id=["H1", "A1"],
            name=["Patna station", "Gaya"],
            kind=["stations", "airports"],
        ),
        "sites": frame(
            [Point(84, 27), Point(86, 27)],
            site=["X1", "H1"],
            name=[name, "Patna"],
            kind=["crossing", "hub"],
            status=["listed", "listed"],
        ),
        "places": frame(
            [Point(84.2, 26.7), Point(85.8, 26.7)],
            name=[place, "Darbhanga"],
            population=[40000, 300000],
            source_weight=[1.0, 0.5],
            destination_weight=[0.0, 2.0],
        ),
        "countries": frame([box(83, 27, 87, 28), box(83, 26, 87, 27)], name=["Nepal", "India"]),
    }


def many_lines(count):
    """Return a grid of short lines, each with its own exposure."""
    lines, exposures = [], []
    for i in range(count):
        x, y = 80 + (i % 200) * 0.05, 22 + (i // 200) * 0.05
        lines.append(
            LineString([(x, y), (x + 0.02, y + 0.015), (x + 0.03, y), (x + 0.04, y + 0.04)])
        )
        exposures.append(1000.0 / (1 + i % 997))
    return {
        "edges": frame(
            lines,
            edge=[f"E{i}" for i in range(count)],
            mode=["road"] * count,
            kind=["link"] * count,
            exposure=exposures,
        )
    }
