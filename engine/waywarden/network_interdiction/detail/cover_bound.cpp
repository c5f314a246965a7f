#include "waywarden/network_interdiction/detail/cover_bound.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace waywarden::detail {
namespace {

/// Sites by what they add per cost, best first, ties by site; free ones before all others.
void order_by_yield(std::vector<CoverTerm>& terms, std::span<const double> cost) {
  std::sort(terms.begin(), terms.end(), [&](const CoverTerm& a, const CoverTerm& b) {
    const double of_a = a.amount * cost[b.site], of_b = b.amount * cost[a.site];
    return of_a != of_b ? of_a > of_b : a.site < b.site;
  });
}

/// Continuous knapsack over terms of positive amount: visit(term, share taken), best first.
template <class Visit>
void fill_knapsack(std::vector<CoverTerm>& terms, std::span<const double> cost, double budget, Visit visit) {
  order_by_yield(terms, cost);
  for (const CoverTerm& term : terms) {
    const double share = cost[term.site] <= budget ? 1.0 : budget / cost[term.site];
    visit(term, share);
    budget -= share * cost[term.site];
    if (share < 1.0) return;
  }
}

/// The nearest point at which no entry is negative and all add up to 1.
void project_on_simplex(std::vector<double>& point) {
  std::vector<double> sorted = point;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double sum = 0.0, shift = 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    sum += sorted[i];
    const double candidate = (sum - 1.0) / static_cast<double>(i + 1);
    if (sorted[i] - candidate <= 0.0) break;
    shift = candidate;
  }
  for (double& value : point) value = std::max(0.0, value - shift);
}

/// The bound as a function of the combination, one vector per pair: the rows' shares, then the cap's.
class Combination {
 public:
  Combination(const CoverPool& pool, const OpenRows& open, std::span<const double> cost)
      : open_(open),
        cost_(cost),
        share_(open.weight.size()),
        slope_(share_),
        taken_(cost.size()),
        gain_(cost.size()) {
    for (const OpenRows::Row& row : open.rows)
      share_[row.pair].push_back(pool.rows[row.pair][row.position].share);
    for (std::size_t k = 0; k < share_.size(); ++k) complete(share_[k], pool.cap_share[k]);
    slope_ = share_;
  }

  double bound() {
    double bound = gather_gains();
    std::vector<CoverTerm> terms;
    for (std::uint32_t i = 0; i < gain_.size(); ++i) {
      if (gain_[i] > 0.0) terms.push_back({i, gain_[i]});
    }
    std::fill(taken_.begin(), taken_.end(), 0.0);
    fill_knapsack(terms, cost_, open_.budget_left, [&](const CoverTerm& term, double share) {
      taken_[term.site] = share;
      bound += share * term.amount;
    });
    return bound;
  }

  /// Squared length of the bound's slope within the simplices.
  double find_slope() {
    std::vector<std::size_t> next(share_.size(), 0);
    for (const OpenRows::Row& row : open_.rows) {
      double value = row.base;
      for (const CoverTerm& term : row.terms) value += term.amount * taken_[term.site];
      slope_[row.pair][next[row.pair]++] = open_.weight[row.pair] * value;
    }
    double squares = 0.0;
    for (std::size_t k = 0; k < slope_.size(); ++k) {
      slope_[k].back() = open_.weight[k] * open_.cap[k];
      squares += centre(slope_[k]);
    }
    return squares;
  }

  void move(double step) {
    for (std::size_t k = 0; k < share_.size(); ++k) {
      for (std::size_t p = 0; p < share_[k].size(); ++p) share_[k][p] -= step * slope_[k][p];
      project_on_simplex(share_[k]);
    }
  }

  void write(CoverPool& pool) const {
    std::vector<std::size_t> next(share_.size(), 0);
    for (const OpenRows::Row& row : open_.rows) {
      pool.rows[row.pair][row.position].share = share_[row.pair][next[row.pair]++];
    }
    for (std::size_t k = 0; k < share_.size(); ++k) pool.cap_share[k] = share_[k].back();
  }

  const std::vector<double>& taken() const { return taken_; }
  const std::vector<double>& gain() const { return gain_; }

 private:
  static void complete(std::vector<double>& shares, double cap_share) {
    shares.push_back(cap_share);
    project_on_simplex(shares);
  }

  static double centre(std::vector<double>& slope) {
    double mean = 0.0, squares = 0.0;
    for (const double value : slope) mean += value / static_cast<double>(slope.size());
    for (double& value : slope) {
      value -= mean;
      squares += value * value;
    }
    return squares;
  }

