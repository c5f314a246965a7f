#pragma once

/// What a published hot-spot class gives away about the counts beneath it, in the form that a release is
/// audited with. The attacker is taken to know everything about the statistic but the counts: how many tests
/// were rejected at each level, the distribution under permutation, the mean. Then a class says that the
/// neighbours' sum lies in an interval, and which side of its expectation the sum with the cell itself is on.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/hotspots/getis_ord.h"
#include "waywarden/privacy/draft.h"

namespace waywarden {

/// `neighbours`: binary, without the cell itself. At least one fact per cell that has a class; each is true
/// of `counts`. Cost: one exact distribution per distinct count.
std::vector<ClassFact> hotspot_facts(std::span<const std::int64_t> counts, const Weights& neighbours,
                                     const GetisOrdResult& result, const Execution& execution);

}  // namespace waywarden
