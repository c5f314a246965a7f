#include "waywarden/routing/pareto.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/detail/incidence.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/sweep.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Two costs of one route.
struct Costs {
  Cost first = 0;
  Cost second = 0;
};

/// A way from the source: its last arc and the label it goes on from.
struct Label {
  std::uint32_t node;
  std::uint32_t arc;
  std::uint32_t before;
  Costs costs;
};

/// A label that waits, by lower bounds on the costs of routes that go on from it.
struct Waiting {
  Costs least;
  std::uint32_t label;

  bool operator>(const Waiting& other) const {
    return std::tie(least.first, least.second, label) >
           std::tie(other.least.first, other.least.second, other.label);
  }
};

struct Question {
  ArcColumns arcs;
  const Metric& first;
  const Metric& second;
  std::uint32_t source;
  std::uint32_t target;
};

/// The sum over a route; none where it uses a closed arc.
std::optional<Cost> sum(std::span<const std::uint32_t> route, std::span<const Weight> weights) {
  Cost total = 0;
  for (const std::uint32_t a : route) {
    if (weights[a] == kClosed) return std::nullopt;
    total += weights[a];
  }
  return total;
}

/// No point of the front costs more in either: the first by the excess and the route that is best in the
/// second, the second by the route that is best in the first.
Costs ceiling(const Question& q, double excess) {
  PointToPoint by_first(q.first), by_second(q.second);
  const std::optional<Cost> first = sum(by_second.arcs(q.source, q.target), q.first.weights());
  const std::optional<Cost> second = sum(by_first.arcs(q.source, q.target), q.second.weights());
  const Cost bound = cost_within(by_first.cost(q.source, q.target), excess);
  return {std::min(bound, first.value_or(bound)), second.value_or(kNoWay - 1)};
}

class FrontSearch {
 public:
  FrontSearch(const Question& q, const ParetoOptions& options, const Execution& execution)
      : q_(q),
        options_(options),
        first_left_(q.first, q.target, Direction::to_roots, execution),
        second_left_(q.second, q.target, Direction::to_roots, execution),
        leaving_(detail::incidence(q.first.hierarchy().node_count(), q.arcs.tail)),
        ceiling_{0, 0},
        least_second_(q.first.hierarchy().node_count(), kNoWay) {
    if (first_left_.cost(q.source) == kNoWay || second_left_.cost(q.source) == kNoWay) return;
    ceiling_ = ceiling(q, options.excess);
    consider({q.source, kNone, kNone, {}});
  }

  ParetoFront run(const Execution& execution) {
    for (std::size_t steps = 0; !queue_.empty(); ++steps) {
      if (steps % 4096 == 0) execution.check();
      const Waiting next = queue_.top();
      if (labels_.size() > options_.most_labels) {
        front_.status = ParetoStatus::limit;
        front_.explored = next.least.first;
        break;
      }
      queue_.pop();
      settle(next);
    }
    front_.labels = labels_.size();
    return std::move(front_);
  }

 private:
  /// Labels of a node come by ascending first cost: only one that is better in the second adds anything.
  bool is_dominated(std::uint32_t node, Cost second, std::uint64_t least_second) const {
    return second >= least_second_[node] || least_second >= least_second_[q_.target];
  }

  void settle(const Waiting& next) {
    const Label label = labels_[next.label];
    if (is_dominated(label.node, label.costs.second, next.least.second)) return;
    least_second_[label.node] = label.costs.second;
    if (label.node == q_.target) {
      append_point(label);
    } else {
      extend(label, next.label);
    }
  }

  void extend(const Label& label, std::uint32_t number) {
    for (const std::uint32_t a : leaving_.of(label.node)) {
      const Weight first = q_.first.weights()[a], second = q_.second.weights()[a];
      // Closed arcs too.
      if (first > ceiling_.first || second > ceiling_.second) continue;
      consider({q_.arcs.head[a], a, number, {label.costs.first + first, label.costs.second + second}});
    }
  }

  void consider(const Label& label) {
    const std::uint64_t first = std::uint64_t{label.costs.first} + first_left_.cost(label.node);
    const std::uint64_t second = std::uint64_t{label.costs.second} + second_left_.cost(label.node);
    if (first > ceiling_.first || second > ceiling_.second) return;
    if (is_dominated(label.node, label.costs.second, second)) return;
    queue_.push(
        {{static_cast<Cost>(first), static_cast<Cost>(second)}, static_cast<std::uint32_t>(labels_.size())});
    labels_.push_back(label);
  }

  void append_point(Label label) {
    front_.first_cost.push_back(label.costs.first);
    front_.second_cost.push_back(label.costs.second);
    for (; label.arc != kNone; label = labels_[label.before]) front_.arc.push_back(label.arc);
    std::reverse(front_.arc.begin() + static_cast<std::ptrdiff_t>(front_.begin.back()), front_.arc.end());
    front_.begin.push_back(front_.arc.size());
  }

  const Question& q_;
  const ParetoOptions& options_;
  Sweep first_left_;
  Sweep second_left_;
  detail::Incidence leaving_;
  Costs ceiling_;
  /// Per node, over the labels that have been settled there.
  std::vector<Cost> least_second_;
  std::vector<Label> labels_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
  ParetoFront front_;
};

}  // namespace

ParetoFront pareto_front(ArcColumns arcs, const Metric& first, const Metric& second, std::uint32_t source,
                         std::uint32_t target, const ParetoOptions& options, const Execution& execution) {
  for (const Metric* metric : {&first, &second}) {
    detail::check_arcs(metric->hierarchy(), arcs);
    detail::check_node(metric->hierarchy(), source);
    detail::check_node(metric->hierarchy(), target);
  }
  if (!(options.excess >= 0)) throw OptionError("an excess must not be below 0");
  if (options.most_labels >= kNone - 1'000'000) throw OptionError("labels are counted in 32 bits");
  const Question question{arcs, first, second, source, target};
  return FrontSearch(question, options, execution).run(execution);
}

}  // namespace waywarden
