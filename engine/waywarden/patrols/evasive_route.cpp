#include "waywarden/patrols/evasive_route.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
/// All that ties can add to the cost of a route.
constexpr double kTies = 1e-9;
/// Hazards smaller than this are rounding.
constexpr double kSmallHazard = 1e-9;

double miss(SiteId site, std::span<const double> detection) {
  return 1.0 - std::min(detection[site.index()], kLargestProbability);
}

/// Chance of detection per unit of hazard, when all of it is met.
double slope(double hazard) { return hazard > kSmallHazard ? -std::expm1(-hazard) / hazard : 1.0; }

struct Waiting {
  double bound;
  std::uint32_t label;
  /// The least bound first, of equal ones the label made last: it is nearer to the end.
  bool operator<(const Waiting& other) const {
    return bound != other.bound ? bound > other.bound : label < other.label;
  }
};

}  // namespace

double detection_of(std::span<const SiteId> route, const Stand& stand, std::span<const double> detection) {
  double unseen = 1.0;
  for (const SiteId site : stand)
    if (std::find(route.begin(), route.end(), site) != route.end()) unseen *= miss(site, detection);
  return 1.0 - unseen;
}

double detection_of(std::span<const SiteId> route, const StandMix& mix, std::span<const double> detection) {
  double detected = 0.0;
  for (std::size_t j = 0; j < mix.stand.size(); ++j)
    detected += mix.probability[j] * detection_of(route, mix.stand[j], detection);
  return detected;
}

EvasiveRoutes::EvasiveRoutes(const SiteGraph& graph, std::span<const double> detection, StandMix mix)
    : graph_(graph), detection_(detection), mix_(std::move(mix)) {
  const std::size_t sites = detection.size();
  if (mix_.probability.size() != mix_.stand.size() || graph.passed_twice.size() != sites)
    throw OptionError("a mix of stands does not fit its graph");
  miss_.assign(sites * mix_.stand.size(), 1.0);
  share_.assign(sites, 0.0);
  for (std::size_t j = 0; j < mix_.stand.size(); ++j) add_stand(j);
  double all = 0.0;
  for (const double p : detection) all += 1.0 + p;
  for (const double p : detection) tie_.push_back(kTies * (1.0 + p) / all);
  first_in_.assign(graph.parts() + 1, 0);
  for (const std::uint32_t head : graph.head) ++first_in_[head + 1];
  for (std::size_t v = 0; v < graph.parts(); ++v) first_in_[v + 1] += first_in_[v];
  in_arcs_.resize(graph.head.size());
  std::vector<std::uint32_t> next(first_in_.begin(), first_in_.end() - 1);
  for (std::uint32_t a = 0; a < graph.head.size(); ++a) in_arcs_[next[graph.head[a]]++] = a;
}

void EvasiveRoutes::add_stand(std::size_t j) {
  double hazard = 0.0;
  for (const SiteId site : mix_.stand[j]) {
    if (site.index() >= detection_.size()) throw OptionError("a stand names an unknown site");
    const double missed = miss(site, detection_);
    miss_[site.index() * mix_.stand.size() + j] *= missed;
    hazard -= std::log(missed);
  }
  hazard_.push_back(hazard);
  slope_.push_back(slope(hazard));
  for (const SiteId site : mix_.stand[j])
    if (graph_.passed_twice[site.index()] == 0)
      share_[site.index()] -= mix_.probability[j] * std::log(miss(site, detection_)) * slope_[j];
}

class EvasiveRoutes::Search {
 public:
  Search(const EvasiveRoutes& routes, std::uint32_t destination, const EvasionLimits& limits,
         const Execution& execution)
      : routes_(routes),
        graph_(routes.graph_),
        stands_(routes.mix_.stand.size()),
        destination_(destination),
        limits_(limits),
        execution_(execution),
        labels_at_(routes.graph_.parts()) {
    number_repeated();
    measure_rest();
  }

  std::optional<EvasiveRoute> from(std::uint32_t origin) {
    if (rest_[origin] == kInfinity) return std::nullopt;
    take(along_rest(origin));
    add_start(origin);
    double bound = kInfinity;
    while (!queue_.empty() && bound == kInfinity) {
      if (++steps_ % 256 == 0) execution_.check();
      const Waiting top = queue_.top();
      queue_.pop();
      const bool stop = top.bound >= best_cost_ - limits_.slack || labels_.size() > limits_.labels;
      if (stop) bound = top.bound;
      if (!stop && labels_[top.label].alive) expand(top);
    }
    best_.bound = std::clamp(std::min(bound, best_cost_) - kTies, 0.0, best_.detection);
    return std::move(best_);
  }

