#include "waywarden/linear_network/node_distances.h"

#include <memory>

namespace waywarden {
namespace {

using Row = std::vector<LineSearch::Reached>;

/// A node that no edge meets reaches itself.
Row row_of(const LinearNetwork& network, LineSearch& search, std::uint32_t node, double limit) {
  if (network.degree(node) == 0) return {{node, 0.0}};
  const auto& branch = network.branches(node).front();
  const auto reached = search.from({branch.edge, branch.way % 2 == 0 ? 0.0 : branch.length}, limit);
  return {reached.begin(), reached.end()};
}

}  // namespace

std::optional<NodeDistances> NodeDistances::within(const LinearNetwork& network, double limit,
                                                   std::size_t most, const Execution& execution) {
  // So many nodes at a time that what is too much is noticed in time.
  constexpr std::size_t kBatch = 1024;
  NodeDistances all;
  std::vector<std::unique_ptr<LineSearch>> search(workspaces(execution));
  for (std::size_t begin = 0; begin < network.node_count(); begin += kBatch) {
    std::vector<Row> rows(std::min(kBatch, network.node_count() - begin));
    parallel_for_with_workspace(rows.size(), execution, [&](std::size_t slot, std::size_t i) {
      if (!search[slot]) search[slot] = std::make_unique<LineSearch>(network);
      rows[i] = row_of(network, *search[slot], static_cast<std::uint32_t>(begin + i), limit);
    });
    for (const Row& row : rows) {
      all.reached_.insert(all.reached_.end(), row.begin(), row.end());
      all.first_.push_back(all.reached_.size());
    }
    if (all.reached_.size() > most) return std::nullopt;
  }
  return all;
}

}  // namespace waywarden