  /// Returns what no site changes.
  double gather_gains() {
    std::fill(gain_.begin(), gain_.end(), 0.0);
    std::vector<std::size_t> next(share_.size(), 0);
    double constant = 0.0;
    for (const OpenRows::Row& row : open_.rows) {
      const double factor = open_.weight[row.pair] * share_[row.pair][next[row.pair]++];
      constant += factor * row.base;
      if (factor == 0.0) continue;
      for (const CoverTerm& term : row.terms) gain_[term.site] += factor * term.amount;
    }
    for (std::size_t k = 0; k < share_.size(); ++k)
      constant += open_.weight[k] * share_[k].back() * open_.cap[k];
    return constant;
  }

  const OpenRows& open_;
  std::span<const double> cost_;
  std::vector<std::vector<double>> share_;
  std::vector<std::vector<double>> slope_;
  std::vector<double> taken_;
  std::vector<double> gain_;
};

double spent_on(std::span<const Mark> marks, std::span<const double> cost) {
  double spent = 0.0;
  for (std::size_t i = 0; i < marks.size(); ++i) spent += marks[i] == Mark::in ? cost[i] : 0.0;
  return spent;
}

OpenRows::Row opened(const CoverRow& row, std::uint32_t position, const CoverProblem& problem,
                     std::span<const Mark> marks, double spent) {
  OpenRows::Row open{row.pair, position, row.base, {}};
  for (const CoverTerm& term : row.terms) {
    const Mark mark = marks[term.site];
    if (mark == Mark::in) open.base += term.amount;
    if (mark == Mark::open && affordable(spent + problem.sites.cost[term.site], problem.budget)) {
      open.terms.push_back(term);
    }
  }
  open.base = std::min(open.base, problem.cap[row.pair]);
  for (CoverTerm& term : open.terms) term.amount = std::min(term.amount, problem.cap[row.pair] - open.base);
  std::erase_if(open.terms, [](const CoverTerm& term) { return term.amount <= 0.0; });
  return open;
}

}  // namespace

double CoverPool::payoff(std::size_t pair, double cap, std::span<const std::uint8_t> chosen) const {
  double payoff = cap;
  for (const Pooled& pooled : rows[pair]) payoff = std::min(payoff, value_of(pooled.row, chosen));
  return payoff;
}

OpenRows open_rows(const CoverPool& pool, const CoverProblem& problem, std::span<const Mark> marks) {
  const double spent = spent_on(marks, problem.sites.cost);
  // Rounding in sums of costs must not make a choice look dearer here than `affordable` finds it.
  const double slack = 1e-9 * std::max(1.0, problem.budget);
  OpenRows open{{}, problem.weight, problem.cap, std::max(0.0, problem.budget - spent + slack)};
  for (const auto& of_pair : pool.rows) {
    for (std::uint32_t p = 0; p < of_pair.size(); ++p) {
      open.rows.push_back(opened(of_pair[p].row, p, problem, marks, spent));
    }
  }
  return open;
}

OpenRows reaching(const OpenRows& open, double target) {
  OpenRows lacking{{}, {1.0}, {1.0}, open.budget_left};
  for (OpenRows::Row row : open.rows) {
    const double lack = target - row.base;
    if (lack <= 0.0) continue;
    row.base = 0.0;
    for (CoverTerm& term : row.terms) term.amount = std::min(1.0, term.amount / lack);
    lacking.rows.push_back(std::move(row));
  }
  return lacking;
}

double row_by_row_bound(const OpenRows& open, std::span<const double> cost) {
  std::vector<double> payoff = open.cap;
  for (const OpenRows::Row& row : open.rows) {
    double value = row.base;
    std::vector<CoverTerm> terms = row.terms;
    fill_knapsack(terms, cost, open.budget_left,
                  [&](const CoverTerm& term, double share) { value += share * term.amount; });
    payoff[row.pair] = std::min(payoff[row.pair], value);
  }
  double bound = 0.0;
  for (std::size_t k = 0; k < payoff.size(); ++k) bound += open.weight[k] * payoff[k];
  return bound;
}

Relaxation relax(CoverPool& pool, const OpenRows& open, std::span<const double> cost, double enough,
                 std::size_t steps) {
  constexpr std::size_t kPatience = 5;
  Combination combination(pool, open, cost);
  Relaxation found{std::numeric_limits<double>::infinity(), std::vector<double>(cost.size(), 0.0), {}};
  double boldness = 1.0;
  std::size_t idle = 0, taken = 0;
  while (true) {
    const double bound = combination.bound();
    idle = bound < found.bound - 1e-6 * (found.bound - enough) ? 0 : idle + 1;
    found.bound = std::min(found.bound, bound);
    for (std::size_t i = 0; i < cost.size(); ++i) found.share[i] += combination.taken()[i];
    if (++taken >= steps || found.bound <= enough) break;
    if (idle >= kPatience) boldness *= 0.5, idle = 0;
    const double squares = combination.find_slope();
    if (squares <= 0.0) break;
    combination.move(boldness * (bound - enough) / squares);
  }
  for (double& share : found.share) share /= static_cast<double>(taken);
  found.gain = combination.gain();
  combination.write(pool);
  return found;
}

}  // namespace waywarden::detail
