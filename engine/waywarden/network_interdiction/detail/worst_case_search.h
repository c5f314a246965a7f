#pragma once

/// Branch and cut for worst-case placement: best bound first, diving from each node; cuts are global; sites
/// are branched on by pseudo-costs, learnt by short trials; nodes are fixed by reduced costs.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "waywarden/network_interdiction/detail/branching.h"
#include "waywarden/network_interdiction/detail/placement_search.h"
#include "waywarden/network_interdiction/detail/worst_case_master.h"
#include "waywarden/network_interdiction/worst_case.h"

namespace waywarden::detail {

class WorstCaseSearch {
 public:
  /// Keeps references to all; adds levels as it meets placements.
  WorstCaseSearch(EvasionLevels& levels, const WorstCaseOptions& options, const Execution& execution);

  void run();

  const Watched& best() const { return best_; }
  double value() const { return value_; }
  double bound() const;
  /// Whether parts of the tree are left that a limit kept from being searched.
  bool is_unfinished() const { return !open_.empty() && !is_settled(open_.front().bound); }
  std::size_t nodes() const { return nodes_; }
  std::size_t cuts() const { return master_.cuts_added(); }

 private:
  using Basis = std::shared_ptr<const WorstCaseMaster::Basis>;

  enum class Fate : std::uint8_t { open, unwatched, watched };

  /// A part of the tree that is still to be searched.
  struct Node {
    double bound;
    std::size_t name;
    /// Per position of `EvasionLevels::choice`.
    std::vector<Fate> fates;
    Basis basis;
  };

  void first_placements();
  void solve_root();
  void round();
  /// Keeps it if it is the best; true if it showed levels that were missing.
  bool offer(const Watched& watched);
  void offer_improved(Watched watched);

  void dive(Node node);
  void enter(const std::vector<Fate>& fates);
  std::vector<Fate> fates() const;
  /// Fixes the sites that the budget no longer pays for. False where it does not even pay for those fixed.
  bool keep_within_budget();
  /// Cuts until the node is settled (nothing left to search: true) or further cuts would not pay.
  bool settle_node(double inherited);
  /// The half to go on with, if any; the other is kept for later.
  std::optional<Node> branch(Node node);
  std::optional<Node> half(const Node& node, std::size_t position, Fate fate, double bound);
  void close(double bound) { closed_ = std::min(closed_, bound); }
  void push(Node node);
  Node pop();
  void fix_by_reduced_costs();

  bool is_integral() const;
  Watched watched_at_x() const;
  double cutoff() const { return value_ * (1.0 - gap_); }
  bool is_settled(double bound) const { return bound >= cutoff(); }
  bool out_of_time() const;

  EvasionLevels& levels_;
  const WorstCaseOptions& options_;
  const Execution& execution_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  double gap_;
  PlacementSearch search_;
  WorstCaseMaster master_;
  Branching branching_;

  Watched best_;
  double value_ = std::numeric_limits<double>::infinity();
  /// Heap: least bound, then first made.
  std::vector<Node> open_;
  /// Least bound of the parts that need no more searching.
  double closed_ = std::numeric_limits<double>::infinity();
  double root_bound_ = 0.0;
  std::size_t nodes_ = 0;
  std::size_t names_ = 0;
};

}  // namespace waywarden::detail
