#include "waywarden/scan/network_windows.h"

#include <algorithm>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/linear_network/line_search.h"

namespace waywarden {
namespace {

/// Rows that one task makes one after the other; fixed, so that threads change no bit.
constexpr std::size_t kRowsPerTask = 64;
constexpr double kSlack = 1.0 + 1e-9;

/// Which places are on which edge.
struct PlacesByEdge {
  std::vector<std::size_t> first;
  std::vector<std::uint32_t> place;

  PlacesByEdge(std::size_t edges, std::span<const LinePosition> places)
      : first(edges + 1, 0), place(places.size()) {
    for (const LinePosition& p : places) ++first[p.edge + 1];
    for (std::size_t e = 0; e < edges; ++e) first[e + 1] += first[e];
    std::vector<std::size_t> next = first;
    for (std::size_t i = 0; i < places.size(); ++i) {
      place[next[places[i].edge]++] = static_cast<std::uint32_t>(i);
    }
  }

  std::span<const std::uint32_t> on(std::uint32_t edge) const {
    return {place.data() + first[edge], first[edge + 1] - first[edge]};
  }
};

/// Rows that follow each other: what one needed bounds what the next needs.
class BallRows {
 public:
  BallRows(const LinearNetwork& network, std::span<const LinePosition> places, const PlacesByEdge& by_edge,
           std::span<const double> measure, const WindowLimits& limits)
      : network_(network),
        places_(places),
        by_edge_(by_edge),
        measure_(measure),
        most_(most_measure(measure, limits)),
        farthest_(limits.distance.value_or(LineSearch::kFar)),
        search_(network),
        seen_(places.size(), 0) {}

  void run(std::span<NestedRow> rows, std::size_t begin, const Execution& execution) {
    double enough = LineSearch::kFar;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      execution.check();
      // Beyond what was searched this is infinite, and the next search has no limit but the given one.
      if (i > 0) enough += search_.distance_to(places_[begin + i]);
      find(begin + i, std::min(enough * kSlack, farthest_));
      rows[i] = nested_row(reached_, measure_, most_);
      if (rows[i].full) enough = rows[i].end;
    }
  }

 private:
  void find(std::size_t centre, double limit) {
    reached_.clear();
    ++round_;
    const auto nodes = search_.from(places_[centre], limit);
    take_edge(places_[centre].edge, limit);
    for (const LineSearch::Reached& reached : nodes) {
      for (const LinearNetwork::Branch& branch : network_.branches(reached.node)) {
        take_edge(branch.edge, limit);
      }
    }
  }

  void take_edge(std::uint32_t edge, double limit) {
    for (const std::uint32_t place : by_edge_.on(edge)) {
      if (seen_[place] == round_) continue;
      seen_[place] = round_;
      const double distance = search_.distance_to(places_[place]);
      if (distance <= limit && distance < LineSearch::kFar) reached_.push_back({distance, place});
    }
  }

  const LinearNetwork& network_;
  std::span<const LinePosition> places_;
  const PlacesByEdge& by_edge_;
  std::span<const double> measure_;
  double most_;
  double farthest_;
  LineSearch search_;
  std::vector<std::size_t> seen_;
  std::size_t round_ = 0;
  std::vector<ReachedPlace> reached_;
};

}  // namespace

Windows network_windows(const LinearNetwork& network, std::span<const LinePosition> places,
                        std::span<const double> measure, const WindowLimits& limits,
                        const Execution& execution) {
  require_valid(limits);
  require_on(network, places);
  if (places.size() != measure.size()) throw OptionError("there must be a place for each measure");
  const PlacesByEdge by_edge(network.edge_count(), places);
  std::vector<NestedRow> rows(places.size());
  const std::size_t tasks = (places.size() + kRowsPerTask - 1) / kRowsPerTask;
  parallel_for(tasks, execution, [&](std::size_t task) {
    const std::size_t begin = task * kRowsPerTask;
    BallRows(network, places, by_edge, measure, limits)
        .run(std::span(rows).subspan(begin, std::min(kRowsPerTask, rows.size() - begin)), begin, execution);
  });
  Windows windows;
  append_rows(windows, rows, 1.0, 0.0, 1.0);
  return windows;
}

}  // namespace waywarden
