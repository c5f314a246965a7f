/// How many instances of expected capture branch and bound closes, and how fast. Random street grids with
/// noisy costs, gravity-like demand between random places, candidates on random streets.
///
///     certificate_bench [seconds per instance]

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <utility>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/interdiction/capture.h"
#include "waywarden/interdiction/greedy.h"

namespace {

using namespace waywarden;

constexpr std::uint32_t kSide = 48;
constexpr std::uint32_t kDraws = 8;
constexpr std::size_t kPlaces = 40;

struct Step {
  std::uint32_t to;
  std::uint32_t street;
};

struct World {
  std::vector<std::vector<Step>> steps;
  std::vector<SiteId> site_of_street;
  std::vector<std::uint32_t> place;
  std::vector<double> weight;
};

World make_world(std::uint64_t seed, std::size_t candidates) {
  World world{std::vector<std::vector<Step>>(kSide * kSide), {}, {}, {}};
  std::uint32_t streets = 0;
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    world.steps[a].push_back({b, streets});
    world.steps[b].push_back({a, streets++});
  };
  for (std::uint32_t y = 0; y < kSide; ++y) {
    for (std::uint32_t x = 0; x < kSide; ++x) {
      if (x + 1 < kSide) join(y * kSide + x, y * kSide + x + 1);
      if (y + 1 < kSide) join(y * kSide + x, (y + 1) * kSide + x);
    }
  }
  world.site_of_street.resize(streets);
  RandomStream random(seed, 1);
  for (std::size_t site = 0; site < candidates;) {
    SiteId& at = world.site_of_street[random.below(streets)];
    if (!at.exists()) at = SiteId(site++);
  }
  for (std::size_t i = 0; i < kPlaces; ++i) {
    world.place.push_back(random.below(kSide * kSide));
    world.weight.push_back(std::exp(random.normal()));
  }
  return world;
}

/// The next step towards a root, and the nodes in the order of being reached.
struct Tree {
  std::vector<Step> next;
  std::vector<std::uint32_t> order;
};

Tree search(const World& world, const std::vector<double>& cost, std::uint32_t root) {
  std::vector<double> distance(world.steps.size(), 1e300);
  Tree tree{std::vector<Step>(world.steps.size(), {root, 0}), {}};
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  distance[root] = 0.0;
  queue.push({0.0, root});
  while (!queue.empty()) {
    const auto [d, node] = queue.top();
    queue.pop();
    if (d > distance[node]) continue;
    tree.order.push_back(node);
    for (const Step& step : world.steps[node]) {
      const double through = d + cost[step.street];
      if (through >= distance[step.to]) continue;
      distance[step.to] = through;
      tree.next[step.to] = {node, step.street};
      queue.push({through, step.to});
    }
  }
  return tree;
}

SiteTree contract(const World& world, const Tree& tree, std::size_t destination, std::uint32_t draw) {
  const std::uint32_t root = world.place[destination];
  std::vector<double> journeys(world.steps.size(), 0.0);
  std::vector<std::uint8_t> used(world.steps.size(), 0);
  for (std::size_t origin = 0; origin < kPlaces; ++origin) {
    if (world.place[origin] == root) continue;
    journeys[world.place[origin]] += world.weight[origin] * world.weight[destination];
    for (std::uint32_t at = world.place[origin]; at != root; at = tree.next[at].to) used[at] = 1;
  }
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<std::uint32_t> first(world.steps.size(), kNone), parent;
  std::vector<SiteId> site;
  std::vector<double> injected;
  for (const std::uint32_t node : tree.order) {
    if (node == root || used[node] == 0) continue;
    first[node] = first[tree.next[node].to];
    const SiteId here = world.site_of_street[tree.next[node].street];
    if (here.exists()) {
      parent.push_back(first[node]);
      first[node] = static_cast<std::uint32_t>(site.size());
      site.push_back(here);
      injected.push_back(0.0);
    }
    if (first[node] != kNone) injected[first[node]] += journeys[node];
  }
  SiteTree result{
      .draw = draw, .destination = PlaceId(destination), .site = {}, .parent = {}, .injected = {}};
  for (std::size_t i = site.size(); i-- > 0;) {
    const std::size_t behind = parent[i] == kNone ? i : parent[i];
    result.site.push_back(site[i]);
    result.parent.push_back(static_cast<std::uint32_t>(site.size() - 1 - behind));
    result.injected.push_back(injected[i]);
  }
  return result;
}

std::vector<SiteTree> make_trees(const World& world, std::uint64_t seed) {
  std::vector<SiteTree> trees;
  RandomStream streets(seed, 2);
  std::vector<double> base(world.site_of_street.size());
  for (double& cost : base) cost = 1.0 + streets.uniform();
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    RandomStream noise(seed, 100 + draw);
    std::vector<double> cost = base;
    for (double& c : cost) c *= std::exp(0.2 * noise.normal());
    for (std::size_t destination = 0; destination < kPlaces; ++destination) {
      trees.push_back(contract(world, search(world, cost, world.place[destination]), destination, draw));
    }
  }
  return trees;
}

Sites make_sites(std::uint64_t seed, std::size_t count) {
  Sites sites;
  RandomStream random(seed, 3);
  constexpr double kDetections[] = {0.3, 0.4, 0.5};
  for (std::size_t i = 0; i < count; ++i) {
    sites.id.push_back(std::to_string(i));
    sites.detection.push_back(kDetections[random.below(3)]);
    sites.state.push_back(SiteState::candidate);
    sites.hours.push_back(1.0);
    sites.cost.push_back(1.0);
    sites.group.emplace_back(i);
  }
  return sites;
}

void run(std::uint64_t seed, std::size_t candidates, std::size_t teams, double seconds) {
  const World world = make_world(seed, candidates);
  const std::vector<SiteTree> trees = make_trees(world, seed);
  const Sites sites = make_sites(seed, candidates);
  const Limits limits = {team_limit(sites, teams)};
  double journeys = 0.0;
  for (const SiteTree& tree : trees)
    for (const double j : tree.injected) journeys += j / kDraws;
  const Placement greedy = greedy_placement(trees, kDraws, journeys, sites, limits);
  const auto begun = std::chrono::steady_clock::now();
  CaptureOptions options;
  options.search = {.nodes = 1000000, .passages = 1e15, .seconds = seconds};
  const Placement found = capture_placement(trees, kDraws, journeys, sites, limits, options, {});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  const auto gap = [&](double bound, double value) { return 100.0 * (bound / value - 1.0); };
  std::printf("%5zu %3zu %4llu %8.4f%% %8.4f%% %9.4f%% %s %6.1f s %zu ways\n", candidates, teams,
              static_cast<unsigned long long>(seed), gap(greedy.bound, greedy.total_caught()),
              gap(found.total_caught(), greedy.total_caught()), gap(found.bound, found.total_caught()),
              std::string(name(found.status)).c_str(), took.count(), ways_of(trees, kDraws, sites).size());
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  const double seconds = count > 1 ? std::atof(arguments[1]) : 10.0;
  std::puts("sites  k seed  greedy gap  gained    gap left  status");
  for (const std::size_t candidates : {200U, 500U, 2000U}) {
    for (const std::size_t teams : {5U, 10U, 20U}) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) run(seed, candidates, teams, seconds);
    }
  }
}
