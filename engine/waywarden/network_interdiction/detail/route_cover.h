#pragma once

/// The problem behind shortest-path interdiction and evasive capture: choose sites within a budget so as to
///
///   maximise  sum over pairs of weight * payoff,   payoff = min(cap, min over rows (base + sum of amounts of
///                                                               the chosen sites in the row))
///
/// where the rows of a pair, one per route, are too many to write down and an oracle names, for any choice,
/// one of each pair that gives its payoff exactly. Covering decomposition (Israeli and Wood 2002) as one
/// search tree: branch and bound over sites, in which every candidate is put before the oracle and the rows
/// it answers tighten all bounds from then on.
///
/// Bounds: for any convex combination of the rows of each pair (its cap is one more) a continuous knapsack
/// bounds the value; the combination is improved by projected subgradient steps, which start where the last
/// node ended (the linear relaxation of the master is the limit). With a single pair the question is asked as
/// "can the value reach T?", T just above the best known: each row shorter than T must then be covered, with
/// amounts cut off at what is lacking (super-valid inequalities).
///
/// Deterministic. A search node costs O(rows + sites log sites) per step and some calls of the oracle.

#include <functional>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/network_interdiction/attack_sites.h"

namespace waywarden::detail {

struct CoverTerm {
  std::uint32_t site = 0;
  double amount = 0.0;

  friend bool operator==(const CoverTerm&, const CoverTerm&) = default;
};

/// Holds for every choice of sites.
struct CoverRow {
  std::uint32_t pair = 0;
  double base = 0.0;
  /// By ascending site, each once.
  std::vector<CoverTerm> terms;
};

struct CoverAnswer {
  /// Per pair.
  std::vector<double> payoff;
  /// Of pairs below their cap.
  std::vector<CoverRow> rows;
};

struct CoverProblem {
  /// Per pair.
  std::vector<double> weight;
  std::vector<double> cap;
  const AttackSites& sites;
  double budget = 0.0;
  /// Values are whole multiples of this; 0 where nothing is known.
  double grain = 0.0;
  /// Takes a flag per site. A payoff never falls when a site is added.
  std::function<CoverAnswer(const std::vector<std::uint8_t>&)> ask;
};

struct CoverResult {
  std::vector<std::uint8_t> chosen;
  double value = 0.0;
  double bound = 0.0;
  Status status = Status::limit;
  std::size_t nodes = 0;
  std::size_t rows = 0;
};

CoverResult best_cover(const CoverProblem& problem, const SearchLimits& limits, const Execution& execution);

/// What a row says of a choice.
double value_of(const CoverRow& row, std::span<const std::uint8_t> chosen);

}  // namespace waywarden::detail
