#include "waywarden/network_interdiction/detail/branching.h"

#include <algorithm>
#include <cmath>

namespace waywarden::detail {
namespace {

constexpr double kIntegral = 1e-6;
constexpr std::size_t kReliable = 4;
constexpr std::size_t kTrialsPerNode = 10;
constexpr int kStepsPerTrial = 60;
/// Candidates tried in vain, after the best so far, before that is taken.
constexpr std::size_t kLookahead = 5;

double product_score(double down, double up) { return std::max(down, 1e-9) * std::max(up, 1e-9); }

}  // namespace

double Branching::gain(const std::vector<PseudoCost>& costs, std::size_t position, double distance) const {
  if (costs[position].trials > 0) {
    return distance * costs[position].sum / static_cast<double>(costs[position].trials);
  }
  double sum = 0.0;
  std::size_t trials = 0;
  for (const PseudoCost& cost : costs) {
    sum += cost.sum;
    trials += cost.trials;
  }
  return trials > 0 ? distance * sum / static_cast<double>(trials) : distance;
}

std::vector<Branching::Candidate> Branching::candidates(const WorstCaseMaster& master) const {
  std::vector<Candidate> found;
  const auto x = master.x();
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (master.low(i) == master.high(i) || x[i] < kIntegral || x[i] > 1.0 - kIntegral) continue;
    found.push_back({i, x[i], product_score(gain(down_, i, x[i]), gain(up_, i, 1.0 - x[i]))});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return found;
}

double Branching::trial(WorstCaseMaster& master, std::size_t position, double to) {
  const double low = master.low(position);
  const double high = master.high(position);
  master.set_bounds(position, to, to);
  master.solve(kStepsPerTrial);
  const double bound = master.bound();
  master.set_bounds(position, low, high);
  return bound;
}

std::optional<Branching::Choice> Branching::choose(WorstCaseMaster& master, double cutoff) {
  const std::vector<Candidate> order = candidates(master);
  if (order.empty()) return std::nullopt;
  const WorstCaseMaster::Basis basis = master.basis();
  const double bound = master.bound();
  Choice best{.position = order.front().position, .bound_down = bound, .bound_up = bound};
  double best_score = -1.0;
  std::size_t tried = 0;
  std::size_t in_vain = 0;
  for (const Candidate& candidate : order) {
    if (in_vain >= kLookahead) break;
    double score = candidate.score;
    double down = bound;
    double up = bound;
    const bool reliable =
        std::min(down_[candidate.position].trials, up_[candidate.position].trials) >= kReliable;
    if (!reliable && tried < kTrialsPerNode) {
      ++tried;
      down = trial(master, candidate.position, 0.0);
      master.restore(basis);
      up = trial(master, candidate.position, 1.0);
      master.restore(basis);
      const double gain_down = std::max(0.0, std::min(down, 2.0 * cutoff) - bound);
      const double gain_up = std::max(0.0, std::min(up, 2.0 * cutoff) - bound);
      down_[candidate.position].sum += gain_down / candidate.x;
      ++down_[candidate.position].trials;
      up_[candidate.position].sum += gain_up / (1.0 - candidate.x);
      ++up_[candidate.position].trials;
      score = product_score(gain_down, gain_up);
    }
    if (score > best_score) {
      best = {.position = candidate.position,
              .bound_down = std::max(down, bound),
              .bound_up = std::max(up, bound)};
      best_score = score;
      in_vain = 0;
    } else {
      ++in_vain;
    }
    if (best.bound_down >= cutoff || best.bound_up >= cutoff) break;
  }
  return best;
}

}  // namespace waywarden::detail
