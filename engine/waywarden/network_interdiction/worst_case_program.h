#pragma once

/// The worst-case placement problem as a compact integer program, for solvers that have no oracle: to check
/// this engine's own method against, or to extend with constraints of one's own.
///
///  - `potentials` (Pan and Morton 2008): per destination t and node i, the evasion from i to t, at least
///    that over each arc; where a team may watch the arc, at least r * next - (r - q) * bound of next * x,
///    and at least q * next. Exact. O(destinations x (nodes + arcs)) rows.
///  - `levels`: per pair one column, and per site one row, evasion >= V - (V - floor) * x, with V the evasion
///    where that site alone is not watched, as in worst_case.h, reduced to the rows that the budget leaves
///    open. Much smaller. A lower bound at every placement; exact as far as no path that is unwatched at two
///    sites at once beats all that are unwatched at one: re-evaluate what comes out (`greatest_evasion`).
///
/// The first columns are the sites of the problem, in its order, 1 where a team stands.

#include <cstdint>

#include "waywarden/base/execution.h"
#include "waywarden/network_interdiction/evasion_network.h"
#include "waywarden/network_interdiction/integer_program.h"

namespace waywarden {

enum class ProgramForm : std::uint8_t { potentials, levels };

/// Throws as `check` does.
IntegerProgram worst_case_program(const WorstCaseProblem& problem, ProgramForm form,
                                  const Execution& execution = {});

}  // namespace waywarden
