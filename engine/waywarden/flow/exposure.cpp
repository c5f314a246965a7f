#include "waywarden/flow/exposure.h"

#include <algorithm>
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

/// Estimates of `count` quantities, value(draw, i) each. Those that do not `vary` are the same in all draws.
template <class Varies, class Value>
Estimates estimates(std::size_t count, std::size_t draws, const Execution& execution, const Varies& varies,
                    const Value& value) {
  Estimates result{std::vector<double>(count), std::vector<double>(count)};
  parallel_for((count + kBlock - 1) / kBlock, execution, [&](std::size_t block) {
    for (std::size_t i = block * kBlock; i < std::min(count, (block + 1) * kBlock); ++i) {
      Moments moments;
      for (std::size_t draw = 0; draw < (varies(i) ? draws : 1); ++draw) moments.add(value(draw, i), draw);
      const Estimate one = varies(i) ? moments.estimate(draws) : Estimate{moments.first, 0.0};
      result.mean[i] = one.mean;
      result.standard_error[i] = one.standard_error;
    }
  });
  return result;
}

/// Journeys on an edge in one draw.
class EdgeJourneys {
 public:
  EdgeJourneys(const Core& core, const ArcJourneys& journeys)
      : core_(core), journeys_(journeys), used_(core.arc_count(), 0) {
    for (const std::vector<double>& draw : journeys) {
      for (std::size_t a = 0; a < draw.size(); ++a) used_[a] |= draw[a] != 0.0;
    }
  }

  /// In any draw: most edges are not.
  bool used(EdgeId e) const {
    const CoreArc arc = e.exists() ? core_.arc(e) : CoreArc::none();
    return arc.exists() && used_[arc.index()] != 0;
  }

  double operator()(std::size_t draw, EdgeId e) const {
    if (!e.exists()) return 0.0;
    const CoreArc arc = core_.arc(e);
    return arc.exists() ? journeys_[draw][arc.index()] : 0.0;
  }

 private:
  const Core& core_;
  const ArcJourneys& journeys_;
  std::vector<std::uint8_t> used_;
};

std::vector<EdgeId> used_edges(const Network& network, const EdgeJourneys& on) {
  std::vector<EdgeId> used;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (on.used(EdgeId(e))) used.push_back(EdgeId(e));
  }
  return used;
}

bool reached(const Network& network, const EdgeJourneys& on, std::size_t node) {
  const std::span<const EdgeId> edges = network.in_edges().subspan(
      network.first_in()[node], network.first_in()[node + 1] - network.first_in()[node]);
  return std::any_of(edges.begin(), edges.end(), [&](EdgeId e) { return on.used(e); });
}

double entering(const Network& network, const EdgeJourneys& on, std::size_t draw, std::size_t node) {
  double sum = 0.0;
  for (std::size_t i = network.first_in()[node]; i < network.first_in()[node + 1]; ++i) {
    sum += on(draw, network.in_edges()[i]);
  }
  return sum;
}

/// Journey-kilometres by a class of the edge, in every draw.
template <class Class>
Estimates kilometres(const Network& network, std::size_t classes, std::size_t draws, const EdgeJourneys& on,
                     std::span<const EdgeId> used, const Execution& execution, const Class& class_of) {
  std::vector<std::vector<double>> sums(draws, std::vector<double>(classes, 0.0));
  parallel_for(draws, execution, [&](std::size_t draw) {
    for (const EdgeId e : used) {
      sums[draw][class_of(e.index())] += on(draw, e) * network.columns().length_m[e.index()] / 1000.0;
    }
  });
  const auto all = [](std::size_t) { return true; };
  return estimates(classes, draws, execution, all,
                   [&](std::size_t draw, std::size_t c) { return sums[draw][c]; });
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
  const EdgeJourneys on(core, journeys);
  const NetworkColumns& columns = network.columns();
  const Crossings& crossings = network.crossings();
  const std::size_t draws = journeys.size(), countries = columns.countries.size();
  const std::vector<EdgeId> used = used_edges(network, on);
  Exposure result;
  result.edge = estimates(
      network.edge_count(), draws, execution, [&](std::size_t e) { return on.used(EdgeId(e)); },
      [&](std::size_t draw, std::size_t e) { return on(draw, EdgeId(e)); });
  result.node = estimates(
      network.node_count(), draws, execution, [&](std::size_t n) { return reached(network, on, n); },
      [&](std::size_t draw, std::size_t n) { return departures[n] + entering(network, on, draw, n); });
  result.crossing = estimates(
      crossings.size(), draws, execution,
      [&](std::size_t c) { return on.used(crossings.a_to_b[c]) || on.used(crossings.b_to_a[c]); },
      [&](std::size_t draw, std::size_t c) {
        return on(draw, crossings.a_to_b[c]) + on(draw, crossings.b_to_a[c]);
      });
  result.mode_km = kilometres(network, kModeCount, draws, on, used, execution,
                              [&](std::size_t e) { return static_cast<std::size_t>(columns.mode[e]); });
  result.country_km = kilometres(network, countries + 1, draws, on, used, execution, [&](std::size_t e) {
    return std::min<std::size_t>(columns.node_country[columns.head[e].index()], countries);
  });
  return result;
}

}  // namespace waywarden
