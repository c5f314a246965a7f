#include "waywarden/clusters/detail/labelling.h"

namespace waywarden::detail {
namespace {

struct Group {
  std::size_t size = 0;
  std::size_t first_site = 0;
  std::uint32_t name = 0;
};

/// Largest first.
std::vector<Group> sorted_groups(std::span<const std::uint32_t> group) {
  std::vector<Group> groups;
  std::vector<std::uint32_t> position(group.size(), kNoCluster);
  for (std::size_t site = 0; site < group.size(); ++site) {
    if (group[site] == kNoCluster) continue;
    auto& at = position[group[site]];
    if (at == kNoCluster) {
      at = static_cast<std::uint32_t>(groups.size());
      groups.push_back({0, site, group[site]});
    }
    ++groups[at].size;
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.size > b.size; });
  return groups;
}

}  // namespace

ClusterLabels labels(std::span<const std::uint32_t> group, std::span<const std::uint32_t> order) {
  ClusterLabels result;
  result.cluster.resize(group.size());
  std::vector<std::uint32_t> number(group.size(), kNoCluster);
  for (const Group& g : sorted_groups(group)) {
    number[g.name] = static_cast<std::uint32_t>(result.sizes.size());
    result.sizes.push_back(g.size);
  }
  for (std::size_t site = 0; site < group.size(); ++site) {
    if (group[site] != kNoCluster) result.cluster[order[site]] = number[group[site]];
  }
  return result;
}

}  // namespace waywarden::detail
