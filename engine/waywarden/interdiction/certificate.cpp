#include "waywarden/interdiction/certificate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <queue>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/interdiction/relaxation.h"

namespace waywarden {
namespace {

/// A bound that is not above the best known by more than this, relatively, closes a node.
constexpr double kTolerance = 1e-9;
/// Rounds of relaxation where no majorant is at hand, and at the nodes below.
constexpr int kRootRounds = 600;
constexpr int kNodeRounds = 80;
/// A node is looked at again rather than branched on where this share of its sites was decided.
constexpr double kManyDecided = 0.15;

/// Interchangeable sites by their first: those that stand on the same ways and detect, count and cost alike.
std::vector<std::uint32_t> first_alike(const SiteWays& ways, const Limits& limits) {
  std::vector<std::uint32_t> members(ways.sites, 0);
  std::map<std::uint32_t, std::vector<std::uint32_t>> of_group;
  std::vector<std::vector<double>> trait(ways.sites);
  for (std::size_t way = 0; way < ways.size(); ++way) {
    for (const Passage& p : ways.passages(way)) {
      trait[p.site].push_back(static_cast<double>(way));
      trait[p.site].push_back(p.detection);
      of_group[p.group].push_back(p.site);
    }
  }
  for (auto& [group, sites] : of_group) {
    std::ranges::sort(sites);
    const bool alone = sites.front() == sites.back();
    for (const std::uint32_t site : sites) members[site] = alone ? 0 : group + 1;
  }
  std::map<std::vector<double>, std::uint32_t> first;
  std::vector<std::uint32_t> alike(ways.sites);
  for (std::uint32_t site = 0; site < ways.sites; ++site) {
    trait[site].push_back(static_cast<double>(members[site]));
    for (const Limit& limit : limits) trait[site].push_back(limit.use[site]);
    alike[site] = first.emplace(std::move(trait[site]), site).first->second;
  }
  return alike;
}

struct Node {
  double bound = 0.0;
  std::size_t number = 0;
  std::vector<Choice> choices;
  /// Of all sites, shared by both branches.
  std::shared_ptr<const Majorant> majorant;
};

/// The node with the highest bound, then the oldest, comes first.
struct Later {
  bool operator()(const Node& a, const Node& b) const {
    return a.bound != b.bound ? a.bound < b.bound : a.number > b.number;
  }
};

/// A node's ways and limits.
struct Opened {
  Decided decided;
  Subproblem problem;
};

class Search {
 public:
  Search(const SiteWays& ways, const Limits& limits, const std::vector<std::uint8_t>& chosen,
         const CertificateLimits& search, const Execution& execution)
      : ways_(ways),
        limits_(limits),
        taken_(ways.sites, 0),
        search_(search),
        execution_(execution),
        begun_(std::chrono::steady_clock::now()),
        alike_(first_alike(ways, limits)) {
    for (std::size_t site = 0; site < ways.sites; ++site) name_.emplace_back(site);
    best_.chosen = chosen;
    best_.caught = caught_on(ways, chosen);
  }

  Certificate run(const std::vector<std::uint8_t>& fixed) {
    std::vector<Choice> choices(ways_.sites, Choice::open);
    for (std::size_t site = 0; site < fixed.size(); ++site) {
      if (fixed[site] != 0) choices[site] = Choice::taken;
    }
    const double all = std::accumulate(ways_.journeys.begin(), ways_.journeys.end(), 0.0);
    push({all, 0, std::move(choices), nullptr});
    while (!open_.empty() && open_.top().bound > enough() && !spent()) {
      execution_.check();
      Node node = open_.top();
      open_.pop();
      explore(std::move(node));
    }
    const bool closed = open_.empty() || open_.top().bound <= enough();
    best_.status = closed ? Status::optimal : Status::limit;
    best_.bound = closed ? best_.caught : open_.top().bound;
    return std::move(best_);
  }

 private:
  double enough() const { return best_.caught * (1.0 + kTolerance); }

  bool spent() const {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
    return best_.nodes >= search_.nodes || passages_ >= search_.passages ||
           (search_.seconds && passed.count() >= *search_.seconds);
  }

  void push(Node node) {
    node.number = ++pushed_;
    if (node.bound > enough()) open_.push(std::move(node));
  }

