#include "waywarden/interdiction/site_net.h"

#include <algorithm>
#include <map>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kNowhere = FlowNet::kNoRoute;

/// What of a flow net is left once all that no site depends on is gone. A position is *behind* a site that
/// some journey has passed before it comes there, and *before* one that some journey passes later.
class Contraction {
 public:
  Contraction(const FlowNet& net, const ArcSites& sites)
      : net_(net),
        sites_(sites),
        size_(static_cast<std::uint32_t>(net.size())),
        before_(size_ + 1, 0),
        behind_(size_ + 1, 0),
        next_(size_ + 1, kNowhere),
        journeys_(size_, 0.0),
        number_(size_, kNowhere) {
    for (const CoreArc arc : net.arc) passes_.push_back(sites.on(arc).empty() ? 0 : 1);
    find_before();
    find_behind();
    find_next();
  }

  SiteNet finish(const DestinationDemand& demand) {
    begin_at_origins(demand);
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (behind_[i] == 0 && before_[i] != 0) begin_after(i);
    }
    number_nodes();
    result_.destination = demand.destination;
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (number_[i] != kNowhere) append(i);
    }
    result_.add_node(0.0);
    return std::move(result_);
  }

 private:
  std::span<const SiteId> on(std::uint32_t branch) const { return sites_.on(net_.arc[branch]); }
  bool passes(std::uint32_t branch) const { return passes_[branch] != 0; }

  void find_before() {
    for (std::uint32_t i = size_; i-- > 0;) {
      for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
        if (net_.head[b] <= i)
          throw OptionError("teams cannot be placed on routes that go in circles, as recursive logit has");
        if (before_[net_.head[b]] != 0 || passes(b)) before_[i] = 1;
      }
    }
  }

  void find_behind() {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (before_[i] == 0) continue;
      for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
        if (behind_[i] != 0 || passes(b)) behind_[net_.head[b]] = 1;
      }
    }
  }

  /// Where those who come to a position next have something to decide or to pass.
  void find_next() {
    for (std::uint32_t i = size_; i-- > 0;) {
      if (before_[i] == 0) continue;
      const std::uint32_t only = net_.first[i];
      const bool is_link = only + 1 == net_.first[i + 1] && !passes(only);
      next_[i] = is_link ? next_[net_.head[only]] : i;
    }
  }

  void begin(std::uint32_t position, double journeys) {
    if (next_[position] != kNowhere) journeys_[next_[position]] += journeys;
  }

  void begin_at_origins(const DestinationDemand& demand) {
    for (std::size_t i = 0; i < net_.origin.size(); ++i) {
      const std::uint32_t position = net_.origin[i];
      if (position < size_ && behind_[position] != 0) begin(position, demand.journeys[i]);
    }
  }

  /// Nobody who comes to i has passed a site: those who pass one next begin here, the others where they go.
  void begin_after(std::uint32_t i) {
    for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
      const double going = net_.visits[i] * net_.share[b];
      if (passes(b)) {
        journeys_[i] += going;
      } else if (behind_[net_.head[b]] != 0) {
        begin(net_.head[b], going);
      }
    }
  }

  /// Share of those at i who pass a site next.
  double share_with_site(std::uint32_t i) const {
    double sum = 0.0;
    for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) sum += passes(b) ? net_.share[b] : 0.0;
    return sum;
  }

  bool stays(std::uint32_t i) const {
    if (before_[i] == 0) return false;
    return behind_[i] != 0 ? next_[i] == i : share_with_site(i) > 0.0;
  }

  /// Of several sites on a branch, each but the first has a node of its own, after the branch's.
  void number_nodes() {
    end_ = 0;
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (!stays(i)) continue;
      number_[i] = end_++;
      for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) end_ += nodes_between(b);
    }
  }

  std::uint32_t nodes_between(std::uint32_t branch) const {
    return passes(branch) ? static_cast<std::uint32_t>(on(branch).size() - 1) : 0;
  }

  std::uint32_t head(std::uint32_t branch) const {
    const std::uint32_t next = next_[net_.head[branch]];
    return next == kNowhere ? end_ : number_[next];
  }

  void append(std::uint32_t i) {
    add_branches_with_sites(i, behind_[i] != 0 ? 1.0 : share_with_site(i));
    if (behind_[i] != 0) add_branches_without(i);
    result_.add_node(journeys_[i]);
    for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
      if (nodes_between(b) > 0) append_between(b);
    }
  }

  void add_branches_with_sites(std::uint32_t i, double all) {
    std::uint32_t between = number_[i] + 1;
    for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
      if (!passes(b)) continue;
      result_.add_branch(nodes_between(b) > 0 ? between : head(b), net_.share[b] / all, on(b).front());
      between += nodes_between(b);
    }
  }

  /// Those who pass no site any more on one branch.
  void add_branches_without(std::uint32_t i) {
    double to_end = 0.0;
    for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
      if (passes(b)) continue;
      if (head(b) == end_) {
        to_end += net_.share[b];
      } else {
        result_.add_branch(head(b), net_.share[b], SiteId::none());
      }
    }
    if (to_end > 0.0) result_.add_branch(end_, to_end, SiteId::none());
  }

  void append_between(std::uint32_t branch) {
    const std::span<const SiteId> sites = on(branch);
    for (std::size_t k = 1; k < sites.size(); ++k) {
      const bool last = k + 1 == sites.size();
      result_.add_branch(last ? head(branch) : static_cast<std::uint32_t>(result_.size() + 1), 1.0, sites[k]);
      result_.add_node(0.0);
    }
  }

  const FlowNet& net_;
  const ArcSites& sites_;
  std::uint32_t size_;
  /// Per branch, whether it has a site; per position, whether it is before or behind one.
  std::vector<std::uint8_t> passes_;
  std::vector<std::uint8_t> before_;
  std::vector<std::uint8_t> behind_;
  std::vector<std::uint32_t> next_;
  std::vector<double> journeys_;
  /// Of the nodes that stay, and of the end.
  std::vector<std::uint32_t> number_;
  std::uint32_t end_ = 0;
  SiteNet result_;
};

