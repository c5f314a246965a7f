#include "waywarden/network_interdiction/detail/step_cut.h"

#include <algorithm>
#include <limits>

namespace waywarden::detail {
namespace {

/// Sums that differ by less are the same.
constexpr double kTie = 1e-9;

double sum_over(std::span<const std::uint32_t> sites, std::span<const double> x) {
  double sum = 0.0;
  for (const std::uint32_t site : sites) sum += x[site];
  return sum;
}

/// Adds up terms of the same site.
void merge(std::vector<std::pair<std::uint32_t, double>>& terms) {
  std::sort(terms.begin(), terms.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (kept > 0 && terms[kept - 1].first == terms[i].first) {
      terms[kept - 1].second += terms[i].second;
    } else {
      terms[kept++] = terms[i];
    }
  }
  terms.resize(kept);
}

class Staircase {
 public:
  explicit Staircase(const LevelledPair& pair) : pair_(pair) {}

  void descend(const Level& level) {
    if (step_ == nullptr) cut_.constant = level.evasion;
    close(level.evasion);
    step_ = &level;
  }

  StepCut cut() {
    if (step_ == nullptr) return {.constant = pair_.floor, .terms = {}};
    close(pair_.floor);
    merge(cut_.terms);
    return std::move(cut_);
  }

 private:
  void close(double next) {
    if (step_ == nullptr || step_->evasion == next) return;
    for (const std::uint32_t site : pair_.sites_of(*step_))
      cut_.terms.emplace_back(site, step_->evasion - next);
  }

  const LevelledPair& pair_;
  const Level* step_ = nullptr;
  StepCut cut_;
};

}  // namespace

double StepCut::at(std::span<const double> x) const {
  double value = constant;
  for (const auto& [site, weight] : terms) value -= weight * x[site];
  return value;
}

StepCut deepest_step_cut(const LevelledPair& pair, std::span<const double> x, std::span<const double> core) {
  Staircase stairs(pair);
  double least = 1.0;
  double least_core = std::numeric_limits<double>::infinity();
  for (const Level& level : pair.levels) {
    const auto sites = pair.sites_of(level);
    const double here = sum_over(sites, x);
    if (here > least + kTie) continue;
    const double here_core = sum_over(sites, core);
    if (here >= least - kTie && here_core >= least_core) continue;
    stairs.descend(level);
    least = std::min(here, least);
    least_core = here_core;
  }
  return stairs.cut();
}

}  // namespace waywarden::detail
