"""Where journeys can be interrupted: sites, teams, and how evaders react.

Journeys stopped count each journey once, whatever the number of teams it passes; detections are
independent. Every answer carries a bound that no placement within the same limits can pass
(Nemhauser, Wolsey and Fisher 1978).
"""

from __future__ import annotations

from ._attack_programs import (
    evasive_capture_program,
    max_flow_program,
    shortest_path_program,
)
from ._capture import Capture, capture, collateral_frontier, lawful_stops
from ._evasive_capture import Evaders, EvasiveCapture, evaders, evasive_capture
from ._flow_interdiction import (
    MinCostFlowInterdiction,
    MinimumCut,
    max_flow_interdiction,
    min_cost_flow_interdiction,
    minimum_cut,
)
from ._graph_interdiction import ShortestPathInterdiction, shortest_path_interdiction
from ._judge import Judgement, judge
from ._patrols import MixedPatrol, evader_frames, mixed_patrol
from ._placement import Displacement, Placement, place
from ._profit import ProfitPlan, break_profit, pair_routes, profit_frontier
from ._sites import Sites, sites
from ._worst_case import WorstCase, worst_case

__all__ = [
    "Capture",
    "Displacement",
    "Evaders",
    "EvasiveCapture",
    "MinCostFlowInterdiction",
    "Judgement",
    "MinimumCut",
    "MixedPatrol",
    "Placement",
    "ProfitPlan",
    "ShortestPathInterdiction",
    "Sites",
    "WorstCase",
    "break_profit",
    "capture",
    "collateral_frontier",
    "evader_frames",
    "evaders",
    "evasive_capture",
    "evasive_capture_program",
    "judge",
    "lawful_stops",
    "max_flow_interdiction",
    "max_flow_program",
    "min_cost_flow_interdiction",
    "minimum_cut",
    "mixed_patrol",
    "pair_routes",
    "place",
    "profit_frontier",
    "shortest_path_interdiction",
    "shortest_path_program",
    "sites",
    "worst_case",
]
