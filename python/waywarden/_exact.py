"""Integer programs of the engine, solved by HiGHS where it is installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class ExactSolution:
    """What HiGHS found.

    Attributes
    ----------
    value, bound : float
        Of the best point, infinite where there is none, and of all points.
    point : numpy.ndarray
        One value per column; empty where no point was found.
    status : str
        In the words of HiGHS.
    """

    value: float
    bound: float
    point: np.ndarray
    status: str


def _highspy() -> Any:
    try:
        import highspy
    except ImportError as error:
        raise ImportError(
            "solving integer programs needs HiGHS: pip install waywarden[exact]"
        ) from error
    return highspy


def solve(
    program: Mapping[str, Any],
    *,
    gap: float = 1e-4,
    time_limit: float = float("inf"),
    threads: int = 1,
) -> ExactSolution:
    """Solve an integer program as the engine's functions return it.

    Parameters
    ----------
    program : mapping
        Columns of an ``IntegerProgram`` (engine/waywarden/network_interdiction/integer_program.h).
    gap : float
        Relative distance of value and bound at which to stop.
    time_limit : float
        In seconds.
    threads : int
        0 leaves the choice to HiGHS.

    Raises
    ------
    ImportError
        Where ``highspy`` is not installed.
    """
    highspy = _highspy()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("time_limit", time_limit)
    solver.setOptionValue("threads", threads)
    solver.passModel(_model(highspy, program))
    solver.run()
    information = solver.getInfo()
    found = information.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    has_integers = bool(np.any(program["integral"]))
    value = information.objective_function_value if found else float("inf")
    return ExactSolution(
        value=value,
        bound=information.mip_dual_bound if has_integers else value,
        point=np.array(solver.getSolution().col_value if found else []),
        status=solver.modelStatusToString(solver.getModelStatus()),
    )


def _model(highspy: Any, program: Mapping[str, Any]) -> Any:
    model = highspy.HighsLp()
    model.num_col_ = len(program["cost"])
    model.num_row_ = len(program["row_low"])
    model.offset_ = program["offset"]
    model.col_cost_ = program["cost"]
    model.col_lower_ = program["low"]
    model.col_upper_ = program["high"]
    model.row_lower_ = program["row_low"]
    model.row_upper_ = program["row_high"]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program["first"].astype(np.int32)
    model.a_matrix_.index_ = program["column"]
    model.a_matrix_.value_ = program["value"]
    kinds = highspy.HighsVarType
    model.integrality_ = [
        kinds.kInteger if integral else kinds.kContinuous for integral in program["integral"]
    ]
    return model
