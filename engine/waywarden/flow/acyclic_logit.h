#pragma once

/// Logit on the efficient acyclic network (Dial, "A probabilistic multipath traffic assignment model which
/// obviates path enumeration", 1971): every route to the destination is open whose arcs all come closer to
/// it, and of those route r is taken with probability proportional to exp(-theta * cost of r).
///
/// Closer: by (distance to the destination, arcs left on a cheapest route with the fewest, node id), on an
/// order metric of its own, so that teams who make arcs dearer do not change which routes there are. Nothing
/// ties, so free arcs and arcs between nodes equally far away lead one way or the other.
///
/// Weights of nodes are of costs less the differences in distance (Dial's likelihoods), with a binary
/// exponent apart: they count routes, e^795 across a large grid, and neither overflow nor vanish. On a core,
/// so cutting a road in two changes nothing.
///
/// Per destination O(s + arcs of s), where s are the nodes that efficient arcs lead to from the origins, and
/// the hierarchy above s, searched for sixteen destinations at once.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_net.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/routing/core_sweep.h"

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

/// One destination to be loaded.
struct LogitTask {
  const DestinationDemand* demand = nullptr;
  LogitCosts costs;
};

/// Loads destinations one after the other, keeping its buffers. Not thread-safe: one per thread.
class AcyclicLogit {
 public:
  explicit AcyclicLogit(const Core& core);

  /// Nodes stand upstream first: every branch leads to a later position. Throws `OptionError` for a metric
  /// with free arcs, and as `check_logit`.
  FlowNet load(const DestinationDemand& demand, const CoreMetric& order, const LogitCosts& costs,
               const Execution& execution = {});
  /// The same of some destinations, at most `CoreSweep::kMostRoots` of them, found together.
  std::vector<FlowNet> load(std::span<const LogitTask> tasks, const CoreMetric& order,
                            const Execution& execution = {});

 private:
  /// A node that efficient arcs to some destination of the batch may lead to, numbered as they are met, so
  /// that what belongs together lies together: all the rest of the core stays out of the way.
  struct Junction {
    std::uint32_t rank;
    /// Its ways.
    std::uint32_t first;
    std::uint32_t last;
  };
  /// An open arc that does not lead away from all destinations.
  struct Way {
    std::uint32_t arc;
    /// A junction; `kNew` as long as nobody has asked.
    std::uint32_t head;
    /// A bit per destination that it comes closer to, and that its ends are equally far from.
    std::uint32_t nearer;
    std::uint32_t even;
  };
  /// Which junction a rank is; in the batch `batch`.
  struct Number {
    std::uint32_t batch = 0;
    std::uint32_t junction = 0;
  };
  /// Per junction; of the destination that `loading` numbers.
  struct Slot {
    std::uint32_t loading = 0;
    /// Counted from the first that is finished; `kNew` before, `kDead` where open arcs lead nowhere.
    std::uint32_t position = 0;
    double distance = 0.0;
    /// The weight is fraction * 2^exponent.
    double fraction = 0.0;
    double exponent = 0.0;
  };
  /// A junction whose ways are being followed: those before `next` have been.
  struct Visit {
    std::uint32_t junction;
    std::uint32_t next;
  };
  /// What a branch adds to the weight of its tail.
  struct Term {
    double fraction;
    double exponent;
  };

  void start(std::span<const LogitTask> tasks, const CoreMetric& order);
  std::uint32_t junction(std::uint32_t rank);
  void add_ways(std::uint32_t rank);
  std::uint32_t head(std::uint32_t way);
  FlowNet load_found(const LogitTask& task, const Execution& execution);
  Slot& slot(std::uint32_t junction);
  void explore(CoreNode origin, const Execution& execution);
  void finish(std::uint32_t junction);
  void weigh(Slot& tail, std::size_t first);
  bool is_branch(std::uint32_t junction, const Way& way);
  bool comes_closer_in_tie(std::uint32_t tail, std::uint32_t head);
  std::uint32_t arcs_left(std::uint32_t rank);
  bool settle_arcs_left(std::uint32_t rank, std::vector<std::uint32_t>& waiting);
  Term term(const Slot& tail, const Slot& head, std::uint32_t arc) const;
  FlowNet net_of(const DestinationDemand& demand);
  void send(const DestinationDemand& demand, FlowNet& net);

  const Core& core_;
  CoreSweep sweep_;
  const CoreMetric* order_ = nullptr;
  LogitCosts costs_;
  std::uint32_t batch_ = 0;
  std::vector<Number> numbers_;
  std::vector<Junction> junctions_;
  std::vector<Way> ways_;
  /// Row per junction: to each destination of the batch.
  std::vector<double> distances_;
  std::size_t lanes_ = 1;

  /// Which destination of the batch is being loaded.
  std::size_t lane_ = 0;
  std::uint32_t root_ = 0;
  std::uint32_t loading_ = 0;
  std::vector<Slot> slots_;
  std::vector<Visit> visits_;
  /// As in a `FlowNet`, but downstream first; of node i the branches end at last_[i].
  std::vector<CoreNode> node_;
  std::vector<std::uint32_t> last_;
  std::vector<CoreArc> arc_;
  std::vector<std::uint32_t> head_;
  std::vector<double> share_;
  std::vector<double> exponent_;
  /// Per rank, where it had to be known, and those ranks.
  std::vector<std::uint32_t> arcs_left_;
  std::vector<std::uint32_t> with_arcs_left_;
};

/// The same of any number of destinations on all threads, in their order. Advances by one per destination.
std::vector<FlowNet> acyclic_logit(const Core& core, std::span<const LogitTask> tasks,
                                   const CoreMetric& order, const Execution& execution);

}  // namespace waywarden
