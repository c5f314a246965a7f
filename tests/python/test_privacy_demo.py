"""The demo's results folder, attacked with nothing but what lies in it.

The attacker reads the files, knows how incidents are counted (nearest place within the radius that
provenance.json states), the sum of every count column, what a suppressed count is at least, and all
about the statistic behind the classes but whose count is which. True counts, to judge by, are
counted anew from the incidents.
"""

import json
from dataclasses import dataclass
from functools import cached_property

import geopandas
import numpy as np
import pandas as pd
import pytest
from attacker import Attacker
from hotspot_definition import Definition

K = 11
COUNT_COLUMNS = {"incidents", "incidents_note", "class", "data", "geometry", "id"}
pytest.importorskip("scipy.optimize", reason="scipy (python3-scipy) is not installed")
pyproj = pytest.importorskip("pyproj")
EARTH = pyproj.Geod(ellps="WGS84")


def around(centre, x, y):
    """Metres to the east and to the north of a centre, along geodesics."""
    azimuth, _, away = EARTH.inv(*(np.full(len(x), c) for c in centre), x, y)
    return away[:, None] * np.c_[np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))]


def nearer(piece, here, there, slack):
    """Part of a convex polygon that is nearer to one point than to another, and a little more."""
    normal = (there - here) / np.hypot(*(there - here))
    beyond = (piece - (here + there) / 2) @ normal - slack
    kept = []
    for at in range(len(piece)):
        if beyond[at] <= 0:
            kept.append(piece[at])
        after = (at + 1) % len(piece)
        if beyond[at] * beyond[after] < 0:
            part = beyond[at] / (beyond[at] - beyond[after])
            kept.append(piece[at] + part * (piece[after] - piece[at]))
    return np.array(kept)


def distance(piece, point):
    """From a point to a convex polygon, given by its corners in order."""
    a, b = piece, np.roll(piece, -1, axis=0)
    along = b - a
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    part = np.clip(((point - a) * along).sum(axis=1) / length, 0.0, 1.0)
    to_sides = np.hypot(*(a + part[:, None] * along - point).T).min()
    turns = along[:, 0] * (point - a)[:, 1] - along[:, 1] * (point - a)[:, 0]
    return 0.0 if (turns >= 0).all() or (turns <= 0).all() else to_sides


