#pragma once

/// The best placement within limits, or how far from it a given one can be: branch and bound, the node with
/// the highest bound first. At each node some sites are taken and some dropped; ways are contracted to the
/// others and the relaxation (relaxation.h) bounds what is left, starting from the majorant of the node
/// above. Sites are decided without branching where the bound without them, or with them, is not above the
/// best placement known. Sites that the same journeys pass with the same detection, one after the other, are
/// interchangeable: a later one by id is taken only after the earlier ones.
///
/// The bound reported is the largest over all nodes that are left, so it is valid whenever the search ends.
/// Limits of nodes and of work give the same answer on every machine; a limit of time does not. One thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/interdiction/ways.h"

namespace waywarden {

struct CertificateLimits {
  std::size_t nodes = 5000;
  /// Sites on ways visited while bounding: about as many per second as memory delivers, some 300 million.
  double passages = 2e9;
  std::optional<double> seconds = std::nullopt;
};

struct Certificate {
  /// Flag per site.
  std::vector<std::uint8_t> chosen;
  double caught = 0.0;
  double bound = 0.0;
  /// `optimal`, or `limit`.
  Status status = Status::limit;
  std::size_t nodes = 0;
};

/// From a placement that keeps the limits; sites that are `fixed` are part of every placement. Uses are
/// columns of `SiteWays::sites`. Never worse than the placement given. Throws `OptionError` for limits of
/// search that are negative or not finite.
Certificate certify(const SiteWays& ways, const Limits& limits, const std::vector<std::uint8_t>& chosen,
                    const std::vector<std::uint8_t>& fixed, const CertificateLimits& search,
                    const Execution& execution);

}  // namespace waywarden
