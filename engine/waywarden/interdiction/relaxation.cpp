#include "waywarden/interdiction/relaxation.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace waywarden {
namespace {

/// Sums of hazards that lie closer are one.
constexpr double kSame = 1e-12;
/// SiteWays with more values of H have the curve itself.
constexpr std::size_t kMostSums = 256;

struct Line {
  double constant;
  double slope;
};

/// 1 - exp(-H) at the values that H can take.
class Curve {
 public:
  /// Of each group its hazards.
  explicit Curve(const std::vector<std::vector<double>>& groups) {
    for (const std::vector<double>& hazards : groups) {
      last_ += *std::ranges::max_element(hazards);
      if (!sum_.empty()) add(hazards);
    }
  }

  Line line_at(double sum) const {
    if (sum >= last_) return {-std::expm1(-last_), 0.0};
    if (sum_.empty()) return tangent(sum);
    const auto above = std::upper_bound(sum_.begin(), sum_.end(), sum);
    if (above == sum_.end()) return {-std::expm1(-last_), 0.0};
    return chord(*(above - 1), *above);
  }

 private:
  static Line tangent(double sum) {
    const double slope = std::exp(-sum);
    return {-std::expm1(-sum) - slope * sum, slope};
  }
  static Line chord(double low, double high) {
    const double of_low = -std::expm1(-low), slope = (-std::expm1(-high) - of_low) / (high - low);
    return {of_low - slope * low, slope};
  }

  void add(const std::vector<double>& hazards) {
    std::vector<double> more = sum_;
    for (const double hazard : hazards) {
      for (const double sum : sum_) more.push_back(sum + hazard);
    }
    std::ranges::sort(more);
    const auto same = [](double a, double b) { return b - a <= kSame; };
    more.erase(std::unique(more.begin(), more.end(), same), more.end());
    sum_ = more.size() <= kMostSums ? std::move(more) : std::vector<double>{};
  }

  std::vector<double> sum_{0.0};
  double last_ = 0.0;
};

/// Hazards of all passages, and each way's curve; ways with the same hazards share one.
class Curves {
 public:
  explicit Curves(const SiteWays& ways) {
    for (const Passage& p : ways.passage) hazard_.push_back(-std::log1p(-p.detection));
    std::map<std::vector<std::vector<double>>, std::uint32_t> known;
    for (std::size_t way = 0; way < ways.size(); ++way) {
      const auto groups = groups_of(ways, way);
      const auto [entry, is_new] = known.emplace(groups, static_cast<std::uint32_t>(curves_.size()));
      if (is_new) curves_.emplace_back(groups);
      curve_.push_back(entry->second);
    }
  }

  double hazard(std::size_t passage) const { return hazard_[passage]; }
  Line line_at(std::size_t way, double sum) const { return curves_[curve_[way]].line_at(sum); }

 private:
  std::vector<std::vector<double>> groups_of(const SiteWays& ways, std::size_t way) const {
    std::vector<std::vector<double>> groups;
    for (std::uint32_t i = ways.first[way]; i < ways.first[way + 1]; ++i) {
      if (i == ways.first[way] || ways.passage[i].group != ways.passage[i - 1].group) groups.emplace_back();
      groups.back().push_back(hazard_[i]);
    }
    for (auto& group : groups) std::ranges::sort(group);
    std::ranges::sort(groups);
    return groups;
  }

  std::vector<double> hazard_;
  std::vector<Curve> curves_;
  std::vector<std::uint32_t> curve_;
};

/// The majorant that touches the relaxed curve where sites are taken in part.
Majorant touching(const SiteWays& ways, const Curves& curves, const std::vector<double>& share) {
  Majorant m{0.0, std::vector<double>(ways.sites, 0.0)};
  for (std::size_t way = 0; way < ways.size(); ++way) {
    double sum = 0.0;
    for (std::uint32_t i = ways.first[way]; i < ways.first[way + 1]; ++i)
      sum += curves.hazard(i) * share[ways.passage[i].site];
    const Line line = curves.line_at(way, sum);
    m.constant += ways.journeys[way] * line.constant;
    const double slope = ways.journeys[way] * line.slope;
    if (slope == 0.0) continue;
    for (std::uint32_t i = ways.first[way]; i < ways.first[way + 1]; ++i)
      m.slope[ways.passage[i].site] += slope * curves.hazard(i);
  }
  return m;
}

Majorant mixed(const Majorant& a, const Majorant& b, double share_of_b) {
  Majorant m{(1.0 - share_of_b) * a.constant + share_of_b * b.constant, a.slope};
  for (std::size_t i = 0; i < m.slope.size(); ++i)
    m.slope[i] = (1.0 - share_of_b) * a.slope[i] + share_of_b * b.slope[i];
  return m;
}

/// A majorant with all limits but the first priced into it.
Majorant priced(const Majorant& m, const Limits& limits, std::span<const double> prices) {
  PricedValues slope = price(m.slope, limits, prices);
  return {m.constant + slope.constant, std::move(slope.values)};
}

KnapsackBound knapsack_of(const Majorant& priced, const Limits& limits) {
  return fractional_knapsack(priced.slope, limits.front().use, limits.front().capacity);
}

MajorantBound reduced_at(const Majorant& priced, const Limits& limits) {
  const KnapsackBound best = knapsack_of(priced, limits);
  MajorantBound at{priced.constant + best.sum, priced.slope};
  for (std::size_t i = 0; i < at.reduced.size(); ++i) at.reduced[i] -= best.price * limits.front().use[i];
  return at;
}

/// Sites taken in part where the slope is within about `width` of the margin, all of the first limit used.
std::vector<double> softly_best(const Majorant& priced, const Limit& limit, double width) {
  const std::size_t sites = priced.slope.size();
  std::vector<double> share(sites, 0.0);
  const auto fill = [&](double price) {
    double used = 0.0;
    for (std::size_t i = 0; i < sites; ++i) {
      const double above = (priced.slope[i] / limit.use[i] - price) / width;
      share[i] = priced.slope[i] > 0.0 ? std::clamp(0.5 + above, 0.0, 1.0) : 0.0;
      used += limit.use[i] * share[i];
    }
    return used;
  };
  double low = 0.0, high = width;
  for (std::size_t i = 0; i < sites; ++i) high = std::max(high, priced.slope[i] / limit.use[i] + width);
  if (fill(-width) <= limit.capacity) return share;
  low = -width;
  for (int step = 0; step < 50; ++step) {
    const double middle = 0.5 * (low + high);
    (fill(middle) > limit.capacity ? low : high) = middle;
  }
  fill(high);
  return share;
}

class Descent {
 public:
  Descent(const Subproblem& problem, const Majorant& start)
      : problem_(problem), curves_(problem.ways), prices_(problem.limits.size(), 0.0) {
    const std::vector<double> none(problem.ways.sites, 0.0);
    result_.share = none;
    result_.majorant = start.slope.empty() ? touching(problem.ways, curves_, none) : start;
    reprice();
    width_ = 2.0 * margin();
  }

