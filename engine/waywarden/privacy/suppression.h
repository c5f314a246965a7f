#pragma once

/// Which cells and classes a release has to keep back. Method and guarantees: release.h.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "waywarden/base/execution.h"
#include "waywarden/privacy/attack.h"
#include "waywarden/privacy/disclosure_rule.h"

namespace waywarden {

struct Suppression {
  Hidden hidden;
  /// Missing where the total is 1 to k - 1. (Count columns with such a sum are withheld.)
  std::map<std::string, std::optional<std::int64_t>> totals;
};

/// `draft` is what `knowledge` was made of. Throws `Cancelled`, and what `Attack` throws.
Suppression suppress(const Draft& draft, const Knowledge& knowledge, const DisclosureRule& rule,
                     const Execution& execution = {});

}  // namespace waywarden
