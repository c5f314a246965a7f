"""
The engine behind the package: use the modules of `waywarden` instead.
"""

from __future__ import annotations
import numpy
import typing

__all__: list[str] = [
    "BuiltNetwork",
    "Calibration",
    "Core",
    "CountryLayer",
    "Demand",
    "EdgeCosts",
    "Exposure",
    "FeatureTable",
    "GravityDemand",
    "HexGrid",
    "HubLayer",
    "LinkLayer",
    "Loading",
    "Moving",
    "Network",
    "Perception",
    "PlaceLayer",
    "Placements",
    "Places",
    "PostLayer",
    "Release",
    "ReleaseTable",
    "RouteIndex",
    "Scenario",
    "Sites",
    "Skim",
    "StatedDemand",
    "Study",
    "StudyResults",
    "Weights",
    "alternatives",
    "build_network",
    "calibrate",
    "corridors",
    "cost_matrix",
    "count_by_hexagon",
    "count_by_place",
    "displacement",
    "distance_band",
    "edge_costs",
    "find_sites",
    "geodesic_areas",
    "geodesic_lengths",
    "geomask",
    "getis_ord",
    "gravity_demand",
    "hex_contiguity",
    "hex_grid",
    "is_geographic",
    "isochrones",
    "list_layers",
    "load_flows",
    "nearest_neighbours",
    "nearest_targets",
    "one_to_all",
    "pareto_front",
    "place_teams",
    "prepare_graph",
    "prepare_routes",
    "rank_ranges",
    "read_layer",
    "release",
    "routes",
    "run_study",
    "skim",
    "stated_demand",
    "unrestricted",
    "weights",
    "wkt",
    "write_csv",
    "write_geojson",
    "write_geopackage",
    "write_results",
]

