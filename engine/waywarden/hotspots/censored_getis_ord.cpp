#include "waywarden/hotspots/censored_getis_ord.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/sample_sums.h"

namespace waywarden {
namespace {

constexpr std::int64_t kLargestCount = 1'000'000'000;
constexpr double kLargestTable = 16.0 * 1024 * 1024;
/// Relative; what rounding may do to a bound must not make a class sure.
constexpr double kRounding = 1e-12;

struct Bounds {
  double low = 0.0;
  double high = 0.0;
};

void require_usable(const CountRanges& counts, const Weights& weights) {
  require_valid(weights);
  if (counts.low.size() != counts.high.size() || counts.low.size() != weights.size())
    throw InputError("there must be one range and one row of weights per cell");
  for (std::size_t i = 0; i < counts.low.size(); ++i)
    if (counts.low[i] < 0 || counts.high[i] < counts.low[i] || counts.high[i] > kLargestCount)
      throw InputError("the range of cell " + std::to_string(i) +
                       " ends before it begins, or is not within 0 to 1e9");
  const std::vector<double> whole(counts.low.begin(), counts.low.end());
  if (!exact_applies(whole, without_self(weights)))
    throw OptionError("ranges of counts need equal weights within each row");
}

// ---- p

using Multiset = std::map<std::int64_t, std::size_t>;

void remove_one(Multiset& values, std::int64_t value) {
  const auto found = values.find(value);
  if (--found->second == 0) values.erase(found);
}

Multiset multiset(const std::vector<std::int64_t>& values) {
  Multiset all;
  for (const std::int64_t v : values) ++all[v];
  return all;
}

/// Both tails of one cell, the neighbours' counts at one end of their ranges, all others at the other.
Tails tails_at(const std::vector<std::int64_t>& near, const std::vector<std::int64_t>& far, Multiset all_far,
               std::span<const std::uint32_t> neighbours, std::size_t cell) {
  remove_one(all_far, far[cell]);
  std::int64_t sum = 0;
  for (const std::uint32_t j : neighbours) {
    remove_one(all_far, far[j]);
    sum += near[j];
  }
  for (const std::uint32_t j : neighbours) ++all_far[near[j]];
  const std::size_t k = neighbours.size();
  if (static_cast<double>(k + 1) * static_cast<double>(sum + 2) > kLargestTable)
    throw InputError("the counts around cell " + std::to_string(cell) + " are too large for exact tables");
  SampleSums sums(k, sum);
  for (const auto& [value, copies] : all_far) sums.add({value, copies});
  const SumTails tails(std::move(sums));
  return {tails.at_most(k, sum), tails.at_least(k, sum)};
}

struct TailBounds {
  Bounds lower;
  Bounds upper;

  Bounds p() const { return {Tails{lower.low, upper.low}.p(), Tails{lower.high, upper.high}.p()}; }
};

// ---- z

/// Where a function that rises from below 0 to above 0 over [low, high] changes its sign.
template <class Function>
double crossing(double low, double high, const Function& function) {
  for (int step = 0; step < 200 && low < high; ++step) {
    const double middle = low + (high - low) / 2.0;
    if (middle <= low || middle >= high) break;
    (function(middle) < 0.0 ? low : high) = middle;
  }
  return high;
}

/// Least and greatest sum of squared deviations from the mean, of counts in the ranges: the squared distances
/// of the ranges' nearest points from the best centre, and of their farthest points.
class SquareBounds {
 public:
  explicit SquareBounds(const CountRanges& counts) {
    for (std::size_t i = 0; i < counts.low.size(); ++i)
      ranges_.push_back({static_cast<double>(counts.low[i]), static_cast<double>(counts.high[i])});
    const auto before = [](const Bounds& a, const Bounds& b) {
      return a.low != b.low ? a.low < b.low : a.high < b.high;
    };
    std::sort(ranges_.begin(), ranges_.end(), before);
  }

  Bounds squares() const {
    if (ranges_.empty()) return {};
    double least = ranges_.front().low, most = 0.0;
    for (const Bounds& range : ranges_) most = std::max(most, range.high);
    const auto near = [&](double c) { return pull(c, nearest); };
    const auto far = [&](double c) { return pull(c, farthest); };
    return {spread(crossing(least, most, near), nearest), spread(crossing(least, most, far), farthest)};
  }

 private:
  using Point = double (*)(const Bounds&, double);