 private:
  struct Label {
    std::uint32_t part;
    std::uint32_t parent;
    SiteId site;
    double tie;
    bool alive;
  };

  double* unseen(std::uint32_t label) { return unseen_.data() + label * stands_; }
  std::uint64_t* repeated(std::uint32_t label) { return repeated_.data() + label * words_; }

  bool watched(std::size_t site) const {
    const auto first = routes_.miss_.begin() + static_cast<std::ptrdiff_t>(site * stands_);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(stands_), [](double m) { return m < 1.0; });
  }

  /// Watched sites that a route can meet again are remembered, a bit each. Unwatched ones are not: to have
  /// passed them is no gain.
  void number_repeated() {
    std::uint32_t count = 0;
    for (std::size_t x = 0; x < graph_.passed_twice.size(); ++x)
      bit_.push_back(graph_.passed_twice[x] != 0 && watched(x) ? count++ : kNone);
    words_ = (count + 63) / 64;
  }

  double share(std::uint32_t arc) const {
    const SiteId site = graph_.site[arc];
    return site.exists() ? routes_.share_[site.index()] + routes_.tie_[site.index()] : 0.0;
  }

  /// The additive bound from each part to the destination, and the arc to take for it.
  void measure_rest() {
    rest_.assign(graph_.parts(), kInfinity);
    next_.assign(graph_.parts(), kNone);
    std::priority_queue<Waiting> queue;
    rest_[destination_] = 0.0;
    queue.push({0.0, destination_});
    while (!queue.empty()) {
      const Waiting top = queue.top();
      queue.pop();
      if (top.bound > rest_[top.label]) continue;
      for (std::uint32_t i = routes_.first_in_[top.label]; i < routes_.first_in_[top.label + 1]; ++i) {
        const std::uint32_t arc = routes_.in_arcs_[i], from = graph_.tail[arc];
        const double rest = top.bound + share(arc);
        if (rest >= rest_[from]) continue;
        rest_[from] = rest;
        next_[from] = arc;
        queue.push({rest, from});
      }
    }
  }

  std::vector<SiteId> along_rest(std::uint32_t part) const {
    std::vector<SiteId> sites;
    for (; part != destination_; part = graph_.head[next_[part]])
      if (graph_.site[next_[part]].exists()) sites.push_back(graph_.site[next_[part]]);
    return sites;
  }

  std::vector<SiteId> along_label(std::uint32_t label) const {
    std::vector<SiteId> sites;
    for (; label != kNone; label = labels_[label].parent)
      if (labels_[label].site.exists()) sites.push_back(labels_[label].site);
    std::reverse(sites.begin(), sites.end());
    return sites;
  }

  /// Keeps the route if it is the best so far.
  void take(const std::vector<SiteId>& sites) {
    EvasiveRoute route;
    double cost = 0.0;
    for (const SiteId site : sites) {
      if (std::find(route.sites.begin(), route.sites.end(), site) != route.sites.end()) continue;
      route.sites.push_back(site);
      cost += routes_.tie_[site.index()];
    }
    route.detection = detection_of(route.sites, routes_.mix_, routes_.detection_);
    cost += route.detection;
    if (cost >= best_cost_) return;
    best_cost_ = cost;
    best_ = std::move(route);
  }

  void add_start(std::uint32_t origin) {
    labels_.push_back({origin, kNone, SiteId::none(), 0.0, true});
    unseen_.assign(stands_, 1.0);
    repeated_.assign(words_, 0);
    labels_at_[origin].push_back(0);
    queue_.push({bound_of(0, 0.0), 0});
  }

  void expand(const Waiting& from) {
    const std::uint32_t part = labels_[from.label].part;
    for (std::uint32_t a = graph_.first_out[part]; a < graph_.first_out[part + 1]; ++a)
      if (rest_[graph_.head[a]] != kInfinity) extend(from, a);
  }

  void extend(const Waiting& from, std::uint32_t arc) {
    const auto made = static_cast<std::uint32_t>(labels_.size());
    const Label& before = labels_[from.label];
    labels_.push_back({graph_.head[arc], from.label, SiteId::none(), before.tie, true});
    unseen_.resize(unseen_.size() + stands_);
    std::copy_n(unseen(from.label), stands_, unseen(made));
    repeated_.resize(repeated_.size() + words_);
    std::copy_n(repeated(from.label), words_, repeated(made));
    if (graph_.site[arc].exists()) pass(made, graph_.site[arc]);
    const double bound = bound_of(made, from.bound);
    if (bound >= best_cost_ || !enter(made)) return forget();
    if (graph_.head[arc] == destination_) return take(along_label(made));
    queue_.push({bound, made});
  }

  void pass(std::uint32_t label, SiteId site) {
    const std::uint32_t bit = bit_[site.index()];
    if (bit != kNone) {
      const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
      if ((repeated(label)[bit / 64] & mask) != 0) return;
      repeated(label)[bit / 64] |= mask;
    }
    labels_[label].site = site;
    labels_[label].tie += routes_.tie_[site.index()];
    const double* missed = routes_.miss_.data() + site.index() * stands_;
    for (std::size_t j = 0; j < stands_; ++j) unseen(label)[j] *= missed[j];
  }

  void forget() {
    labels_.pop_back();
    unseen_.resize(unseen_.size() - stands_);
    repeated_.resize(repeated_.size() - words_);
  }

  /// What is detected up to here, and at least from here on. A stand whose teams have all been passed adds
  /// nothing more; of the others each adds at least its part of `rest_` times the factor.
  double bound_of(std::uint32_t label, double at_least) {
    double detected = 0.0, factor = kInfinity;
    for (std::size_t j = 0; j < stands_; ++j) {
      if (routes_.mix_.probability[j] <= 0.0) continue;
      const double through = unseen(label)[j];
      detected += routes_.mix_.probability[j] * (1.0 - through);
      const double left = routes_.hazard_[j] + std::log(through);
      if (left > kSmallHazard) factor = std::min(factor, through * slope(left) / routes_.slope_[j]);
    }
    if (factor == kInfinity) factor = 0.0;
    return std::max(at_least, detected + labels_[label].tie + factor * rest_[labels_[label].part]);
  }

  bool dominates(std::uint32_t a, std::uint32_t b) {
    for (std::size_t j = 0; j < stands_; ++j)
      if (unseen(a)[j] < unseen(b)[j]) return false;
    for (std::size_t w = 0; w < words_; ++w)
      if ((repeated(b)[w] & ~repeated(a)[w]) != 0) return false;
    return true;
  }

  /// False where a label of the same part is as good; otherwise those that are no better leave.
  bool enter(std::uint32_t label) {
    std::vector<std::uint32_t>& here = labels_at_[labels_[label].part];
    for (const std::uint32_t other : here)
      if (dominates(other, label)) return false;
    std::erase_if(here, [&](std::uint32_t other) {
      const bool leaves = dominates(label, other);
      if (leaves) labels_[other].alive = false;
      return leaves;
    });
    here.push_back(label);
    return true;
  }

  const EvasiveRoutes& routes_;
  const SiteGraph& graph_;
  std::size_t stands_;
  std::uint32_t destination_;
  const EvasionLimits& limits_;
  const Execution& execution_;
  std::vector<std::vector<std::uint32_t>> labels_at_;
  std::vector<std::uint32_t> bit_;
  std::size_t words_ = 0;
  std::vector<double> rest_;
  std::vector<std::uint32_t> next_;
  std::vector<Label> labels_;
  std::vector<double> unseen_;
  std::vector<std::uint64_t> repeated_;
  std::priority_queue<Waiting> queue_;
  std::size_t steps_ = 0;
  EvasiveRoute best_;
  double best_cost_ = kInfinity;
};

std::optional<EvasiveRoute> EvasiveRoutes::find(std::uint32_t origin, std::uint32_t destination,
                                                const EvasionLimits& limits,
                                                const Execution& execution) const {
  if (origin >= graph_.parts() || destination >= graph_.parts())
    throw OptionError("a route begins or ends at an unknown part of the graph");
  return Search(*this, destination, limits, execution).from(origin);
}

}  // namespace waywarden