/// The sites on route r, ascending.
std::vector<SiteId> sites_on(const AlternativeSets& sets, std::size_t r, const ArcSites& sites) {
  std::vector<SiteId> found;
  for (std::size_t k = sets.first_edge[r]; k < sets.first_edge[r + 1]; ++k) {
    const std::span<const SiteId> on_arc = sites.on(CoreArc(sets.edges[k]));
    found.insert(found.end(), on_arc.begin(), on_arc.end());
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

void SiteNet::add_branch(std::uint32_t to, double part, SiteId passed) {
  head.push_back(to);
  share.push_back(part);
  site.push_back(passed);
}

void SiteNet::add_node(double beginning) {
  journeys.push_back(beginning);
  first.push_back(static_cast<std::uint32_t>(head.size()));
  first_met.push_back(static_cast<std::uint32_t>(met.size()));
}

SiteNet contracted(const FlowNet& net, const DestinationDemand& demand, const ArcSites& sites) {
  return Contraction(net, sites).finish(demand);
}

std::vector<SiteNet> contracted(const RouteSets& routes, std::span<const DestinationDemand> demand,
                                const ArcSites& sites) {
  std::vector<SiteNet> nets;
  for (const DestinationDemand& one : demand) {
    std::map<std::vector<SiteId>, double> going;
    for (std::size_t i = 0; i < one.origin.size(); ++i) {
      const std::size_t pair = one.first_pair + i;
      for (std::size_t r = routes.sets.first_route[pair]; r < routes.sets.first_route[pair + 1]; ++r)
        going[sites_on(routes.sets, r, sites)] += one.journeys[i] * routes.share[r];
    }
    SiteNet net;
    net.destination = one.destination;
    for (const auto& [met, journeys] : going) {
      if (met.empty()) continue;
      net.met.insert(net.met.end(), met.begin(), met.end());
      net.add_node(journeys);
    }
    nets.push_back(std::move(net));
  }
  return nets;
}

}  // namespace waywarden
