#include "waywarden/density/relative_risk.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/density/kernel_sums.h"
#include "waywarden/density/kernel_table.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kDealt = 601;
/// Sums of the same kernels in another order differ by rounding: that is a tie.
constexpr double kTie = 1e-12;

std::vector<KernelEvent> events_of(std::span<const Point> points, double bandwidth) {
  std::vector<KernelEvent> events;
  for (const Point p : points) events.push_back({p, 1.0, bandwidth});
  put_in_order(events);
  return events;
}

RiskState state_of(bool inside, double cases, double controls) {
  if (!inside) return RiskState::outside;
  if (cases > 0.0 && controls > 0.0) return RiskState::defined;
  if (cases > 0.0) return RiskState::only_cases;
  return controls > 0.0 ? RiskState::only_controls : RiskState::no_events;
}

double upper_normal(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

/// Kernel sums of both kinds, without edge correction.
struct Sums {
  std::vector<double> cases, controls;
};

RelativeRisk log_ratios(const Sums& sums, double n_cases, double n_controls, const PlanarWindow& window,
                        const RasterGrid& grid, const Execution& execution) {
  const auto inside = cells_inside(grid, window, execution);
  RelativeRisk risk{grid, {}, {}, {}, {}};
  for (std::size_t i = 0; i < grid.size(); ++i) {
    risk.state.push_back(state_of(inside[i] != 0, sums.cases[i], sums.controls[i]));
    risk.log_ratio.emplace_back();
    if (risk.state[i] != RiskState::defined) continue;
    risk.log_ratio[i] = std::log(sums.cases[i] / n_cases) - std::log(sums.controls[i] / n_controls);
  }
  risk.p_upper.resize(grid.size());
  risk.p_lower.resize(grid.size());
  return risk;
}

/// Shares of the kernel inside, and of its square, around the middle of each cell.
struct EdgeShares {
  std::vector<double> kernel, square;
};

EdgeShares edge_shares(const RelativeRisk& risk, const RelativeRiskOptions& options,
                       const Execution& execution) {
  std::vector<double> mask;
  for (const RiskState state : risk.state) mask.push_back(state == RiskState::outside ? 0.0 : 1.0);
  SymmetricTable table = kernel_table(options.kernel, options.bandwidth, risk.grid);
  const auto mass = [&] {
    auto shares = convolved(mask, risk.grid.columns, risk.grid.rows, table, execution);
    for (double& share : shares) share *= risk.grid.cell_area();
    return shares;
  };
  EdgeShares shares{mass(), {}};
  for (double& density : table.quarter) density *= density;
  shares.square = mass();
  return shares;
}

void judge_by_normal(RelativeRisk& risk, const Sums& sums, double n_cases, double n_controls,
                     const RelativeRiskOptions& options, const Execution& execution) {
  const EdgeShares shares = edge_shares(risk, options, execution);
  const double kinds = 1 / n_cases + 1 / n_controls;
  for (std::size_t i = 0; i < risk.state.size(); ++i) {
    if (!risk.log_ratio[i]) continue;
    const double pooled = (sums.cases[i] + sums.controls[i]) / (n_cases + n_controls) / shares.kernel[i];
    const double spread = shares.square[i] / (shares.kernel[i] * shares.kernel[i]);
    const double z = *risk.log_ratio[i] / std::sqrt(spread * kinds / pooled);
    risk.p_upper[i] = upper_normal(z);
    risk.p_lower[i] = upper_normal(-z);
  }
}

/// Cases dealt anew over all places.
std::vector<KernelEvent> dealt_cases(std::span<const KernelEvent> all, std::size_t cases, std::uint64_t seed,
                                     std::uint64_t permutation) {
  RandomStream stream(seed, permutation, kDealt);
  std::vector<KernelEvent> dealt(all.begin(), all.end());
  for (std::size_t i = 0; i < cases; ++i) {
    std::swap(dealt[i], dealt[i + stream.below(static_cast<std::uint32_t>(dealt.size() - i))]);
  }
  dealt.resize(cases);
  put_in_order(dealt);
  return dealt;
}

/// How many permutations reached what was observed in each cell, from above and from below, and the observed.
struct Reached {
  std::vector<std::uint32_t> higher, lower;
};

/// All places keep their kernels, so that the ratio rises and falls with the sum of the cases alone.
void count(std::span<const double> dealt, const Sums& sums, Reached& reached) {
  for (std::size_t i = 0; i < dealt.size(); ++i) {
    const double slack = kTie * (sums.cases[i] + sums.controls[i]);
    reached.higher[i] += dealt[i] >= sums.cases[i] - slack ? 1U : 0U;
    reached.lower[i] += dealt[i] <= sums.cases[i] + slack ? 1U : 0U;
  }
}

/// In batches that run in parallel and take 32 MB at most, or one permutation.
Reached dealt_anew(const Sums& sums, std::span<const KernelEvent> all, std::size_t cases,
                   const RasterGrid& grid, const RelativeRiskOptions& options, const Execution& execution) {
  Reached reached{std::vector<std::uint32_t>(grid.size(), 1), std::vector<std::uint32_t>(grid.size(), 1)};
  const std::size_t batch = std::clamp<std::size_t>(4'000'000 / grid.size(), 1, 64);
  execution.start("permuting", options.permutations);
  for (std::size_t first = 0; first < options.permutations; first += batch) {
    std::vector<std::vector<double>> dealt(std::min(batch, options.permutations - first));
    parallel_for(dealt.size(), execution, [&](std::size_t i) {
      const auto chosen = dealt_cases(all, cases, options.seed, first + i);
      dealt[i] = kernel_sums(chosen, options.kernel, grid, {.threads = 1});
    });
    for (const auto& sum : dealt) count(sum, sums, reached);
    execution.advance(dealt.size());
  }
  return reached;
}

void judge_by_dealing(RelativeRisk& risk, const Reached& reached, std::size_t permutations) {
  const auto rounds = static_cast<double>(permutations + 1);
  for (std::size_t i = 0; i < risk.state.size(); ++i) {
    if (!risk.log_ratio[i]) continue;
    risk.p_upper[i] = reached.higher[i] / rounds;
    risk.p_lower[i] = reached.lower[i] / rounds;
  }
}

void require_input(std::span<const Point> cases, std::span<const Point> controls, const PlanarWindow& window,
                   const RasterGrid& grid, const RelativeRiskOptions& options) {
  if (cases.empty() || controls.empty()) throw InputError("relative risk needs cases and controls");
  require_inside(window, cases);
  require_inside(window, controls);
  if (!(options.bandwidth > 0.0) || !std::isfinite(options.bandwidth)) {
    throw OptionError("a bandwidth must be finite and above 0");
  }
  if (grid.size() == 0 || !(grid.cell > 0.0)) throw OptionError("a raster must have cells");
}

}  // namespace