  void explore(Node node) {
    ++best_.nodes;
    const Opened opened = open(node.choices);
    const std::vector<SiteId>& sites = opened.decided.open;
    if (all_fit(opened.problem.limits)) return take_all(node, opened);
    const Relaxation found = relax_at(node, opened);
    node.bound = std::min(node.bound, opened.decided.caught + found.at.bound);
    try_rounding(node, opened, found);
    if (node.bound <= enough()) return;
    node.majorant = std::make_shared<const Majorant>(lifted(found.majorant, opened));
    const std::size_t decided = decide_by_bound(node, found.at, sites);
    if (static_cast<double>(decided) > kManyDecided * static_cast<double>(sites.size())) {
      if (open_.empty()) shrink_to(node);
      push(std::move(node));
    } else {
      branch(node, opened, found);
    }
  }

  /// With one node left, its decisions are for good: all that comes works on the smaller problem.
  void shrink_to(Node& node) {
    Opened opened = open(node.choices);
    node.majorant = std::make_shared<const Majorant>(
        Majorant{opened.decided.caught + lowered(node, opened).constant, lowered(node, opened).slope});
    std::vector<SiteId> names;
    for (std::size_t site = 0; site < ways_.sites; ++site) {
      if (node.choices[site] == Choice::taken) taken_[name_[site].index()] = 1;
    }
    for (const SiteId site : opened.decided.open) names.push_back(name_[site.index()]);
    caught_before_ = opened.decided.caught;
    name_ = std::move(names);
    ways_ = std::move(opened.problem.ways);
    limits_ = std::move(opened.problem.limits);
    alike_ = first_alike(ways_, limits_);
    node.choices.assign(ways_.sites, Choice::open);
  }

  /// With what no longer fits dropped; `caught` is that of all sites taken so far.
  Opened open(std::vector<Choice>& choices) const {
    std::vector<SiteId> taken;
    for (std::size_t site = 0; site < choices.size(); ++site) {
      if (choices[site] == Choice::taken) taken.emplace_back(site);
    }
    const std::vector<double> used = used_by(limits_, taken);
    for (std::size_t site = 0; site < choices.size(); ++site) {
      if (choices[site] == Choice::open && !fits(limits_, used, SiteId(site)))
        choices[site] = Choice::dropped;
    }
    Opened opened{decide(ways_, choices), {}};
    opened.decided.caught += caught_before_;
    opened.problem.ways = std::move(opened.decided.ways);
    opened.problem.limits = limits_left(limits_, used, opened.decided.open);
    return opened;
  }

  static bool all_fit(const Limits& limits) {
    return std::ranges::all_of(limits, [](const Limit& limit) {
      return std::accumulate(limit.use.begin(), limit.use.end(), 0.0) <= limit.capacity;
    });
  }

  void take_all(const Node& node, const Opened& opened) {
    std::vector<std::uint8_t> chosen = taken(node.choices);
    for (const SiteId site : opened.decided.open) chosen[site.index()] = 1;
    consider(chosen);
  }

  static std::vector<std::uint8_t> taken(const std::vector<Choice>& choices) {
    std::vector<std::uint8_t> flags;
    for (const Choice choice : choices) flags.push_back(choice == Choice::taken ? 1 : 0);
    return flags;
  }

  void consider(const std::vector<std::uint8_t>& chosen) {
    const double caught = caught_before_ + caught_on(ways_, chosen);
    if (caught <= best_.caught) return;
    best_.caught = caught;
    best_.chosen = taken_;
    for (std::size_t site = 0; site < chosen.size(); ++site) {
      if (chosen[site] != 0) best_.chosen[name_[site].index()] = 1;
    }
  }

  Relaxation relax_at(const Node& node, const Opened& opened) {
    const RelaxationOptions options{.rounds = node.majorant ? kNodeRounds : kRootRounds,
                                    .target = enough() - opened.decided.caught};
    Relaxation found = relax(opened.problem, lowered(node, opened), options, execution_);
    passages_ += static_cast<double>(found.rounds + 1) *
                 static_cast<double>(opened.problem.ways.passage.size() + opened.decided.open.size());
    return found;
  }

  /// The majorant of the node above for what is left.
  static Majorant lowered(const Node& node, const Opened& opened) {
    if (!node.majorant) return {};
    Majorant m{node.majorant->constant - opened.decided.caught, {}};
    for (std::size_t site = 0; site < node.choices.size(); ++site) {
      if (node.choices[site] == Choice::taken) m.constant += node.majorant->slope[site];
    }
    for (const SiteId site : opened.decided.open) m.slope.push_back(node.majorant->slope[site.index()]);
    return m;
  }

