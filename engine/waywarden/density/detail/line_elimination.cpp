#include "waywarden/density/detail/line_elimination.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

namespace waywarden::density_detail {
namespace {

constexpr std::size_t kLoop = std::numeric_limits<std::size_t>::max();
using Lists = std::vector<std::vector<std::uint32_t>>;

Lists neighbour_lists(std::size_t nodes, std::span<const std::pair<std::uint32_t, std::uint32_t>> edges) {
  Lists lists(nodes);
  for (const auto& [a, b] : edges) {
    if (a == b) continue;
    lists[a].push_back(b);
    lists[b].push_back(a);
  }
  for (auto& list : lists) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return lists;
}

/// Joins all neighbours of a node with each other and takes the node out.
std::vector<std::uint32_t> joined_without(const std::vector<std::uint32_t>& own,
                                          const std::vector<std::uint32_t>& others, std::uint32_t self,
                                          std::uint32_t gone) {
  std::vector<std::uint32_t> all;
  all.reserve(own.size() + others.size());
  std::ranges::set_union(own, others, std::back_inserter(all));
  std::erase_if(all, [&](std::uint32_t n) { return n == self || n == gone; });
  return all;
}

}  // namespace

LineElimination::LineElimination(std::size_t nodes,
                                 std::span<const std::pair<std::uint32_t, std::uint32_t>> edges)
    : step_(nodes) {
  eliminate_all(neighbour_lists(nodes, edges));
  for (const auto& [a, b] : edges) {
    entry_of_edge_.push_back(a == b ? kLoop
                                    : entry(std::min(step_[a], step_[b]), std::max(step_[a], step_[b])));
  }
}

void LineElimination::eliminate_all(Lists neighbours) {
  std::set<std::pair<std::size_t, std::uint32_t>> by_degree;
  for (std::uint32_t n = 0; n < neighbours.size(); ++n) by_degree.emplace(neighbours[n].size(), n);
  Lists later;
  while (!by_degree.empty()) {
    const std::uint32_t gone = by_degree.begin()->second;
    by_degree.erase(by_degree.begin());
    step_[gone] = static_cast<std::uint32_t>(node_.size());
    node_.push_back(gone);
    later.push_back(std::move(neighbours[gone]));
    for (const std::uint32_t n : later.back()) {
      by_degree.erase({neighbours[n].size(), n});
      neighbours[n] = joined_without(neighbours[n], later.back(), n, gone);
      by_degree.emplace(neighbours[n].size(), n);
    }
  }
  for (auto& list : later) {
    for (std::uint32_t& n : list) n = step_[n];
    std::ranges::sort(list);
    later_.insert(later_.end(), list.begin(), list.end());
    first_.push_back(later_.size());
  }
}

std::size_t LineElimination::entry(std::uint32_t earlier, std::uint32_t later) const {
  const auto begin = later_.begin() + static_cast<std::ptrdiff_t>(first_[earlier]);
  const auto end = later_.begin() + static_cast<std::ptrdiff_t>(first_[earlier + 1]);
  return static_cast<std::size_t>(std::lower_bound(begin, end, later) - later_.begin());
}

std::vector<Complex> LineElimination::entries(std::span<const Complex> conductance) const {
  std::vector<Complex> value(later_.size());
  for (std::size_t e = 0; e < conductance.size(); ++e) {
    if (entry_of_edge_[e] != kLoop) value[entry_of_edge_[e]] += conductance[e];
  }
  return value;
}

std::vector<Complex> LineElimination::solve(std::span<const Complex> conductance,
                                            std::vector<Complex> diagonal, std::vector<Complex> right) const {
  std::vector<Complex> value = entries(conductance), inverse(node_.size());
  for (std::uint32_t k = 0; k < node_.size(); ++k) {
    const std::size_t first = first_[k], last = first_[k + 1];
    Complex pivot = diagonal[node_[k]];
    for (std::size_t i = first; i < last; ++i) pivot += value[i];
    inverse[k] = 1.0 / pivot;
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t row = later_[i];
      const Complex share = times(value[i], inverse[k]);
      diagonal[node_[row]] += times(share, diagonal[node_[k]]);
      right[node_[row]] += times(share, right[node_[k]]);
      std::size_t target = first_[row];
      for (std::size_t j = i + 1; j < last; ++j) {
        while (later_[target] != later_[j]) ++target;
        value[target] += times(share, value[j]);
      }
    }
  }
  for (std::size_t k = node_.size(); k-- > 0;) {
    Complex sum = right[node_[k]];
    for (std::size_t i = first_[k]; i < first_[k + 1]; ++i) sum += times(value[i], right[node_[later_[i]]]);
    right[node_[k]] = times(sum, inverse[k]);
  }
  return right;
}

}  // namespace waywarden::density_detail