@dataclass
class World:
    """What the results folder shows, and the true counts."""

    hexagons: geopandas.GeoDataFrame
    places: pd.DataFrame
    radius: float
    incidents: geopandas.GeoDataFrame
    suppressed_at_least: int

    @cached_property
    def shown(self) -> geopandas.GeoDataFrame:
        """Hexagons that are not published as 0."""
        return self.hexagons[~(self.hexagons["incidents"] == 0)]

    @cached_property
    def by_hexagon(self) -> np.ndarray:
        """True counts of all hexagons."""
        joined = geopandas.sjoin(self.incidents, self.shown[["geometry"]], predicate="within")
        assert len(joined) == len(self.incidents)
        return np.bincount(joined["index_right"], minlength=len(self.hexagons))

    @cached_property
    def by_place(self) -> np.ndarray:
        """True counts of all places."""
        x, y = self.incidents.geometry.x.to_numpy(), self.incidents.geometry.y.to_numpy()
        away = np.array(
            [EARTH.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2] for a, b in self.at]
        )
        counted = away.min(axis=0) <= self.radius
        return np.bincount(away.argmin(axis=0)[counted], minlength=len(self.places))

    @cached_property
    def at(self) -> np.ndarray:
        """Where the places are."""
        return self.places[["longitude", "latitude"]].to_numpy()

    @cached_property
    def hexagon_neighbours(self) -> list[list[int]]:
        """From the axial coordinates in the hexagons' ids."""
        axial = self.hexagons["cell"].str.extract(r"H([+-]\d+)([+-]\d+)").astype(int)
        row_of = {cell: row for row, cell in enumerate(zip(axial[0], axial[1]))}
        steps = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)]
        near = [[(q + a, r + b) for a, b in steps] for q, r in row_of]
        return [[row_of[cell] for cell in cells if cell in row_of] for cells in near]

    @cached_property
    def place_neighbours(self) -> list[list[int]]:
        """The eight nearest."""
        x, y = self.at.T
        away = [EARTH.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2] for a, b in self.at]
        return [[int(j) for j in np.argsort(row)[1:9]] for row in away]

    @cached_property
    def reach(self) -> tuple[list[tuple[int, int]], np.ndarray]:
        """Hexagons shown and places that can share incidents; hexagons wholly within reach."""
        pairs, enclosed = [], []
        for row, outline in enumerate(self.shown.geometry):
            corners = np.array(outline.exterior.coords)[:-1]
            centre = corners.mean(axis=0)
            hexagon, places = around(centre, *corners.T), around(centre, *self.at.T)
            away = np.hypot(*places.T)
            size = np.hypot(*hexagon.T).max()
            rivals = np.flatnonzero(away <= away.min() + 2 * size + 1000)
            whole = True
            for place in rivals:
                piece = hexagon
                for other in rivals:
                    if other != place and len(piece):
                        piece = nearer(piece, places[place], places[other], slack=50)
                if not len(piece):
                    continue
                if distance(piece, places[place]) <= self.radius + 50:
                    pairs.append((row, int(place)))
                farthest = np.hypot(*(piece - places[place]).T).max()
                whole = whole and farthest <= self.radius - 100
            enclosed.append(whole)
        return pairs, np.array(enclosed)

    def attacker(self, hexagons, places, at_least) -> tuple[Attacker, range, range]:
        """One who sees counts of the hexagons shown and of places, but no classes yet."""
        attacker = Attacker()
        first = attacker.see(hexagons, self.by_hexagon.sum(), at_least)
        second = attacker.see(places, self.by_place.sum(), at_least)
        pairs, enclosed = self.reach
        attacker.overlap(first, second, pairs, first_inside=enclosed, second_inside=True)
        return attacker, first, second


def tell_classes(attacker, cell_of, definition, classes) -> None:
    """Facts of published classes; rows without a cell are known to be 0."""
    for row, name in enumerate(classes):
        if name == "withheld":
            continue
        for rows, low, high in definition.facts(row, name):
            cells = [cell_of[r] for r in rows if r in cell_of]
            if cells:
                attacker.fact([(cell, 1.0) for cell in cells], low, high)


@pytest.fixture(scope="module")
def world(quick_demo, repository) -> World:
    folder = quick_demo.folder
    hexagons = geopandas.read_file(folder / "results.gpkg", layer="hotspots_hex")
    places = pd.read_csv(folder / "csv" / "hotspots_places.csv")
    options = json.loads((folder / "provenance.json").read_text("utf-8"))["options"]
    region = repository / "datasets" / "nepal_india_bangladesh" / "region.gpkg"
    incidents = geopandas.read_file(region, layer="incidents")[["geometry"]]
    radius = float(options["incidents.place_radius_m"])
    at_least = quick_demo.release.disclosure["suppressed_at_least"]
    return World(hexagons, places, radius, incidents, at_least)


@pytest.fixture(scope="module")
def definitions(world):
    return (
        Definition(world.by_hexagon, world.hexagon_neighbours),
        Definition(world.by_place, world.place_neighbours),
    )


@pytest.fixture(scope="module")
def attacked(world, definitions):
    """The attacker who has read everything, the hidden cells, and what they are."""
    hexagons, places = world.shown["incidents"].to_numpy(), world.places["incidents"].to_numpy()
    attacker, first, second = world.attacker(hexagons, places, world.suppressed_at_least)
    tell_classes(
        attacker, dict(zip(world.shown.index, first)), definitions[0], world.hexagons["class"]
    )
    tell_classes(attacker, dict(enumerate(second)), definitions[1], world.places["class"])
    truth = np.r_[world.by_hexagon[world.shown.index], world.by_place]
    hidden = np.flatnonzero(np.isnan(np.r_[hexagons, places]))
    return attacker, hidden, truth