class FeatureTable:
    """
    Columns plus geometry, held by the engine.
    """
    def __init__(self, exchange: dict) -> None: ...
    def __len__(self) -> int: ...
    def exchange(self) -> dict: ...
    def take(self, rows: list[int]) -> FeatureTable: ...
    @property
    def crs(self) -> str: ...
    @property
    def ids(self) -> list[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def source(self) -> str: ...

class LinkLayer:
    def __init__(
        self,
        table: FeatureTable,
        *,
        mode: str,
        speed_column: str = "",
        oneway_column: str = "",
        detection_column: str = "",
    ) -> None: ...

class HubLayer:
    def __init__(
        self,
        table: FeatureTable,
        *,
        name_column: str = "",
        country_column: str = "",
        modes: list[str],
        radius_m: float = 5000.0,
        wait_s: float = 1800.0,
        money: float = 0.0,
        detection: float = 0.0,
    ) -> None: ...

class CountryLayer:
    def __init__(
        self,
        table: FeatureTable,
        *,
        code_column: str,
        name_column: str = "",
        accuracy_column: str = "",
        accuracy_m: float = 100.0,
    ) -> None: ...

class PostLayer:
    def __init__(
        self,
        table: FeatureTable,
        *,
        name_column: str = "",
        country_a_column: str,
        country_b_column: str,
        mode_column: str = "",
        detection_column: str = "",
        wait_column: str = "",
        tolerance_m: float = 10000.0,
    ) -> None: ...

class PlaceLayer:
    def __init__(
        self,
        table: FeatureTable,
        *,
        name_column: str = "",
        country_column: str = "",
        population_column: str = "",
        vulnerability_column: str = "",
        source_weight_column: str = "",
        destination_weight_column: str = "",
        modes: list[str] = ["road"],
        radius_m: float = 20000.0,
    ) -> None: ...

class Network:
    """
    A directed multimodal network.
    """
    def crossings(self) -> dict: ...
    def edges(self) -> dict: ...
    def hubs(self) -> dict: ...
    def nodes(self) -> dict: ...
    @property
    def countries(self) -> list[str]: ...
    @property
    def edge_count(self) -> int: ...
    @property
    def node_count(self) -> int: ...

class Places:
    """
    Places attached to a network.
    """
    def __len__(self) -> int: ...
    def columns(self) -> dict: ...

class BuiltNetwork:
    def report(self) -> dict: ...
    @property
    def network(self) -> Network: ...
    @property
    def places(self) -> Places: ...

class Scenario:
    """
    An overlay on a network.
    """
    def __init__(
        self,
        *,
        name: str = "",
        closed_crossings: list[str] = [],
        closed_edges: list[int] = [],
        detection: dict[int, float] = {},
        time_factor: dict[str, float] = {},
    ) -> None: ...
    @property
    def name(self) -> str: ...

class EdgeCosts:
    """
    What each edge costs an evader: columns per edge.
    """
    @property
    def clamped(self) -> int: ...
    @property
    def generalised(self) -> numpy.ndarray[numpy.float64]: ...
    @property
    def hazard(self) -> numpy.ndarray[numpy.float64]: ...
    @property
    def money(self) -> numpy.ndarray[numpy.float64]: ...
    @property
    def time_s(self) -> numpy.ndarray[numpy.float64]: ...

class RouteIndex:
    """
    A network prepared for routing.
    """
    def save(self, path: str, *, report: typing.Any = None, threads: int = 0) -> None: ...
    def unit(self, costs: list[numpy.ndarray[numpy.float64]]) -> float: ...
    @property
    def digest(self) -> str: ...
    @property
    def edge_count(self) -> int: ...
    @property
    def node_count(self) -> int: ...

class Core:
    """
    The part of a network that routes between places use.
    """
    def __init__(self, network: Network, places: Places) -> None: ...
    @property
    def arc_count(self) -> int: ...
    @property
    def node_count(self) -> int: ...

class Skim:
    """
    Cheapest costs between places.
    """
    def __len__(self) -> int: ...
    def cost(self, origin: int, destination: int) -> float | None: ...

class Demand:
    """
    Expected journeys between places.
    """
    def __len__(self) -> int: ...
    def columns(self) -> dict: ...
    def total(self) -> float: ...

class GravityDemand:
    @property
    def demand(self) -> Demand: ...
    @property
    def margin_error(self) -> float: ...
    @property
    def median_cost(self) -> float: ...
    @property
    def rounds(self) -> int: ...
    @property
    def unattached_places(self) -> int: ...
    @property
    def unreachable_pairs(self) -> int: ...

class StatedDemand:
    @property
    def demand(self) -> Demand: ...
    @property
    def journeys_within_places(self) -> float: ...
    @property
    def unreachable_journeys(self) -> float: ...
    @property
    def unreachable_pairs(self) -> int: ...
    @property
    def within_places(self) -> int: ...

class Perception:
    """
    What evaders believe of a network, in each draw.
    """
    def factors(self, draw: int) -> numpy.ndarray[numpy.float64]: ...
    @property
    def deviation(self) -> float: ...
    @property
    def draws(self) -> int: ...

class Calibration:
    @property
    def overlap(self) -> float: ...
    @property
    def perception(self) -> Perception: ...
    @property
    def sampled_pairs(self) -> int: ...
    @property
    def spread(self) -> float: ...
    @property
    def status(self) -> str: ...

class Exposure:
    """
    Expected attempted journeys, as if nobody were stopped.
    """
    def countries_km(self) -> dict: ...
    def crossings(self) -> dict: ...
    def edges(self) -> dict: ...
    def modes_km(self) -> dict: ...
    def nodes(self) -> dict: ...

class Loading:
    """
    Journeys put on a network.
    """
    @property
    def cost(self) -> tuple: ...
    @property
    def exposure(self) -> Exposure: ...
    @property
    def journeys(self) -> float: ...
    @property
    def overlap(self) -> float: ...
    @property
    def spread(self) -> tuple: ...
    @property
    def unrouted_journeys(self) -> float: ...
    @property
    def unrouted_pairs(self) -> int: ...

class Moving:
    """
    Who moves where, on what, and where they may be watched.
    """
    def __init__(
        self,
        network: Network,
        core: Core,
        costs: EdgeCosts,
        demand: Demand,
        places: Places,
        perception: Perception,
        sites: ...,
    ) -> None: ...
    @property
    def sites(self) -> ...: ...

class Sites:
    """
    Where teams can be placed.
    """
    def __len__(self) -> int: ...
    def columns(self) -> dict: ...
    def edges(self) -> dict: ...

class Placements:
    """
    Teams placed for each kind of evader.
    """
    def outcomes(self) -> dict: ...
    def placed_for(self, model: str) -> dict: ...

class Weights:
    """
    Who is a neighbour of whom, in compressed rows.
    """
    def __len__(self) -> int: ...
    @property
    def first(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def islands(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def neighbour(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def weight(self) -> numpy.ndarray[numpy.float64]: ...

class HexGrid:
    """
    Equally large hexagons around a point.
    """
    @property
    def cell_area_km2(self) -> float: ...
    @property
    def centre(self) -> tuple: ...
    @property
    def edge_m(self) -> float: ...

class Release:
    @property
    def disclosure(self) -> dict: ...
    @property
    def tables(self) -> list: ...

class ReleaseTable:
    @staticmethod
    def context(features: FeatureTable, *, title: str, origin: str) -> ReleaseTable: ...
    @staticmethod
    def counts(
        features: FeatureTable,
        *,
        title: str,
        origin: str,
        counts: list[tuple[str, str, bool]],
        classes: list[tuple[str, str, list[tuple[int, list[tuple[int, float]], float, float]]]],
        sums: list[tuple[str, list[str]]],
        open_columns: list[str],
    ) -> ReleaseTable: ...
    @staticmethod
    def records(
        features: FeatureTable,
        *,
        title: str,
        origin: str,
        population: str,
        mask: tuple[float, float, int] | None,
        open_columns: list[str],
    ) -> ReleaseTable: ...

class Study:
    @staticmethod
    def parse(text: str, name: str) -> Study: ...
    @staticmethod
    def read(path: str) -> Study: ...
    @property
    def file(self) -> str: ...
    @property
    def options(self) -> dict[str, str]: ...
    @property
    def results_folder(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def title(self) -> str: ...

class StudyResults:
    @property
    def facts(self) -> str: ...
    @property
    def provenance(self) -> str: ...
    @property
    def release(self) -> Release: ...

def alternatives(
    index: RouteIndex,
    network: Network | None,
    costs: list[numpy.ndarray[numpy.float64]],
    origins: numpy.ndarray[numpy.int64],
    destinations: numpy.ndarray[numpy.int64],
    *,
    method: str,
    count: int,
    excess: float,
    sharing: float,
    local_optimality: float,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def build_network(
    links: list[LinkLayer],
    *,
    hubs: list[HubLayer] = [],
    countries: CountryLayer | None = None,
    posts: PostLayer | None = None,
    places: PlaceLayer | None = None,
    snap_tolerance_m: float = 1.0,
    informal_detection: float = 0.02,
    informal_wait_s: float = 0.0,
    listed_detection: float = 0.2,
    listed_wait_s: float = 1800.0,
    access_speed_kmh: float = 5.0,
    report: typing.Any = None,
    threads: int = 0,
) -> BuiltNetwork: ...
def calibrate(
    network: Network,
    core: Core,
    reference: EdgeCosts,
    demand: Demand,
    places: Places,
    *,
    seed: int = 1,
    draws: int = 64,
    spread: float = 1.05,
    link_noise: float = 0.01,
    mode_effect: float = 0.5,
    country_effect: float = 0.5,
    report: typing.Any = None,
    threads: int = 0,
) -> Calibration: ...
def corridors(
    index: RouteIndex,
    costs: list[numpy.ndarray[numpy.float64]],
    sources: numpy.ndarray[numpy.int64],
    targets: numpy.ndarray[numpy.int64],
    *,
    excess: float,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def cost_matrix(
    index: RouteIndex,
    costs: list[numpy.ndarray[numpy.float64]],
    sources: numpy.ndarray[numpy.int64],
    targets: numpy.ndarray[numpy.int64],
    out: numpy.ndarray[numpy.float64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> None: ...
def count_by_hexagon(
    grid: HexGrid,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    sizes: numpy.ndarray[numpy.int64],
) -> dict: ...
def count_by_place(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    place_x: numpy.ndarray[numpy.float64],
    place_y: numpy.ndarray[numpy.float64],
    limit_m: float,
    sizes: numpy.ndarray[numpy.int64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def displacement(
    moving: Moving,
    before: Loading,
    placement: list[int],
    *,
    aware_share: float = 0.5,
    risk_aversion: float = 200.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def distance_band(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    radius_m: float,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> Weights: ...
def edge_costs(
    network: Network,
    *,
    value_of_time: float = 5.0,
    risk_aversion: float = 200.0,
    speed_kmh: dict[str, float] = {},
    money_per_km: dict[str, float] = {},
    scenario: Scenario = ...,
) -> EdgeCosts: ...
def find_sites(
    network: Network,
    *,
    listed_crossing: float | None = 0.5,
    informal_crossing: float | None = 0.3,
    hub: float | None = 0.4,
    detection: dict[str, float] = {},
    required: list[str] = [],
    forbidden: list[str] = [],
    edges: list[tuple[str, str, list[int], float]] = [],
    nodes: list[tuple[str, str, list[int], float]] = [],
    cost: dict[str, float] = {},
    hours: dict[str, float] = {},
    group: dict[str, str] = {},
) -> Sites: ...
def geodesic_areas(
    table: FeatureTable, *, report: typing.Any = None, threads: int = 0
) -> numpy.ndarray[numpy.float64]: ...
def geodesic_lengths(
    table: FeatureTable, *, report: typing.Any = None, threads: int = 0
) -> numpy.ndarray[numpy.float64]: ...
def geomask(
    records: FeatureTable, *, nearest_m: float, farthest_m: float, seed: int
) -> FeatureTable: ...
def getis_ord(
    values: numpy.ndarray[numpy.float64],
    weights: Weights,
    *,
    star: bool = True,
    method: str = "automatic",
    adjustment: str = "Benjamini-Hochberg",
    seed: int = 0,
    least_permutations: int = 9999,
    permutations_per_cell: int = 20,
    stop_after: int = 30,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def gravity_demand(
    places: Places,
    skim: Skim,
    *,
    function: str = "exponential",
    decay: float = 1.0,
    constraint: str = "none",
    total: float | None = None,
    report: typing.Any = None,
    threads: int = 0,
) -> GravityDemand: ...
def hex_contiguity(
    q: numpy.ndarray[numpy.int64], r: numpy.ndarray[numpy.int64], rings: int = 1
) -> Weights: ...
def hex_grid(
    x: numpy.ndarray[numpy.float64], y: numpy.ndarray[numpy.float64], cell_area_km2: float = 100.0
) -> HexGrid: ...
def is_geographic(crs: str) -> bool: ...
def isochrones(
    index: RouteIndex,
    costs: list[numpy.ndarray[numpy.float64]],
    sources: numpy.ndarray[numpy.int64],
    limits: numpy.ndarray[numpy.float64],
    *,
    direction: str,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def list_layers(path: str, *, report: typing.Any = None, threads: int = 0) -> list: ...
def load_flows(moving: Moving, *, report: typing.Any = None, threads: int = 0) -> Loading: ...
def nearest_neighbours(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    k: int,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> Weights: ...
def nearest_targets(
    index: RouteIndex,
    costs: list[numpy.ndarray[numpy.float64]],
    sources: numpy.ndarray[numpy.int64],
    targets: numpy.ndarray[numpy.int64],
    count: int,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def one_to_all(
    index: RouteIndex,
    costs: list[numpy.ndarray[numpy.float64]],
    roots: numpy.ndarray[numpy.int64],
    direction: str,
    out: numpy.ndarray[numpy.float64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> None: ...
def pareto_front(
    index: RouteIndex,
    network: Network | None,
    first: numpy.ndarray[numpy.float64],
    second: numpy.ndarray[numpy.float64],
    origin: int,
    destination: int,
    *,
    excess: float,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def place_teams(
    moving: Moving,
    loading: Loading,
    *,
    teams: int = 10,
    aware_share: float = 0.5,
    risk_aversion: float = 200.0,
    evaluated: int = 3,
    selection_draws: int = 16,
    report: typing.Any = None,
    threads: int = 0,
) -> Placements: ...
def prepare_graph(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    *,
    saved: str | None,
    report: typing.Any = None,
    threads: int = 0,
) -> RouteIndex: ...
def prepare_routes(
    network: Network, *, saved: str | None, report: typing.Any = None, threads: int = 0
) -> RouteIndex: ...
def rank_ranges(
    moving: Moving,
    placements: Placements,
    *,
    model: str = "unaware",
    aware_share: float = 0.5,
    risk_aversion: float = 200.0,
    factor: float = 2.0,
    draws: int = 16,
    teams: int = 10,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def read_layer(
    path: str,
    *,
    layer: str = "",
    crs: str | None = None,
    id_column: str = "",
    columns: list[str] = [],
    encoding: str = "",
    x_column: str = "",
    y_column: str = "",
    max_features: int = 20000000,
    max_vertices: int = 400000000,
    report: typing.Any = None,
    threads: int = 0,
) -> tuple: ...
def release(
    tables: list[ReleaseTable],
    *,
    overlaps: list[tuple[int, int, str, list[tuple[int, int]], list[int]]] = [],
    totals: dict[str, int] = {},
    k: int = 11,
    guarded: str = "every_suppressed_count",
    report: typing.Any = None,
    threads: int = 0,
) -> Release: ...
def routes(
    index: RouteIndex,
    network: Network | None,
    costs: list[numpy.ndarray[numpy.float64]],
    origins: numpy.ndarray[numpy.int64],
    destinations: numpy.ndarray[numpy.int64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def run_study(study: Study, *, report: typing.Any = None, threads: int = 0) -> StudyResults: ...
def skim(
    core: Core, costs: EdgeCosts, places: Places, *, report: typing.Any = None, threads: int = 0
) -> Skim: ...
def stated_demand(
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    journeys: numpy.ndarray[numpy.float64],
    skim: Skim,
) -> StatedDemand: ...
def unrestricted(tables: list[ReleaseTable], *, reason: str) -> Release: ...
def weights(
    first: numpy.ndarray[numpy.int64],
    neighbour: numpy.ndarray[numpy.int64],
    weight: numpy.ndarray[numpy.float64],
) -> Weights: ...
def wkt(crs: str) -> str: ...
def write_csv(
    folder: str, release: Release, *, report: typing.Any = None, threads: int = 0
) -> list[str]: ...
def write_geojson(
    folder: str, release: Release, *, report: typing.Any = None, threads: int = 0
) -> list[str]: ...
def write_geopackage(
    path: str, release: Release, *, report: typing.Any = None, threads: int = 0
) -> None: ...
def write_results(
    results: StudyResults, folder: str, *, report: typing.Any = None, threads: int = 0
) -> None: ...

__version__: str = "0.1.0"

def lawful_stops(
    lawful: Loading,
    sites: Sites,
    *,
    specificity: float,
    report: typing.Any = None,
    threads: int = 0,
) -> numpy.ndarray[numpy.float64]: ...
def collateral_frontier(
    moving: Moving,
    loading: Loading,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: list[float],
    points: int = 20,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def capture_placement(
    moving: Moving,
    loading: Loading,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: tuple[list[float], float] | None = None,
    exchanges: int = 200,
    nodes: int = 5000,
    passages: float = 2e9,
    seconds: float | None = None,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def responding_displacement(
    moving: Moving,
    before: Loading,
    placement: list[int],
    *,
    aware_share: float = 0.5,
    risk_aversion: float = 200.0,
    function: str = "exponential",
    decay: float = 1.0,
    constraint: str = "none",
    total: float | None = None,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
