/// How a `RouteIndex` is kept in a file.

#include <string>
#include <string_view>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/column_file.h"
#include "waywarden/routing/detail/hierarchy_check.h"
#include "waywarden/routing/detail/hierarchy_columns.h"
#include "waywarden/routing/route_index.h"

namespace waywarden {
namespace {

/// The version goes up with every change of what the columns are or mean.
constexpr detail::ColumnFileKind kKind{"WAYROUTE", 1};

[[noreturn]] void refuse_other_network(const std::string& path, std::size_t nodes, std::size_t edges,
                                       const Network& network) {
  throw InputError({path, "", ""}, "is the index of another network, of " + std::to_string(nodes) +
                                       " nodes and " + std::to_string(edges) + " edges; this one has " +
                                       std::to_string(network.node_count()) + " and " +
                                       std::to_string(network.edge_count()) + ": prepare it anew");
}

}  // namespace

void RouteIndex::save(const std::string& path) const {
  std::vector<detail::RawColumn> columns = {detail::raw_column("tail", arcs_.tail),
                                            detail::raw_column("head", arcs_.head)};
  detail::for_each_column(hierarchy_.columns(), [&](std::string_view name, const auto& column) {
    columns.push_back(detail::raw_column(name, column));
  });
  detail::write_columns(path, kKind, digest_, columns);
}

RouteIndex RouteIndex::load(const std::string& path, const Network& network) {
  const detail::ColumnFile file(path, kKind);
  RouteIndex index;
  index.digest_ = file.digest();
  index.arcs_ = {file.column<std::uint32_t>("tail"), file.column<std::uint32_t>("head")};
  index.keeper_ = file.keeper();
  detail::HierarchySpans columns;
  detail::for_each_column(columns, [&]<class Item>(std::string_view name, std::span<const Item>& column) {
    column = file.column<Item>(name);
  });
  if (!detail::is_hierarchy(columns, index.arcs_)) file.refuse("is damaged: what it holds is no hierarchy");
  index.hierarchy_ = Hierarchy(columns, file.keeper());
  if (!index.fits(network)) refuse_other_network(path, index.node_count(), index.edge_count(), network);
  return index;
}

}  // namespace waywarden
