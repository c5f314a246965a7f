/// How a `RouteIndex` is kept in a file.

#include <string>
#include <string_view>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/hierarchy_check.h"
#include "waywarden/routing/detail/hierarchy_columns.h"
#include "waywarden/routing/route_index.h"
#include "waywarden/storage/column_file.h"

namespace waywarden {
namespace {

/// The version goes up with every change of what the columns are or mean.
constexpr ColumnFileKind kKind{"WAYROUTE", 1};

[[noreturn]] void refuse(const std::string& path, const RouteIndex& index, std::size_t nodes,
                         std::size_t edges) {
  throw InputError({path, "", ""},
                   "is the index of another network, of " + std::to_string(index.node_count()) +
                       " nodes and " + std::to_string(index.edge_count()) + " edges; this one has " +
                       std::to_string(nodes) + " and " + std::to_string(edges) + ": prepare it anew");
}

}  // namespace

void RouteIndex::save(const std::string& path) const {
  std::vector<RawColumn> columns = {raw_column("tail", arcs_.tail), raw_column("head", arcs_.head)};
  detail::for_each_column(hierarchy_.columns(), [&](std::string_view name, const auto& column) {
    columns.push_back(raw_column(name, column));
  });
  write_columns(path, kKind, digest_, columns);
}

RouteIndex RouteIndex::load(const std::string& path) {
  const ColumnFile file(path, kKind);
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
  return index;
}

RouteIndex RouteIndex::load(const std::string& path, const Network& network) {
  RouteIndex index = load(path);
  if (!index.fits(network)) refuse(path, index, network.node_count(), network.edge_count());
  return index;
}

RouteIndex RouteIndex::load(const std::string& path, std::size_t nodes, ArcColumns arcs) {
  RouteIndex index = load(path);
  if (!index.fits(nodes, arcs)) refuse(path, index, nodes, arcs.tail.size());
  return index;
}

}  // namespace waywarden
