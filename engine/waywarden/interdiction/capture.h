#pragma once

/// Expected capture of evaders who know of no team, as far as the time allows to prove: greedy within the
/// limits (greedy.h), exchanges of one site for another (swaps.h), then branch and bound (certificate.h). The
/// answer is a nested list, its sites in the order of what each adds to those before it, required ones first,
/// with the marginal gains as columns. Its bound is the least that any of the steps proved.
///
/// Nested lists of every length are optimal at no length but by luck: the list is as good as stated only as a
/// whole.

#include <cstddef>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/certificate.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/interdiction/site_routes.h"

namespace waywarden {

struct CaptureOptions {
  /// Exchanges at most; 0 for none.
  int exchanges = 200;
  /// No nodes: no proof is tried.
  CertificateLimits search = {};
  /// Of routes that branch, nodes while their ways are listed, as a proof needs them.
  std::size_t listed = 500000;
};

/// `trees` of `draws` draws in which `journeys` (mean over draws) are attempted. Status `gap` where no proof
/// was tried, `limit` where it did not end. Throws as `greedy_placement` and `certify`.
Placement capture_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                            const Sites& sites, const Limits& limits, const CaptureOptions& options,
                            const Execution& execution);

/// On routes chosen by any model. Where they branch too often to be listed, exchanges are made and no proof
/// is tried: status `gap`, under greedy's bound.
Placement capture_placement(const SiteRoutes& routes, double journeys, const Sites& sites,
                            const Limits& limits, const CaptureOptions& options, const Execution& execution);

}  // namespace waywarden
