#pragma once

/// Logit on the efficient acyclic network (Dial, "A probabilistic multipath traffic assignment model which
/// obviates path enumeration", 1971): every route to the destination is open whose arcs all come closer to
/// it, and of those route r is taken with probability proportional to exp(-theta * cost of r).
///
/// Closer: by (distance to the destination, arcs left on a cheapest route with the fewest, node id), on an
/// order metric of its own, so that teams who make arcs dearer do not change which routes there are. Nothing
/// ties, so free arcs and arcs between nodes equally far away lead one way or the other.
///
/// Weights of nodes are kept as logarithms, of costs less the differences in distance (Dial's likelihoods):
/// they count routes, e^795 across a large grid, and neither overflow nor vanish. On a core, so cutting a
/// road in two changes nothing.
///
/// Per destination O(s log s + arcs of s) and the hierarchy above s, where s are the nodes that efficient
/// arcs lead to from the origins.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_net.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/routing/core_search.h"

namespace waywarden {

/// What decides between routes to one destination.
struct LogitCosts {
  /// Per arc of the core, money; infinite where closed.
  std::span<const double> per_arc;
  /// Cost of one unit of the order metric.
  double unit = 1.0;
  /// Per money, > 0.
  double theta = 1.0;
};

/// Throws `OptionError` for costs of another length than the core has arcs, and a theta or unit that is not
/// above 0 and finite.
void check_logit(const Core& core, const LogitCosts& costs);

/// Loads destinations one after the other, keeping its buffers. Not thread-safe: one per thread.
class AcyclicLogit {
 public:
  explicit AcyclicLogit(const Core& core);

  /// Nodes stand upstream first: every branch leads to a later position. Throws `OptionError` for a metric
  /// with free arcs, and as `check_logit`.
  FlowNet load(const DestinationDemand& demand, const CoreMetric& order, const LogitCosts& costs,
               const Execution& execution = {});

 private:
  struct Branch {
    CoreArc arc;
    CoreNode head;
  };

  std::vector<CoreNode> downstream(const DestinationDemand& demand, const Execution& execution);
  bool comes_closer(CoreNode tail, CoreNode head);
  std::uint32_t arcs_left(CoreNode n);
  bool settle_arcs_left(CoreNode n, std::vector<CoreNode>& waiting);
  template <class Body>
  void for_branches(CoreNode n, const Body& body);
  double term(CoreNode tail, const Branch& branch);
  double log_weight(CoreNode n);
  void weigh(const std::vector<CoreNode>& nodes, const Execution& execution);
  void clear();
  void emit(CoreNode n, FlowNet& net);
  void send(const DestinationDemand& demand, FlowNet& net) const;

  const Core& core_;
  CoreQuery query_;
  CoreNode root_;
  const CoreMetric* order_ = nullptr;
  LogitCosts costs_;

  /// Buffers per core node.
  struct Slot {
    bool seen = false;
    std::uint32_t arcs_left = FlowNet::kNoRoute;
    std::uint32_t position = FlowNet::kNoRoute;
    double log_weight = 0.0;
  };
  std::vector<Slot> slots_;
  std::vector<CoreNode> touched_;
};

}  // namespace waywarden
