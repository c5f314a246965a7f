#pragma once

/// Upper bounds on what sites can still add, from the rows known so far: see route_cover.h.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/network_interdiction/detail/route_cover.h"

namespace waywarden::detail {

/// Rows with the weight of each in the convex combination that bounds its pair.
struct CoverPool {
  struct Pooled {
    CoverRow row;
    double share = 0.0;
  };
  /// Per pair.
  std::vector<std::vector<Pooled>> rows;
  std::vector<double> cap_share;

  explicit CoverPool(std::size_t pairs) : rows(pairs), cap_share(pairs, 1.0) {}
  /// The payoff that the rows of a pair leave, at most its cap.
  double payoff(std::size_t pair, double cap, std::span<const std::uint8_t> chosen) const;
};

enum class Mark : std::uint8_t { open, in, out };

/// What the pool says where some sites are settled: `in` is part of every base, terms are open sites that
/// what is left of the budget can pay, amounts are cut off at the cap.
struct OpenRows {
  struct Row {
    std::uint32_t pair = 0;
    /// Position among the pair's rows in the pool.
    std::uint32_t position = 0;
    double base = 0.0;
    std::vector<CoverTerm> terms;
  };
  std::vector<Row> rows;
  /// Per pair.
  std::vector<double> weight;
  std::vector<double> cap;
  double budget_left = 0.0;
};

OpenRows open_rows(const CoverPool& pool, const CoverProblem& problem, std::span<const Mark> marks);

/// The question whether the only pair can reach `target`: rows that already do are left out, others are
/// measured by what they lack, so that the value is 1 where the answer is yes.
OpenRows reaching(const OpenRows& open, double target);

/// Each pair by its worst row alone.
double row_by_row_bound(const OpenRows& open, std::span<const double> cost);

struct Relaxation {
  double bound = 0.0;
  /// Per site: how often the relaxed choice takes it, in [0, 1], and what it adds under the final
  /// combination.
  std::vector<double> share;
  std::vector<double> gain;
};

/// Improves the pool's combination in place, at most `steps` times, and stops when the bound is at most
/// `enough`.
Relaxation relax(CoverPool& pool, const OpenRows& open, std::span<const double> cost, double enough,
                 std::size_t steps);

}  // namespace waywarden::detail