  /// The reverse: decided sites have no slope, being decided in all that comes below.
  Majorant lifted(const Majorant& m, const Opened& opened) const {
    Majorant whole{m.constant + opened.decided.caught, std::vector<double>(ways_.sites, 0.0)};
    for (std::size_t i = 0; i < m.slope.size(); ++i) whole.slope[opened.decided.open[i].index()] = m.slope[i];
    return whole;
  }

  /// The sites taken most, as many as fit.
  void try_rounding(const Node& node, const Opened& opened, const Relaxation& found) {
    std::vector<std::uint32_t> order(opened.decided.open.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](auto a, auto b) { return found.share[a] > found.share[b]; });
    std::vector<std::uint8_t> chosen = taken(node.choices);
    std::vector<double> used(limits_.size(), 0.0);
    for (const std::uint32_t i : order) {
      if (!fits(opened.problem.limits, used, SiteId(i))) continue;
      chosen[opened.decided.open[i].index()] = 1;
      for (std::size_t row = 0; row < used.size(); ++row) used[row] += opened.problem.limits[row].use[i];
    }
    consider(chosen);
  }

  std::size_t decide_by_bound(Node& node, const MajorantBound& at, const std::vector<SiteId>& sites) {
    std::size_t decided = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      if (node.bound - std::abs(at.reduced[i]) > enough()) continue;
      node.choices[sites[i].index()] = at.reduced[i] > 0.0 ? Choice::taken : Choice::dropped;
      ++decided;
    }
    return decided;
  }

  void branch(const Node& node, const Opened& opened, const Relaxation& found) {
    const std::uint32_t site = first_open_alike(node.choices, branching_site(node.choices, opened, found));
    Node with = node, without = node;
    with.choices[site] = Choice::taken;
    for (std::uint32_t other = site; other < ways_.sites; ++other) {
      if (alike_[other] == alike_[site] && without.choices[other] == Choice::open)
        without.choices[other] = Choice::dropped;
    }
    push(std::move(with));
    push(std::move(without));
  }

  /// Of the open sites the one nearest to half, and of equals the one with the most at stake.
  std::uint32_t branching_site(const std::vector<Choice>& choices, const Opened& opened,
                               const Relaxation& found) const {
    auto site = static_cast<std::uint32_t>(ways_.sites);
    double most = -1.0;
    for (std::size_t i = 0; i < opened.decided.open.size(); ++i) {
      if (choices[opened.decided.open[i].index()] != Choice::open) continue;
      const double undecided = (0.5 - std::abs(found.share[i] - 0.5) + 1e-6) * found.majorant.slope[i];
      if (undecided <= most) continue;
      most = undecided;
      site = static_cast<std::uint32_t>(opened.decided.open[i].index());
    }
    return site;
  }

  std::uint32_t first_open_alike(const std::vector<Choice>& choices, std::uint32_t site) const {
    for (std::uint32_t other = 0; other < site; ++other) {
      if (alike_[other] == alike_[site] && choices[other] == Choice::open) return other;
    }
    return site;
  }

  /// What is still undecided as a whole; before: journeys stopped, names and sites taken for good.
  SiteWays ways_;
  Limits limits_;
  double caught_before_ = 0.0;
  std::vector<SiteId> name_;
  std::vector<std::uint8_t> taken_;
  const CertificateLimits& search_;
  const Execution& execution_;
  std::chrono::steady_clock::time_point begun_;
  std::vector<std::uint32_t> alike_;
  Certificate best_;
  std::priority_queue<Node, std::vector<Node>, Later> open_;
  std::size_t pushed_ = 0;
  double passages_ = 0.0;
};

void check(const CertificateLimits& search) {
  const double seconds = search.seconds.value_or(0.0);
  if (!(search.passages >= 0.0) || !std::isfinite(seconds) || seconds < 0.0)
    throw OptionError("limits of a search must be finite and >= 0");
}

}  // namespace

Certificate certify(const SiteWays& ways, const Limits& limits, const std::vector<std::uint8_t>& chosen,
                    const std::vector<std::uint8_t>& fixed, const CertificateLimits& search,
                    const Execution& execution) {
  check(search);
  return Search(ways, limits, chosen, search, execution).run(fixed);
}

}  // namespace waywarden
