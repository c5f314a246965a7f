"""
The engine behind the package: use the modules of `waywarden` instead.
"""

from __future__ import annotations
import numpy
import typing

__all__: list[str] = [
    "BuiltNetwork",
    "Calibration",
    "ChosenFlows",
    "Core",
    "CountryLayer",
    "Demand",
    "DemandCalibration",
    "DemandModel",
    "EdgeCosts",
    "EstimatedDemand",
    "Exposure",
    "FeatureTable",
    "GroupedDemand",
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
    "ReturningDemand",
    "RouteIndex",
    "Scenario",
    "Sites",
    "Skim",
    "SpaceTimeCube",
    "StatedDemand",
    "Study",
    "StudyResults",
    "Weights",
    "adaptive_deviations",
    "alternatives",
    "bandwidth_of_deviation",
    "build_network",
    "calibrate",
    "calibrate_demand",
    "choose_routes",
    "contour_bands",
    "contour_lines",
    "corridors",
    "cost_matrix",
    "count_by_hexagon",
    "count_by_place",
    "dbscan",
    "demand_with_returns",
    "density_deviation",
    "displacement",
    "distance_band",
    "edge_costs",
    "emerging_hotspots",
    "find_sites",
    "geodesic_areas",
    "geodesic_lengths",
    "geomask",
    "getis_ord",
    "gravity_model",
    "grouped_demand",
    "hdbscan",
    "hex_contiguity",
    "hex_grid",
    "intervening_model",
    "is_geographic",
    "isochrones",
    "knox",
    "l_envelope",
    "list_layers",
    "load_flows",
    "mann_kendall",
    "mann_kendall_exact_p",
    "model_demand",
    "model_with_returns",
    "near_repeat",
    "nearest_neighbours",
    "nearest_targets",
    "network_dbscan",
    "network_hdbscan",
    "one_to_all",
    "pair_correlation",
    "pareto_front",
    "perceived_flows",
    "place_teams",
    "planar_cross_k",
    "planar_density",
    "planar_k",
    "prepare_graph",
    "prepare_routes",
    "radiation_model",
    "rank_ranges",
    "read_angles",
    "read_layer",
    "read_positions",
    "relative_risk",
    "release",
    "routes",
    "run_study",
    "select_link",
    "skim",
    "space_time_cube",
    "space_time_k",
    "st_dbscan",
    "stated_demand",
    "top_routes",
    "unrestricted",
    "weights",
    "wkt",
    "write_csv",
    "write_geojson",
    "write_geopackage",
    "write_geotiff",
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
        level_column: str = "",
        at_crossings: str = "pass",
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
    alternative: str = "two-sided",
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
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
    teams: int | None = None,
    budget: float | None = None,
    stops: tuple[list[float], float] | None = None,
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
    teams: int | None = None,
    budget: float | None = None,
    stops: tuple[list[float], float] | None = None,
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
    max_bytes: int = 17179869184,
    max_seconds: float = 0.0,
    expected: list[float] | None = None,
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
    core: Core,
    costs: EdgeCosts,
    places: Places,
    *,
    report: typing.Any = None,
    threads: int = 0,
    cutoff: float | None = None,
) -> Skim: ...
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

class ChosenFlows:
    """
    Journeys on the routes of a model of route choice.
    """
    def pairs(self) -> dict: ...
    @property
    def cost(self) -> tuple: ...
    @property
    def evasion(self) -> tuple: ...
    @property
    def exposure(self) -> Exposure: ...
    @property
    def journeys(self) -> float: ...
    @property
    def spread(self) -> tuple: ...
    @property
    def unrouted_journeys(self) -> float: ...
    @property
    def unrouted_pairs(self) -> int: ...

