#include "waywarden/routing/sweep_batches.h"

#include <algorithm>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/routing/core_sweep.h"

namespace waywarden {
namespace {

std::size_t rounded_up(std::size_t number, std::size_t to_multiple_of) {
  return (number + to_multiple_of - 1) / to_multiple_of * to_multiple_of;
}

std::size_t batches_for(std::size_t searches, std::size_t workers) {
  const std::size_t least = rounded_up(searches, CoreSweep::kMostRoots) / CoreSweep::kMostRoots;
  return std::min(searches, rounded_up(least, workers));
}

}  // namespace

SweepBatches::SweepBatches(const Core& core, std::span<const CoreNode> root,
                           std::span<const std::size_t> group_sizes, std::size_t workers)
    : order_(root.size()) {
  if (std::reduce(group_sizes.begin(), group_sizes.end()) != root.size() || workers == 0)
    throw OptionError("groups of searches must have as many as there are roots, and somebody to make them");
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  const auto rank = [&](std::size_t search) { return core.hierarchy().rank(root[search].index()); };
  for (const std::size_t size : group_sizes) {
    std::ranges::stable_sort(std::span(order_).subspan(first_.back(), size), {}, rank);
    cut(size, batches_for(size, group_sizes.size() == 1 ? workers : 1));
  }
}

void SweepBatches::cut(std::size_t searches, std::size_t batches) {
  const std::size_t begin = first_.back();
  for (std::size_t i = 1; i <= batches; ++i) first_.push_back(begin + searches * i / batches);
}

}  // namespace waywarden