def test_the_files_say_the_same_and_no_more(world, quick_demo):
    table = pd.read_csv(quick_demo.folder / "csv" / "hotspots_hex.csv")
    columns = ["cell", "incidents", "class"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(world.hexagons[columns]), table[columns], check_dtype=False
    )
    assert set(world.hexagons) | set(table) <= {"fid", "cell"} | COUNT_COLUMNS
    place = {"name", "country", "longitude", "latitude"}
    assert set(world.places) <= place | COUNT_COLUMNS


def test_what_is_published_is_true_and_not_small(world, definitions):
    for table, truth in ((world.hexagons, world.by_hexagon), (world.places, world.by_place)):
        shown = table["incidents"].notna().to_numpy()
        assert (table["incidents"][shown] == truth[shown]).all()
        assert not ((truth[shown] >= 1) & (truth[shown] < K)).any()
    for table, definition in zip((world.hexagons, world.places), definitions):
        expected = np.array(definition.classes())
        told = (table["class"] != "withheld").to_numpy()
        assert (table["class"][told] == expected[told]).all()


def test_the_attacker_knows_nothing_that_is_not_so(attacked, world):
    attacker, _, truth = attacked
    assert len(truth) < len(attacker.lows)
    for rows, bound in attacker.inequalities:
        if max(rows) < len(truth):
            assert sum(w * truth[cell] for cell, w in rows.items()) <= bound + 1e-6


def test_hidden_counts_can_be_anything_from_1_to_10(attacked):
    attacker, hidden, _ = attacked
    assert len(hidden) > 500
    assert attacker.kept_above(hidden, 1) == []
    assert attacker.kept_below(hidden, K - 1) == []


def test_least_squares_do_no_better_than_a_guess(attacked):
    attacker, hidden, truth = attacked
    assert not attacker.determined()[hidden].any()
    found = np.rint(attacker.least_squares()[hidden])
    guess = np.bincount(truth[hidden]).max()
    assert (found == truth[hidden]).sum() <= guess


def test_without_withheld_classes_the_attacker_learns(world, definitions):
    """What hiding no more than counts of 1 to k - 1 would give away."""
    naive = [np.where((t >= 1) & (t < K), np.nan, t) for t in (world.by_hexagon, world.by_place)]
    attacker, first, second = world.attacker(naive[0][world.shown.index], naive[1], 0)
    cell_of = dict(zip(world.shown.index, first))
    tell_classes(attacker, cell_of, definitions[0], definitions[0].classes())
    hidden = np.flatnonzero(np.isnan(np.r_[naive[0][world.shown.index], naive[1]]))
    assert attacker.kept_above(hidden, 1) + attacker.kept_below(hidden, K - 1) != []


def test_with_z_least_squares_give_back_every_count(world):
    """Why statistics of unsuppressed counts leave as classes only: two decimals of z are enough."""
    truth, counts = world.by_hexagon, world.shown["incidents"].to_numpy()
    attacker = Attacker()
    cell_of = dict(zip(world.shown.index, attacker.see(counts, truth.sum(), 1)))
    n, mean, deviation = len(truth), truth.mean(), truth.std()
    for row, near in enumerate(world.hexagon_neighbours):
        members = [cell_of[r] for r in [*near, row] if r in cell_of]
        if not members:
            continue
        m = len(near) + 1
        scale = deviation * np.sqrt((n * m - m * m) / (n - 1))
        z = round((truth[[*near, row]].sum() - m * mean) / scale, 2)
        attacker.equalities.append((dict.fromkeys(members, 1.0), round(z * scale + m * mean)))
    assert attacker.determined().all()
    assert (np.rint(attacker.least_squares()) == truth[world.shown.index]).all()
