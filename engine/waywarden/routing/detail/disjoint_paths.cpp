#include "waywarden/routing/detail/disjoint_paths.h"

#include <algorithm>
#include <utility>

namespace waywarden::detail {

DisjointPaths::DisjointPaths(const Adjacency& graph) : graph_(graph), nodes_(graph.size()) {
  queue_.reserve(graph.size());
}

void DisjointPaths::add(std::span<const std::uint32_t> sources, std::span<const std::uint32_t> sinks) {
  for (const std::uint32_t n : sources) nodes_[n].role = Role::source;
  for (const std::uint32_t n : sinks) nodes_[n].role = Role::sink;
  trim_paths();
  collect_ends(sources_, sources, Role::source);
  collect_ends(sinks_, sinks, Role::sink);
  knows_way_up_ = false;
}

void DisjointPaths::collect_ends(std::vector<std::uint32_t>& ends, std::span<const std::uint32_t> added,
                                 Role role) {
  ends.insert(ends.end(), added.begin(), added.end());
  std::erase_if(ends, [&](std::uint32_t n) {
    const auto around = graph_.of(n);
    return std::all_of(around.begin(), around.end(), [&](std::uint32_t o) { return nodes_[o].role == role; });
  });
}

/// Paths start at the last source on them and end at the first sink. Circles, which rounds may leave behind
/// beside the paths, vanish.
void DisjointPaths::trim_paths() {
  std::vector<std::vector<std::uint32_t>> paths;
  for (const std::uint32_t n : sources_) {
    if (nodes_[n].is_used()) paths.push_back(trimmed(n));
  }
  for (Node& node : nodes_) node.down = node.up = kNone;
  for (const std::vector<std::uint32_t>& path : paths) {
    for (std::size_t i = 1; i < path.size(); ++i) {
      nodes_[path[i - 1]].down = path[i];
      nodes_[path[i]].up = path[i - 1];
    }
  }
}

std::vector<std::uint32_t> DisjointPaths::trimmed(std::uint32_t start) const {
  std::vector<std::uint32_t> path;
  for (std::uint32_t n = start;; n = nodes_[n].down) {
    if (nodes_[n].role == Role::source) path.clear();
    path.push_back(n);
    if (nodes_[n].role == Role::sink) return path;
  }
}

void DisjointPaths::reach(std::uint32_t n, std::uint32_t level) {
  if (is_reached(n)) return;
  nodes_[n].level = highest_ = level;
  queue_.push_back(n);
}

void DisjointPaths::start_at(std::uint32_t n, std::uint32_t level) {
  if (is_reached(n)) return;
  nodes_[n].level = level;
  starts_.push_back(n);
}

/// Down the paths: what a path that leaves n by a new way can reach. That is a free neighbour, or the node
/// before one that is on a path, which then leaves by another way; and when n is on a path, the node before
/// it.
template <DisjointPaths::Way way>
void DisjointPaths::expand(std::uint32_t n) {
  constexpr Role kFrom = way == Way::down ? Role::source : Role::sink;
  constexpr Role kTo = way == Way::down ? Role::sink : Role::source;
  const auto back = [](const Node& node) { return way == Way::down ? node.up : node.down; };
  const std::uint32_t level = nodes_[n].level + 1;
  if (back(nodes_[n]) != kNone) reach(back(nodes_[n]), level);
  for (const std::uint32_t other : graph_.of(n)) {
    const Node& node = nodes_[other];
    if (node.role == kFrom) continue;
    if (back(node) != kNone) {
      reach(back(node), level);
    } else if (node.role == kTo) {
      start_at(other, level);
    } else {
      reach(other, level);
    }
  }
}

template <DisjointPaths::Way way>
void DisjointPaths::find_levels() {
  base_ = highest_ + 3;
  queue_.clear();
  starts_.clear();
  for (const std::uint32_t n : way == Way::down ? sources_ : sinks_) {
    if (!nodes_[n].is_used()) reach(n, base_);
  }
  for (std::size_t i = 0; i < queue_.size(); ++i) expand<way>(queue_[i]);
  knows_way_up_ = way == Way::up && starts_.empty();
}

/// Levels from the sinks, paths from the sources: few steps lead nowhere.
bool DisjointPaths::augment() {
  find_levels<Way::up>();
  tries_last_first_ = !tries_last_first_;
  for (const std::uint32_t n : starts_) {
    if (extend_from(n)) ++count_;
  }
  return !starts_.empty();
}

/// At most one path of a round enters a node, and a node that leads nowhere now does so for all of it.
void DisjointPaths::enter(std::uint32_t n) {
  const std::uint32_t left = nodes_[n].up == kNone ? n : nodes_[n].up;
  path_.push_back({n, left, std::exchange(nodes_[n].level, 0)});
}

bool DisjointPaths::is_at_sink() const {
  const std::uint32_t n = path_.back().entered;
  return nodes_[n].role == Role::sink && nodes_[n].up == kNone;
}

bool DisjointPaths::suits(std::uint32_t n, const Step& step) const {
  return is_reached(n) && (step.choice == Choice::any || nodes_[n].level + 1 == step.level);
}

/// To a neighbour, or when the node that is left is on a path, to that node itself, which its path then no
/// longer needs.
bool DisjointPaths::try_step() {
  Step& step = path_.back();
  const auto around = graph_.of(step.left);
  for (; step.choice != Choice::none;
       step.choice = step.choice == Choice::lower ? Choice::any : Choice::none) {
    while (step.tried < around.size()) {
      const std::size_t i = step.tried++;
      const std::uint32_t other = around[tries_last_first_ ? around.size() - 1 - i : i];
      if (nodes_[other].role != Role::source && suits(other, step)) return enter(other), true;
    }
    step.tried = 0;
    if (nodes_[step.left].up != kNone && suits(step.left, step)) return enter(step.left), true;
  }
  return false;
}

bool DisjointPaths::extend_from(std::uint32_t start) {
  path_.clear();
  enter(start);
  while (!is_at_sink()) {
    if (try_step()) continue;
    path_.pop_back();
    if (path_.empty()) return false;
  }
  apply();
  return true;
}

/// Turns the steps into paths.
void DisjointPaths::apply() {
  for (std::size_t i = 0; i + 1 < path_.size(); ++i) {
    const std::uint32_t left = path_[i].left, next = path_[i + 1].entered;
    if (next == left) {
      nodes_[left].down = nodes_[left].up = kNone;
    } else {
      nodes_[left].down = next;
      nodes_[next].up = left;
    }
  }
}

/// Reached nodes lie on the near side. The separator is where paths leave what was reached.
template <DisjointPaths::Way way>
Side DisjointPaths::side(std::uint32_t n) const {
  constexpr Side kNear = way == Way::down ? Side::sources : Side::sinks;
  constexpr Side kFar = way == Way::down ? Side::sinks : Side::sources;
  constexpr Role kFrom = way == Way::down ? Role::source : Role::sink;
  const Node& node = nodes_[n];
  if (is_reached(n)) return kNear;
  const std::uint32_t back = way == Way::down ? node.up : node.down;
  if (node.is_used() && (back == kNone || is_reached(back))) return Side::separator;
  return node.role == kFrom ? kNear : kFar;
}

std::vector<Side> DisjointPaths::separate(Side nearest_to) {
  const bool from_sources = nearest_to == Side::sources;
  if (from_sources) {
    find_levels<Way::down>();
  } else if (!knows_way_up_) {
    find_levels<Way::up>();
  }
  std::vector<Side> sides(graph_.size());
  for (std::uint32_t n = 0; n < sides.size(); ++n) {
    sides[n] = from_sources ? side<Way::down>(n) : side<Way::up>(n);
  }
  return sides;
}

}  // namespace waywarden::detail