  static double nearest(const Bounds& range, double c) { return std::clamp(c, range.low, range.high); }
  static double farthest(const Bounds& range, double c) {
    return c - range.low > range.high - c ? range.low : range.high;
  }

  double pull(double c, Point point) const {
    double sum = 0.0;
    for (const Bounds& range : ranges_) sum += c - point(range, c);
    return sum;
  }
  double spread(double c, Point point) const {
    double sum = 0.0;
    for (const Bounds& range : ranges_) sum += (c - point(range, c)) * (c - point(range, c));
    return sum;
  }

  std::vector<Bounds> ranges_;
};

/// Of the weighted sum of a cell's neighbours less what is expected: sum over all of (w - W / n) x count.
struct RowWeights {
  double sum = 0.0;
  double squared = 0.0;
};

RowWeights row_weights(const Weights& summed, std::size_t cell) {
  std::vector<double> row;
  for (std::size_t e = summed.first[cell]; e < summed.first[cell + 1]; ++e)
    row.push_back(summed.weight_at(e));
  std::sort(row.begin(), row.end());
  RowWeights sums;
  for (const double w : row) {
    sums.sum += w;
    sums.squared += w * w;
  }
  return sums;
}

class ZBounds {
 public:
  ZBounds(const CountRanges& counts, const Weights& summed)
      : counts_(counts),
        summed_(summed),
        n_(static_cast<double>(counts.low.size())),
        squares_(SquareBounds(counts).squares()) {
    for (std::size_t i = 0; i < counts.low.size(); ++i) {
      all_low_ += counts.low[i];
      all_high_ += counts.high[i];
    }
  }

  /// n times the sum of squared weights less the square of their sum.
  double weight_spread(std::size_t cell) const {
    const RowWeights row = row_weights(summed_, cell);
    return n_ * row.squared - row.sum * row.sum;
  }

  bool some_are_no_neighbours(std::size_t cell) const {
    return weight_spread(cell) > 1e-12 * n_ * row_weights(summed_, cell).squared;
  }

  bool some_vary() const { return squares_.high > 0.0; }

  Bounds at(std::size_t cell) const {
    const Bounds top = numerator(cell);
    return {-quotient(-top.low, cell), quotient(top.high, cell)};
  }

 private:
  /// The others lower it, each by W / n; a neighbour raises it where its weight is above that.
  Bounds numerator(std::size_t cell) const {
    const double share = row_weights(summed_, cell).sum / n_;
    std::vector<double> low_terms = {-share * static_cast<double>(all_high_)};
    std::vector<double> high_terms = {-share * static_cast<double>(all_low_)};
    for (std::size_t e = summed_.first[cell]; e < summed_.first[cell + 1]; ++e) {
      const std::uint32_t j = summed_.neighbour[e];
      const auto low = static_cast<double>(counts_.low[j]), high = static_cast<double>(counts_.high[j]);
      const double w = summed_.weight_at(e) - share;
      low_terms.push_back(w * (w > 0.0 ? low : high) + share * high);
      high_terms.push_back(w * (w > 0.0 ? high : low) + share * low);
    }
    return {added(std::move(low_terms)), added(std::move(high_terms))};
  }

  static double added(std::vector<double> terms) {
    std::sort(terms.begin(), terms.end());
    double sum = 0.0;
    for (const double term : terms) sum += term;
    return sum;
  }

  /// The greatest z that a numerator of at most `top` can have.
  double quotient(double top, std::size_t cell) const {
    const double squares = top > 0.0 ? squares_.low : squares_.high;
    const double most = std::sqrt(n_ - 1.0);
    if (!(squares > 0.0)) return top > 0.0 ? most : 0.0;
    const double deviation = std::sqrt(squares / n_ * weight_spread(cell) / (n_ - 1.0));
    return std::clamp(top / deviation, -most, most);
  }