  Relaxation descend(const RelaxationOptions& options, const Execution& execution) {
    double earlier = result_.at.bound;
    const int stretch = std::max(1, options.rounds / 4);
    while (result_.rounds < options.rounds && result_.at.bound > options.target && width_ > 0.0) {
      execution.check();
      step();
      if (result_.rounds % stretch != 0) continue;
      if (earlier - result_.at.bound < options.least_progress * (earlier - options.target)) break;
      earlier = result_.at.bound;
    }
    return std::move(result_);
  }

 private:
  double margin() const {
    const Majorant m = priced(result_.majorant, problem_.limits, prices_);
    const KnapsackBound best = knapsack_of(m, problem_.limits);
    if (best.price > 0.0) return best.price;
    double largest = 0.0;
    for (std::size_t i = 0; i < m.slope.size(); ++i)
      largest = std::max(largest, m.slope[i] / problem_.limits.front().use[i]);
    return largest;
  }

  void step() {
    ++result_.rounds;
    const Limits& limits = problem_.limits;
    const double width = width_ / (1.0 + 0.25 * result_.rounds);
    const std::vector<double> share =
        softly_best(priced(result_.majorant, limits, prices_), limits.front(), width);
    const Majorant next = touching(problem_.ways, curves_, share);
    const double part = best_part(next);
    if (part > 0.0) result_.majorant = mixed(result_.majorant, next, part);
    const double averaged = std::max(part, 2.0 / (result_.rounds + 1.0));
    for (std::size_t i = 0; i < share.size(); ++i)
      result_.share[i] += averaged * (share[i] - result_.share[i]);
    if (limits.size() > 1 && result_.rounds % 16 == 0) reprice();
    result_.at = reduced_at(priced(result_.majorant, limits, prices_), limits);
  }

  /// How much of the new majorant makes the bound least: bisection on the sign of the derivative.
  double best_part(const Majorant& next) const {
    const Majorant from = priced(result_.majorant, problem_.limits, prices_);
    const Majorant to = priced(next, problem_.limits, prices_);
    double low = 0.0, high = 1.0;
    for (int step = 0; step < 10; ++step) {
      const double middle = 0.5 * (low + high);
      (falls_beyond(from, to, middle) ? low : high) = middle;
    }
    return low;
  }

  /// The slope of the bound from one majorant to the other.
  bool falls_beyond(const Majorant& from, const Majorant& to, double part) const {
    const KnapsackBound best = knapsack_of(mixed(from, to, part), problem_.limits);
    double slope = to.constant - from.constant;
    for (std::size_t i = 0; i < best.share.size(); ++i)
      slope += best.share[i] * (to.slope[i] - from.slope[i]);
    return slope < 0.0;
  }

  void reprice() {
    prices_ = best_prices(result_.majorant.slope, problem_.limits);
    result_.at = reduced_at(priced(result_.majorant, problem_.limits, prices_), problem_.limits);
  }

  const Subproblem& problem_;
  Curves curves_;
  std::vector<double> prices_;
  Relaxation result_;
  double width_ = 0.0;
};

}  // namespace

MajorantBound bound_of(const Majorant& majorant, const Limits& limits) {
  return reduced_at(priced(majorant, limits, best_prices(majorant.slope, limits)), limits);
}

Relaxation relax(const Subproblem& problem, const Majorant& start, const RelaxationOptions& options,
                 const Execution& execution) {
  return Descent(problem, start).descend(options, execution);
}

}  // namespace waywarden