std::string name(RiskState state) {
  switch (state) {
    case RiskState::defined:
      return "defined";
    case RiskState::outside:
      return "outside";
    case RiskState::only_cases:
      return "only_cases";
    case RiskState::only_controls:
      return "only_controls";
    case RiskState::no_events:
      return "no_events";
  }
  throw OptionError("no such state");
}

RelativeRisk relative_risk(std::span<const Point> cases, std::span<const Point> controls,
                           const PlanarWindow& window, const RasterGrid& grid,
                           const RelativeRiskOptions& options, const Execution& execution) {
  require_input(cases, controls, window, grid, options);
  auto all = events_of(cases, options.bandwidth), others = events_of(controls, options.bandwidth);
  const Sums sums{kernel_sums(all, options.kernel, grid, execution),
                  kernel_sums(others, options.kernel, grid, execution)};
  const auto n_cases = static_cast<double>(cases.size()), n_controls = static_cast<double>(controls.size());
  RelativeRisk risk = log_ratios(sums, n_cases, n_controls, window, grid, execution);
  if (options.permutations == 0) {
    judge_by_normal(risk, sums, n_cases, n_controls, options, execution);
    return risk;
  }
  all.insert(all.end(), others.begin(), others.end());
  put_in_order(all);
  judge_by_dealing(risk, dealt_anew(sums, all, cases.size(), grid, options, execution), options.permutations);
  return risk;
}

}  // namespace waywarden