  const CountRanges& counts_;
  const Weights& summed_;
  double n_;
  Bounds squares_;
  std::int64_t all_low_ = 0, all_high_ = 0;
};

// ---- classes

/// From cold_99 = -3 over not_significant = 0 to hot_99 = 3, for the hot side.
int level(double q) { return q <= 0.01 ? 3 : q <= 0.05 ? 2 : q <= 0.10 ? 1 : 0; }

HotspotClass class_of(int level) {
  constexpr std::array kClasses = {
      HotspotClass::cold_99, HotspotClass::cold_95, HotspotClass::cold_90, HotspotClass::not_significant,
      HotspotClass::hot_90,  HotspotClass::hot_95,  HotspotClass::hot_99};
  const int position = level + 3;
  return kClasses.at(static_cast<std::size_t>(position));
}

/// The hottest level that is possible, seen from the hot side; from the cold side with z and tails swapped.
int hottest_level(double z_high, const Bounds& own_tail, const Bounds& other_tail, const Bounds& q) {
  const double least_q = q.low * (1.0 - kRounding), greatest_q = q.high * (1.0 + kRounding);
  const bool may_be_hot = z_high > -kRounding && own_tail.low < other_tail.high * (1.0 + kRounding);
  if (may_be_hot) return level(least_q);
  const bool is_cold = z_high < 0.0 && other_tail.high < own_tail.low;
  return is_cold ? -level(greatest_q) : 0;
}

class CensoredTest {
 public:
  CensoredTest(const CountRanges& counts, const Weights& weights)
      : counts_(counts),
        others_(without_self(weights)),
        summed_(with_self(weights)),
        z_(counts, summed_),
        all_low_(multiset(counts.low)),
        all_high_(multiset(counts.high)),
        tails_(counts.low.size()) {
    const std::size_t n = counts.low.size();
    out_.state.resize(n);
    for (auto* column : {&out_.z_low, &out_.z_high, &out_.p_low, &out_.p_high}) column->resize(n);
  }

  CensoredGetisOrd run(Adjustment adjustment, const Execution& execution) {
    execution.start("ranges of counts", tails_.size());
    parallel_for(tails_.size(), execution, [&](std::size_t cell) {
      bound(cell);
      execution.advance();
    });
    out_.adjustment = adjustment;
    out_.q_low = adjusted(out_.p_low, adjustment);
    out_.q_high = adjusted(out_.p_high, adjustment);
    for (std::size_t cell = 0; cell < tails_.size(); ++cell) classify(cell);
    return std::move(out_);
  }

 private:
  LocalState state(std::size_t cell) const {
    if (others_.neighbours(cell).empty()) return LocalState::island;
    if (!z_.some_vary()) return LocalState::constant;
    return z_.some_are_no_neighbours(cell) ? LocalState::defined : LocalState::all_neighbours;
  }

  void bound(std::size_t cell) {
    out_.state[cell] = state(cell);
    if (out_.state[cell] != LocalState::defined) return;
    const auto around = others_.neighbours(cell);
    const Tails hot = tails_at(counts_.high, counts_.low, all_low_, around, cell);
    const Tails cold = tails_at(counts_.low, counts_.high, all_high_, around, cell);
    tails_[cell] = {{cold.lower, hot.lower}, {hot.upper, cold.upper}};
    const Bounds p = tails_[cell].p(), z = z_.at(cell);
    out_.p_low[cell] = p.low;
    out_.p_high[cell] = p.high;
    out_.z_low[cell] = z.low;
    out_.z_high[cell] = z.high;
  }

  void classify(std::size_t cell) {
    if (out_.state[cell] != LocalState::defined) {
      out_.coldest.push_back(HotspotClass::undefined);
      out_.hottest.push_back(HotspotClass::undefined);
      return;
    }
    const TailBounds& tails = tails_[cell];
    const Bounds q = {*out_.q_low[cell], *out_.q_high[cell]};
    out_.hottest.push_back(class_of(hottest_level(*out_.z_high[cell], tails.upper, tails.lower, q)));
    out_.coldest.push_back(class_of(-hottest_level(-*out_.z_low[cell], tails.lower, tails.upper, q)));
  }

  const CountRanges& counts_;
  Weights others_;
  Weights summed_;
  ZBounds z_;
  Multiset all_low_, all_high_;
  std::vector<TailBounds> tails_;
  CensoredGetisOrd out_;
};

}  // namespace

std::size_t CensoredGetisOrd::sure() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < coldest.size(); ++i)
    count += coldest[i] == hottest[i] && coldest[i] != HotspotClass::undefined ? 1 : 0;
  return count;
}

CensoredGetisOrd censored_getis_ord(const CountRanges& counts, const Weights& weights, Adjustment adjustment,
                                    const Execution& execution) {
  require_usable(counts, weights);
  return CensoredTest(counts, weights).run(adjustment, execution);
}

}  // namespace waywarden