def choose_routes(
    network: Network,
    core: Core,
    costs: EdgeCosts,
    demand: Demand,
    places: Places,
    *,
    model: str,
    theta: float = 10.0,
    path_size_weight: float = 1.0,
    count: int = 6,
    excess: float = 0.25,
    report: typing.Any = None,
    threads: int = 0,
) -> ChosenFlows: ...
def perceived_flows(
    moving: Moving, loading: Loading, *, report: typing.Any = None, threads: int = 0
) -> ChosenFlows: ...
def select_link(
    core: Core,
    flows: ChosenFlows,
    edges: numpy.ndarray[numpy.int64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def top_routes(
    network: Network,
    core: Core,
    flows: ChosenFlows,
    edges: numpy.ndarray[numpy.int64],
    *,
    count: int = 10,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...

__version__: str = "0.1.0"

class WorstCaseProblem:
    def __len__(self) -> int: ...

def worst_case_problem(
    nodes: int,
    *,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    evasion: numpy.ndarray[numpy.float64],
    watched_evasion: numpy.ndarray[numpy.float64],
    site: numpy.ndarray[numpy.int64],
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    weight: numpy.ndarray[numpy.float64],
    cost: numpy.ndarray[numpy.float64],
    state: list[str],
    budget: float,
) -> WorstCaseProblem: ...
def worst_case_placement(
    problem: WorstCaseProblem,
    *,
    gap: float = 0.0001,
    seconds: float = ...,
    nodes: int = ...,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def greatest_evasion(
    problem: WorstCaseProblem,
    placed: numpy.ndarray[numpy.int64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> numpy.ndarray[numpy.float64]: ...
def worst_case_program(
    problem: WorstCaseProblem,
    *,
    form: str = "potentials",
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...

class EstimatedDemand:
    @property
    def demand(self) -> Demand: ...
    @property
    def margin_error(self) -> float: ...
    @property
    def median_cost(self) -> float: ...
    @property
    def pairs_beyond_cutoff(self) -> int: ...
    @property
    def rounds(self) -> int: ...
    @property
    def share_beyond_cutoff(self) -> float: ...
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

class GroupedDemand:
    """
    Demand of groups of people, and of all.
    """
    @property
    def estimate(self) -> list[EstimatedDemand]: ...
    @property
    def group(self) -> list[str]: ...
    @property
    def sum(self) -> Demand: ...

class ReturningDemand:
    """
    Demand with the journeys of those who returned.
    """
    def returning(self) -> numpy.ndarray[numpy.float64]: ...
    @property
    def change(self) -> float: ...
    @property
    def demand(self) -> Demand: ...
    @property
    def first_journeys(self) -> float: ...
    @property
    def rounds(self) -> int: ...

class DemandModel:
    """
    How demand is estimated.
    """

class DemandCalibration:
    """
    A gravity model fitted to observed journeys.
    """
    def parameters(self) -> dict: ...
    @property
    def common_part(self) -> float: ...
    @property
    def deviance(self) -> float: ...
    @property
    def dispersion(self) -> float: ...
    @property
    def fitted(self) -> Demand: ...
    @property
    def log_likelihood(self) -> float: ...
    @property
    def median_cost(self) -> float: ...
    @property
    def observations(self) -> int: ...
    @property
    def overdispersion(self) -> tuple[float, float]: ...
    @property
    def parameter_count(self) -> int: ...
    @property
    def rounds(self) -> int: ...
    @property
    def unused_journeys(self) -> float: ...
    @property
    def unused_pairs(self) -> int: ...

def gravity_model(
    *,
    function: str = "exponential",
    decay: float = 1.0,
    exponent: float = 0.0,
    constraint: str = "none",
    total: float | None = None,
) -> DemandModel: ...
def radiation_model(*, constraint: str = "none", total: float | None = None) -> DemandModel: ...
def intervening_model(
    *, acceptance: float = 2.0, constraint: str = "none", total: float | None = None
) -> DemandModel: ...
def stated_demand(
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    journeys: numpy.ndarray[numpy.float64],
    skim: Skim,
) -> StatedDemand: ...
def model_demand(
    places: Places,
    skim: Skim,
    model: DemandModel,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> EstimatedDemand: ...
def grouped_demand(
    places: Places,
    skim: Skim,
    group: list[str],
    source_weight: list[numpy.ndarray[numpy.float64]],
    destination_weight: list[numpy.ndarray[numpy.float64]],
    model: DemandModel,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> GroupedDemand: ...
def model_with_returns(
    places: Places,
    skim: Skim,
    model: DemandModel,
    rates: numpy.ndarray[numpy.float64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> ReturningDemand: ...
def demand_with_returns(
    first: Demand,
    places: int,
    rates: numpy.ndarray[numpy.float64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> ReturningDemand: ...
def calibrate_demand(
    places: Places,
    skim: Skim,
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    journeys: numpy.ndarray[numpy.float64],
    *,
    function: str = "exponential",
    distribution: str = "poisson",
    constraint: str = "none",
    masses: str = "estimated",
    report: typing.Any = None,
    threads: int = 0,
) -> DemandCalibration: ...

class MixedPatrol:
    """
    How often which schedule is used, and how good that is.
    """
    @property
    def journeys(self) -> float: ...
    @property
    def lower(self) -> float: ...
    @property
    def upper(self) -> float: ...
    @property
    def rounds(self) -> int: ...
    @property
    def status(self) -> str: ...
    def schedules(self) -> dict: ...
    def routes(self) -> dict: ...
    def coverage(self) -> numpy.ndarray[numpy.float64]: ...
    def pairs(self) -> dict: ...
    def roster(self, *, seed: int, days: int) -> dict: ...

def mixed_patrol(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    site: numpy.ndarray[numpy.int64],
    detection: numpy.ndarray[numpy.float64],
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    journeys: numpy.ndarray[numpy.float64],
    *,
    teams: int = 1,
    shift_share: list[float] = [1.0],
    shift_choice: str = "given",
    room: list[int] = [],
    travel_time: numpy.ndarray[numpy.float64],
    longest_move: float,
    tolerance: float = 0.0001,
    rounds: int = 1000,
    labels: int = 200000,
    branches: int = 20000,
    time_limit: float = 60.0,
    report: typing.Any = None,
    threads: int = 0,
) -> MixedPatrol: ...
def watched_movement(moving: Moving) -> dict: ...
def pair_routes(
    moving: Moving, loading: Loading, *, report: typing.Any = None, threads: int = 0
) -> dict: ...
def break_profit(
    pair: numpy.ndarray[numpy.int64],
    probability: numpy.ndarray[numpy.float64],
    sites: list[list[int]],
    journeys: numpy.ndarray[numpy.float64],
    revenue: numpy.ndarray[numpy.float64],
    cost: numpy.ndarray[numpy.float64],
    loss: numpy.ndarray[numpy.float64],
    detection: numpy.ndarray[numpy.float64],
    site_cost: numpy.ndarray[numpy.float64],
    state: list[str],
    *,
    budget: float,
    branches: int = 5000,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
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

class AttackSites:
    def __len__(self) -> int: ...

class EvasivePairs:
    def cheapest(self) -> tuple: ...
    def journeys(self) -> float: ...

def arc_sites(
    site_of_arc: numpy.ndarray[numpy.int64],
    cost: numpy.ndarray[numpy.float64],
    *,
    required: numpy.ndarray[numpy.int64],
    forbidden: numpy.ndarray[numpy.int64],
) -> AttackSites: ...
def evasive_capture(
    evaders: EvasivePairs,
    sites: AttackSites,
    *,
    budget: float,
    node_limit: int = 100000,
    time_limit: float = 60.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def evasive_outcome(
    evaders: EvasivePairs,
    sites: AttackSites,
    placement: numpy.ndarray[numpy.int64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def evasive_pairs(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    cost: numpy.ndarray[numpy.float64],
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    journeys: numpy.ndarray[numpy.float64],
    *,
    detour: float,
    report: typing.Any = None,
    threads: int = 0,
) -> EvasivePairs: ...
def max_flow_interdiction(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    capacity: numpy.ndarray[numpy.float64],
    sites: AttackSites,
    source: int,
    sink: int,
    *,
    budgets: list[float],
    node_limit: int = 100000,
    time_limit: float = 60.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def minimum_cut(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    capacity: numpy.ndarray[numpy.float64],
    source: int,
    sink: int,
) -> dict: ...
def shortest_path_interdiction(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    length: numpy.ndarray[numpy.float64],
    delay: numpy.ndarray[numpy.float64],
    sites: AttackSites,
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    weight: numpy.ndarray[numpy.float64],
    *,
    budget: float,
    abandon_at: float | None = None,
    node_limit: int = 100000,
    time_limit: float = 60.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def min_cost_flow_interdiction(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    capacity: numpy.ndarray[numpy.float64],
    cost: numpy.ndarray[numpy.float64],
    supply: numpy.ndarray[numpy.float64],
    sites: AttackSites,
    *,
    budget: float,
    unmet_cost: float | None = None,
    node_limit: int = 100000,
    time_limit: float = 60.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...

class OsmExtract:
    """
    What an OpenStreetMap file holds for a network.
    """
    def tables(self) -> dict[str, FeatureTable]: ...
    def counts(self) -> dict: ...
    def report(self) -> dict: ...
    def landing_table(self) -> FeatureTable: ...
    @property
    def links(self) -> list[LinkLayer]: ...
    @property
    def hubs(self) -> FeatureTable: ...
    @property
    def posts(self) -> FeatureTable: ...
    @property
    def landings(self) -> HubLayer: ...
    @property
    def restrictions(self) -> FeatureTable: ...

def read_osm(
    path: str,
    *,
    profile: str,
    profile_name: str,
    max_ways: int = 50000000,
    max_vertices: int = 400000000,
    report: typing.Any = None,
    threads: int = 0,
) -> OsmExtract: ...
def default_tag_profile() -> str: ...

class DrawnLines:
    node_count: int
    edge_count: int
    total_length_m: float
    left_out: int
    def edges(self) -> dict: ...
    def lixels(self, longest_m: float) -> dict: ...

def drawn_lines(table: FeatureTable, *, geodesic: bool = True) -> DrawnLines: ...
def drawn_lines_of_network(network: Network, modes: list[str]) -> DrawnLines: ...
def snap_to_lines(
    lines: DrawnLines,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    *,
    limit_m: float,
    node_tolerance_m: float = 0.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def network_kde(
    lines: DrawnLines,
    edge: numpy.ndarray[numpy.int64],
    along: numpy.ndarray[numpy.float64],
    weights: numpy.ndarray[numpy.float64],
    *,
    longest_m: float,
    method: str = "discontinuous",
    kernel: str = "quartic",
    bandwidth_m: float = 300.0,
    dead_ends: str = "reflect",
    depth: int | None = None,
    least_share: float = 1e-13,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def network_k(
    lines: DrawnLines,
    edge: numpy.ndarray[numpy.int64],
    along: numpy.ndarray[numpy.float64],
    other_edge: numpy.ndarray[numpy.int64],
    other_along: numpy.ndarray[numpy.float64],
    *,
    radii_m: numpy.ndarray[numpy.float64],
    correction: str = "okabe_yamada",
    simulations: int = 999,
    seed: int = 0,
    envelope: str = "extreme_rank",
    alternative: str = "two-sided",
    alpha: float = 0.05,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def segment_neighbours(lines: DrawnLines, steps: int = 1) -> Weights: ...
def count_by_segment(
    lines: DrawnLines,
    edge: numpy.ndarray[numpy.int64],
    along: numpy.ndarray[numpy.float64],
    weights: numpy.ndarray[numpy.float64],
) -> dict: ...
def adaptive_deviations(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    weights: numpy.ndarray[numpy.float64],
    window: bytes,
    pilot: float,
    deviation: float,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> numpy.ndarray[numpy.float64]: ...
def bandwidth_of_deviation(
    kernel: str,
    deviation: float,
) -> float: ...
def contour_lines(
    x: float,
    y: float,
    cell: float,
    columns: int,
    rows: int,
    values: numpy.ndarray[numpy.float64],
    valid: numpy.ndarray[bool],
    level: float,
) -> typing.Any: ...
def density_deviation(
    rule: str,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    window: bytes,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> float: ...
def knox(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    times: numpy.ndarray[numpy.float64],
    *,
    distance: float,
    time: float,
    permutations: int = 9999,
    stop_after: int = 100,
    seed: int = 0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def l_envelope(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    other: typing.Any,
    window: bytes,
    radii: numpy.ndarray[numpy.float64],
    *,
    correction: str = "isotropic",
    simulations: int = 999,
    seed: int = 0,
    kind: str = "extreme_rank",
    alternative: str = "two-sided",
    alpha: float = 0.05,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def near_repeat(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    times: numpy.ndarray[numpy.float64],
    distance_ends: numpy.ndarray[numpy.float64],
    time_ends: numpy.ndarray[numpy.float64],
    *,
    metric: str = "euclidean",
    permutations: int = 999,
    seed: int = 0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def pair_correlation(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    window: bytes,
    radii: numpy.ndarray[numpy.float64],
    *,
    correction: str = "isotropic",
    half_width: float | None = None,
    report: typing.Any = None,
    threads: int = 0,
) -> tuple: ...
def planar_cross_k(
    from_x: numpy.ndarray[numpy.float64],
    from_y: numpy.ndarray[numpy.float64],
    to_x: numpy.ndarray[numpy.float64],
    to_y: numpy.ndarray[numpy.float64],
    window: bytes,
    radii: numpy.ndarray[numpy.float64],
    *,
    correction: str = "isotropic",
    pairs_at_radius: str = "counted",
    report: typing.Any = None,
    threads: int = 0,
) -> tuple: ...
def planar_density(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    weights: numpy.ndarray[numpy.float64],
    window: bytes,
    cell: float,
    bandwidths: numpy.ndarray[numpy.float64],
    *,
    kernel: str = "quartic",
    edge: str = "points",
    method: str = "automatic",
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def planar_k(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    window: bytes,
    radii: numpy.ndarray[numpy.float64],
    *,
    correction: str = "isotropic",
    pairs_at_radius: str = "counted",
    report: typing.Any = None,
    threads: int = 0,
) -> tuple: ...
def relative_risk(
    case_x: numpy.ndarray[numpy.float64],
    case_y: numpy.ndarray[numpy.float64],
    control_x: numpy.ndarray[numpy.float64],
    control_y: numpy.ndarray[numpy.float64],
    window: bytes,
    cell: float,
    bandwidth: float,
    *,
    kernel: str = "gaussian",
    permutations: int = 0,
    seed: int = 0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def space_time_k(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    times: numpy.ndarray[numpy.float64],
    window: bytes,
    distances: numpy.ndarray[numpy.float64],
    spans: numpy.ndarray[numpy.float64],
    *,
    first_time: float,
    last_time: float,
    correction: str = "isotropic",
    permutations: int = 999,
    seed: int = 0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...

class NeighbourDistances:
    """
    Who is near whom, and how far.
    """
    def __len__(self) -> int: ...
    @property
    def distance(self) -> numpy.ndarray[numpy.float64]: ...
    @property
    def first(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def neighbour(self) -> numpy.ndarray[numpy.int64]: ...

def nearest_distances(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    k: int,
    *,
    planar: bool,
    report: typing.Any = None,
    threads: int = 0,
) -> NeighbourDistances: ...
def distances_within(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    radius: float,
    *,
    planar: bool,
    report: typing.Any = None,
    threads: int = 0,
) -> NeighbourDistances: ...
def within_time(
    distances: NeighbourDistances, times: numpy.ndarray[numpy.float64], span: float
) -> NeighbourDistances: ...
def binary_weights(distances: NeighbourDistances) -> Weights: ...
def kernel_weights(distances: NeighbourDistances, bandwidth: float, kernel: str) -> Weights: ...
def adaptive_kernel_weights(nearest: NeighbourDistances, kernel: str) -> Weights: ...
def kernel_weight(kernel: str, z: float) -> float: ...
def polygon_contiguity(
    areas: FeatureTable,
    *,
    rook: bool,
    tolerance: float | None,
    report: typing.Any = None,
    threads: int = 0,
) -> Weights: ...
def network_distances(
    lines: FeatureTable,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    *,
    snap_limit: float,
    k: int | None,
    limit: float,
    report: typing.Any = None,
    threads: int = 0,
) -> tuple[NeighbourDistances, numpy.ndarray[numpy.int64]]: ...
def row_standardised(weights: Weights) -> Weights: ...
def with_own_weight(weights: Weights, weight: float) -> Weights: ...
def symmetrised(weights: Weights, *, both: bool) -> Weights: ...
def higher_order(weights: Weights, order: int, *, lower: bool) -> Weights: ...
def read_gal(path: str) -> tuple[Weights, list[str]]: ...
def read_gwt(path: str, labels: list[str]) -> tuple[Weights, list[str]]: ...
def write_gal(path: str, weights: Weights, labels: list[str]) -> None: ...
def write_gwt(path: str, weights: Weights, labels: list[str]) -> None: ...
def local_moran(
    values: numpy.ndarray[numpy.float64],
    others: numpy.ndarray[numpy.float64],
    weights: Weights,
    *,
    variant: str,
    method: str = "automatic",
    alternative: str = "two-sided",
    adjustment: str = "Benjamini-Hochberg",
    seed: int = 0,
    least_permutations: int = 9999,
    permutations_per_cell: int = 20,
    stop_after: int = 30,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def local_geary(
    values: numpy.ndarray[numpy.float64],
    others: numpy.ndarray[numpy.float64],
    weights: Weights,
    *,
    variant: str,
    method: str = "automatic",
    alternative: str = "two-sided",
    adjustment: str = "Benjamini-Hochberg",
    seed: int = 0,
    least_permutations: int = 9999,
    permutations_per_cell: int = 20,
    stop_after: int = 30,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def local_join_counts(
    values: numpy.ndarray[numpy.float64],
    others: numpy.ndarray[numpy.float64],
    weights: Weights,
    *,
    variant: str,
    method: str = "automatic",
    alternative: str = "greater",
    adjustment: str = "Benjamini-Hochberg",
    seed: int = 0,
    least_permutations: int = 9999,
    permutations_per_cell: int = 20,
    stop_after: int = 30,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def moran(values: numpy.ndarray[numpy.float64], weights: Weights) -> dict: ...
def geary(values: numpy.ndarray[numpy.float64], weights: Weights) -> dict: ...
def general_g(values: numpy.ndarray[numpy.float64], weights: Weights) -> dict: ...
def join_counts(values: numpy.ndarray[numpy.float64], weights: Weights) -> dict: ...
def adjusted(p: numpy.ndarray[numpy.float64], adjustment: str) -> tuple: ...
def scan_circles(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    cases: numpy.ndarray[numpy.int64],
    population: numpy.ndarray[numpy.float64],
    intervals: int,
    options: dict,
    *,
    space: str,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def scan_ellipses(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    cases: numpy.ndarray[numpy.int64],
    population: numpy.ndarray[numpy.float64],
    intervals: int,
    options: dict,
    *,
    shapes: list[float],
    angles: list[int],
    penalty: float,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def scan_connected(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    cases: numpy.ndarray[numpy.int64],
    population: numpy.ndarray[numpy.float64],
    intervals: int,
    options: dict,
    *,
    space: str,
    neighbours: Weights,
    most_places: int,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def scan_lines(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    cases: numpy.ndarray[numpy.int64],
    population: numpy.ndarray[numpy.float64],
    intervals: int,
    options: dict,
    *,
    space: str,
    lines: FeatureTable,
    snap: float,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...

class SpaceTimeCube:
    """
    Counts by hexagon and time step.
    """
    @property
    def bin_of_incident(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def bounds(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def cells(self) -> dict: ...
    @property
    def counts(self) -> numpy.ndarray[numpy.int64]: ...
    @property
    def first_covered(self) -> float: ...
    @property
    def holds_end(self) -> bool: ...
    @property
    def last_covered(self) -> float: ...
    @property
    def outside(self) -> int: ...

def dbscan(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    geodesic: bool,
    radius: float,
    least: int,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def emerging_hotspots(
    cube: SpaceTimeCube,
    *,
    rings: int = 1,
    steps_back: int = 1,
    level: float = 0.05,
    trend_level: float = 0.05,
    method: str = "automatic",
    adjustment: str = "Benjamini-Hochberg",
    seed: int = 0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def mann_kendall(values: numpy.ndarray[numpy.float64], rows: int) -> dict: ...
def mann_kendall_exact_p(values: numpy.ndarray[numpy.float64]) -> float | None: ...
def space_time_cube(
    grid: HexGrid,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    times: numpy.ndarray[numpy.int64],
    sizes: numpy.ndarray[numpy.int64],
    *,
    step_seconds: int,
    step_months: int,
    alignment: str = "end",
    reference: int = 0,
    keep_empty: bool = True,
) -> SpaceTimeCube: ...
def st_dbscan(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    times: numpy.ndarray[numpy.int64],
    geodesic: bool,
    radius: float,
    duration: int,
    least: int,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def hdbscan(
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    geodesic: bool,
    least_cluster: int,
    least: int,
    selection: str,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def network_dbscan(
    lines: FeatureTable,
    geodesic: bool,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    snap: float,
    times: numpy.ndarray[numpy.int64] | None,
    radius: float,
    duration: int,
    least: int,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def network_hdbscan(
    lines: FeatureTable,
    geodesic: bool,
    x: numpy.ndarray[numpy.float64],
    y: numpy.ndarray[numpy.float64],
    snap: float,
    least_cluster: int,
    least: int,
    selection: str,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...

REPORTING_CAUTION: str

def aoristic_cycle(
    begin: numpy.ndarray[numpy.int64],
    end: numpy.ndarray[numpy.int64],
    valid: numpy.ndarray[numpy.uint8],
    cycle: str,
    sizes: numpy.ndarray[numpy.int64],
) -> dict: ...
def aoristic_weights(
    begin: numpy.ndarray[numpy.int64],
    end: numpy.ndarray[numpy.int64],
    valid: numpy.ndarray[numpy.uint8],
    boundaries: numpy.ndarray[numpy.int64],
    sizes: numpy.ndarray[numpy.int64],
) -> dict: ...
def count_by_group(
    by: list[str],
    values: list[list[list[str]]],
    low: numpy.ndarray[numpy.int64],
    high: numpy.ndarray[numpy.int64],
) -> dict: ...
def directly_standardised(
    strata: int,
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    standard: numpy.ndarray[numpy.float64],
) -> dict: ...
def empirical_bayes_standardised(
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    effort: numpy.ndarray[numpy.float64],
) -> dict: ...
def evaluate_prediction(
    periods: int,
    sizes: numpy.ndarray[numpy.float64],
    counts: numpy.ndarray[numpy.int64],
    origins: list[tuple[int, int, int]],
    scores: numpy.ndarray[numpy.float64],
    shares: list[float],
    *,
    seed: int = 0,
    replicates: int = 999,
    confidence: float = 0.95,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def exact_binomial_interval(
    hits: float, incidents: int, confidence: float = 0.95
) -> tuple[float, float] | None: ...
def excess_risk(
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    effort: numpy.ndarray[numpy.float64],
) -> dict: ...
def flagged_fractions(
    scores: numpy.ndarray[numpy.float64], sizes: numpy.ndarray[numpy.float64], share: float
) -> numpy.ndarray[numpy.float64]: ...
def global_empirical_bayes(
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    effort: numpy.ndarray[numpy.float64],
) -> dict: ...
def hold_out(periods: int, origin: int) -> list[tuple[int, int, int]]: ...
def indirectly_standardised(
    strata: int, counts: numpy.ndarray[numpy.float64], at_risk: numpy.ndarray[numpy.float64]
) -> dict: ...
def local_empirical_bayes(
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    effort: numpy.ndarray[numpy.float64],
    weights: Weights,
) -> dict: ...
def parse_counts(texts: list[str], column: str, least_hidden: int) -> dict: ...
def parse_time_spans(texts: list[str]) -> dict: ...
def predictive_accuracy(
    scores: numpy.ndarray[numpy.float64],
    sizes: numpy.ndarray[numpy.float64],
    later: numpy.ndarray[numpy.int64],
    earlier: numpy.ndarray[numpy.int64],
    share: float,
) -> dict: ...
def raw_rates(
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    effort: numpy.ndarray[numpy.float64],
) -> dict: ...
def read_incidents(
    table: FeatureTable, columns: dict[str, str], band_starts: list[int], least_hidden: int
) -> dict: ...
def rolling_origins(
    periods: int, least_seen: int, horizon: int, window: int
) -> list[tuple[int, int, int]]: ...
def rows_usable_as_points(
    precision: list[str], coarsest: str, coarser: str
) -> numpy.ndarray[numpy.int64]: ...
def spatial_rates(
    counts: numpy.ndarray[numpy.float64],
    at_risk: numpy.ndarray[numpy.float64],
    effort: numpy.ndarray[numpy.float64],
    weights: Weights,
) -> dict: ...
def spread_counts(
    area_of_record: numpy.ndarray[numpy.int64],
    area_of_cell: numpy.ndarray[numpy.int64],
    share: numpy.ndarray[numpy.float64],
    sizes: numpy.ndarray[numpy.int64],
) -> dict: ...
def censored_getis_ord(
    low: numpy.ndarray[numpy.int64],
    high: numpy.ndarray[numpy.int64],
    weights: Weights,
    *,
    adjustment: str = "Benjamini-Hochberg",
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def incident_fields() -> list[tuple[str, str, list[str]]]: ...
def judge(
    moving: Moving,
    loading: Loading,
    placements: list[list[int]],
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: tuple[list[float], float] | None = None,
    aware_share: float = 0.5,
    risk_aversion: float = 200.0,
    detour: float = 1.25,
    seconds: float = 60.0,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def fit_spread(
    network: Network,
    core: Core,
    reference: EdgeCosts,
    demand: Demand,
    places: Places,
    *,
    trace_origin: list[int],
    trace_destination: list[int],
    trace_edges: list[list[int]],
    post_edges: list[list[int]],
    counts: numpy.ndarray[numpy.float64],
    seed: int = 1,
    draws: int = 128,
    bandwidth: float = 0.1,
    distribution: str = "poisson",
    scale: float | None = None,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def contour_bands(
    x: float,
    y: float,
    cell: float,
    columns: int,
    rows: int,
    values: numpy.ndarray[numpy.float64],
    valid: numpy.ndarray[bool],
    levels: numpy.ndarray[numpy.float64],
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> typing.Any: ...
def write_geotiff(
    path: str,
    x: float,
    y: float,
    cell: float,
    columns: int,
    rows: int,
    values: numpy.ndarray[numpy.float64],
    valid: numpy.ndarray[bool],
    *,
    crs: str,
    title: str,
    unit: str,
    origin: str,
    source: Release | None,
    reason: str,
    report: typing.Any = None,
    threads: int = 0,
) -> None: ...
def diagnose(
    network: Network,
    *,
    reach_m: float = 10.0,
    detour: float = 5.0,
    speeds: dict[str, tuple[float, float]] = {},
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def save_network(
    built: BuiltNetwork, path: str, *, report: typing.Any = None, threads: int = 0
) -> None: ...
def load_network(path: str, *, report: typing.Any = None, threads: int = 0) -> BuiltNetwork: ...
def network_of_graph(
    nodes: FeatureTable, edges: FeatureTable, *, report: typing.Any = None, threads: int = 0
) -> BuiltNetwork: ...
def drawn_edges(network: Network) -> numpy.ndarray[numpy.bool_]: ...

class ChosenSiteRoutes:
    """
    Routes of a model of route choice, and their sites.
    """

def chosen_site_routes(
    core: Core,
    flows: ChosenFlows,
    sites: Sites,
    *,
    report: typing.Any = None,
    threads: int = 0,
) -> ChosenSiteRoutes: ...
def greedy_on_routes(
    routes: ChosenSiteRoutes,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: tuple[list[float], float] | None = None,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def capture_on_routes(
    routes: ChosenSiteRoutes,
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
def lawful_stops_on_routes(
    lawful: ChosenSiteRoutes,
    *,
    specificity: float,
    report: typing.Any = None,
    threads: int = 0,
) -> numpy.ndarray[numpy.float64]: ...
def frontier_on_routes(
    routes: ChosenSiteRoutes,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: list[float],
    points: int = 20,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def shortest_path_program(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    length: numpy.ndarray[numpy.float64],
    delay: numpy.ndarray[numpy.float64],
    sites: AttackSites,
    origin: numpy.ndarray[numpy.int64],
    destination: numpy.ndarray[numpy.int64],
    weight: numpy.ndarray[numpy.float64],
    *,
    budget: float,
    abandon_at: float | None = None,
) -> dict: ...
def max_flow_program(
    nodes: int,
    tail: numpy.ndarray[numpy.int64],
    head: numpy.ndarray[numpy.int64],
    capacity: numpy.ndarray[numpy.float64],
    sites: AttackSites,
    source: int,
    sink: int,
    *,
    budget: float,
) -> dict: ...
def evasive_capture_program(
    evaders: EvasivePairs,
    sites: AttackSites,
    *,
    budget: float,
    report: typing.Any = None,
    threads: int = 0,
) -> dict: ...
def read_angles(longitudes: list[str], latitudes: list[str]) -> dict: ...
def read_positions(texts: list[str], *, order: str = "latitude_first") -> dict: ...
