#include "waywarden/flow/exposure.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace waywarden {
namespace {

constexpr std::size_t kBlock = 4096;

/// Sums of differences from the first draw: nothing cancels, and equal draws have no error.
struct Moments {
  double first = 0.0;
  double sum = 0.0;
  double squares = 0.0;

  void add(double value, std::size_t draw) {
    if (draw == 0) first = value;
    sum += value - first;
    squares += (value - first) * (value - first);
  }

  Estimate estimate(std::size_t draws) const {
    if (draws < 2) return {first, 0.0};
    const auto n = static_cast<double>(draws);
    const double variance = std::max(0.0, (squares - sum * sum / n) / (n - 1.0));
    return {first + sum / n, std::sqrt(variance / n)};
  }
};

/// Journeys on the arcs that carry any, a row of all draws for each: whoever asks about an arc reads one
/// place.
class UsedArcs {
 public:
  UsedArcs(const Core& core, const ArcJourneys& journeys, const Execution& execution)
      : core_(core), draws_(journeys.size()), row_(core.arc_count(), kUnused) {
    const std::vector<std::uint32_t> used = number_rows(journeys);
    values_.resize(used.size() * draws_);
    parallel_for((used.size() + kBlock - 1) / kBlock, execution, [&](std::size_t block) {
      const std::size_t last = std::min(used.size(), (block + 1) * kBlock);
      for (std::size_t draw = 0; draw < draws_; ++draw) {
        for (std::size_t i = block * kBlock; i < last; ++i) {
          values_[i * draws_ + draw] = journeys[draw][used[i]];
        }
      }
    });
  }

  /// Per draw; nothing where the edge carries none in any draw, as most do.
  std::span<const double> operator()(EdgeId e) const {
    const CoreArc arc = e.exists() ? core_.arc(e) : CoreArc::none();
    if (!arc.exists() || row_[arc.index()] == kUnused) return {};
    return std::span(values_).subspan(row_[arc.index()] * draws_, draws_);
  }

  std::size_t draws() const { return draws_; }

 private:
  static constexpr std::uint32_t kUnused = 0xFFFFFFFF;

  /// The arcs with a row, in their order.
  std::vector<std::uint32_t> number_rows(const ArcJourneys& journeys) {
    for (const std::vector<double>& draw : journeys) {
      for (std::size_t a = 0; a < draw.size(); ++a) {
        if (draw[a] != 0.0) row_[a] = 0;
      }
    }
    std::vector<std::uint32_t> used;
    for (std::size_t a = 0; a < row_.size(); ++a) {
      if (row_[a] == kUnused) continue;
      row_[a] = static_cast<std::uint32_t>(used.size());
      used.push_back(static_cast<std::uint32_t>(a));
    }
    return used;
  }

  const Core& core_;
  std::size_t draws_;
  /// Per arc.
  std::vector<std::uint32_t> row_;
  std::vector<double> values_;
};

/// Adds the journeys of some edges to `sum`, per draw; false when they carry none in any draw.
template <class Edges>
bool add_journeys(const UsedArcs& on, const Edges& edges, std::vector<double>& sum) {
  bool any = false;
  for (const EdgeId e : edges) {
    const std::span<const double> journeys = on(e);
    any |= !journeys.empty();
    for (std::size_t draw = 0; draw < journeys.size(); ++draw) sum[draw] += journeys[draw];
  }
  return any;
}

/// Estimates of `count` quantities: `least` of each, and the sum over edges(i) on top of that.
template <class Least, class Edges>
Estimates estimates(std::size_t count, const UsedArcs& on, const Execution& execution, const Least& least,
                    const Edges& edges) {
  Estimates result{std::vector<double>(count), std::vector<double>(count)};
  parallel_for((count + kBlock - 1) / kBlock, execution, [&](std::size_t block) {
    std::vector<double> sum(on.draws(), 0.0);
    for (std::size_t i = block * kBlock; i < std::min(count, (block + 1) * kBlock); ++i) {
      result.mean[i] = least(i);
      if (!add_journeys(on, edges(i), sum)) continue;
      for (double& one : sum) one += least(i);
      const Estimate found = estimate(sum);
      result.mean[i] = found.mean;
      result.standard_error[i] = found.standard_error;
      std::fill(sum.begin(), sum.end(), 0.0);
    }
  });
  return result;
}

std::vector<EdgeId> used_edges(const Network& network, const UsedArcs& on) {
  std::vector<EdgeId> used;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (!on(EdgeId(e)).empty()) used.push_back(EdgeId(e));
  }
  return used;
}

/// Journey-kilometres by a class of the edge.
template <class Class>
Estimates kilometres(const Network& network, std::size_t classes, const UsedArcs& on,
                     std::span<const EdgeId> used, const Class& class_of) {
  std::vector<std::vector<double>> sums(classes, std::vector<double>(on.draws(), 0.0));
  for (const EdgeId e : used) {
    std::vector<double>& sum = sums[class_of(e.index())];
    const double length = network.columns().length_m[e.index()];
    for (std::size_t draw = 0; draw < sum.size(); ++draw) sum[draw] += on(e)[draw] * length / 1000.0;
  }
  Estimates result;
  for (const std::vector<double>& sum : sums) {
    const Estimate one = sum.empty() ? Estimate{} : estimate(sum);
    result.mean.push_back(one.mean);
    result.standard_error.push_back(one.standard_error);
  }
  return result;
}

}  // namespace

Estimate estimate(std::span<const double> values) {
  Moments moments;
  for (std::size_t draw = 0; draw < values.size(); ++draw) moments.add(values[draw], draw);
  return moments.estimate(values.size());
}

ArcJourneys arc_journeys(const Core& core, const Forest& forest, const Execution& execution) {
  ArcJourneys journeys(forest.draws, std::vector<double>(core.arc_count(), 0.0));
  parallel_for(forest.draws, execution, [&](std::size_t draw) {
    for (std::size_t d = 0; d < forest.destinations; ++d) {
      const FlowTree& tree = forest.tree(draw, d);
      for (std::size_t i = 0; i < tree.size(); ++i) journeys[draw][tree.arc[i].index()] += tree.journeys[i];
    }
  });
  return journeys;
}

Exposure exposure(const Network& network, const Core& core, const ArcJourneys& journeys,
                  std::span<const double> departures, const Execution& execution) {
  const UsedArcs on(core, journeys, execution);
  const NetworkColumns& columns = network.columns();
  const Crossings& crossings = network.crossings();
  const std::size_t countries = columns.countries.size();
  const std::vector<EdgeId> used = used_edges(network, on);
  const auto nobody = [](std::size_t) { return 0.0; };
  Exposure result;
  result.edge = estimates(network.edge_count(), on, execution, nobody,
                          [](std::size_t e) { return std::array{EdgeId(e)}; });
  result.node = estimates(
      network.node_count(), on, execution, [&](std::size_t n) { return departures[n]; },
      [&](std::size_t n) {
        const std::uint32_t first = network.first_in()[n];
        return network.in_edges().subspan(first, network.first_in()[n + 1] - first);
      });
  result.crossing = estimates(crossings.size(), on, execution, nobody, [&](std::size_t c) {
    return std::array{crossings.a_to_b[c], crossings.b_to_a[c]};
  });
  result.mode_km = kilometres(network, kModeCount, on, used,
                              [&](std::size_t e) { return static_cast<std::size_t>(columns.mode[e]); });
  result.country_km = kilometres(network, countries + 1, on, used, [&](std::size_t e) {
    return std::min<std::size_t>(columns.node_country[columns.head[e].index()], countries);
  });
  return result;
}

}  // namespace waywarden
