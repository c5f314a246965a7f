#pragma once

/// Junctions where lines merely cross: a vertex is put into both where two segments meet away from their
/// ends, and into one where the other's vertex lies on it. Only between lines that both say that a plain
/// crossing is a junction, on the same level; a line that crosses itself is cut there too.
///
/// The new vertex is the crossing rounded as all vertices are (`canonical`), which may bend a line by half a
/// centimetre and make it meet another: rounds are repeated until nothing new is met, four at most. Segments
/// are straight in degrees. Does not depend on the order of lines. O((n + k) log n) for n segments and k
/// pairs whose boxes meet.

#include <cstddef>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/network/noding.h"

namespace waywarden {

/// The lines, each with the vertices where it is met. Lines need canonical vertices, no two consecutive ones
/// equal. `junctions`: how many vertices were put in.
struct CrossedLines {
  std::vector<Link> lines;
  std::size_t junctions = 0;
};
CrossedLines with_junctions(std::vector<Link> lines, const Execution& execution);

}  // namespace waywarden
