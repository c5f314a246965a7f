#pragma once

/// The words that options of local statistics may be.

#include <array>

#include "waywarden/hotspots/local_test.h"

namespace waywarden::bindings {

inline constexpr std::array kMethods = {ProbabilityMethod::automatic, ProbabilityMethod::exact,
                                        ProbabilityMethod::permutations};
inline constexpr std::array kAdjustments = {Adjustment::none, Adjustment::benjamini_hochberg,
                                            Adjustment::benjamini_yekutieli, Adjustment::bonferroni};
inline constexpr std::array kAlternatives = {Alternative::two_sided, Alternative::greater, Alternative::less};

}  // namespace waywarden::bindings
