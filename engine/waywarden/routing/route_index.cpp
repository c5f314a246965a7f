#include "waywarden/routing/route_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/provenance/sha256.h"

namespace waywarden {
namespace {

struct Arcs {
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;

  ArcColumns columns() const { return {tail, head}; }
};

std::vector<std::uint32_t> numbers(const std::vector<NodeId>& nodes) {
  std::vector<std::uint32_t> out;
  out.reserve(nodes.size());
  for (const NodeId n : nodes) out.push_back(static_cast<std::uint32_t>(n.index()));
  return out;
}

Arcs arcs_of(const Network& network) {
  return {numbers(network.columns().tail), numbers(network.columns().head)};
}

std::vector<Joint> joints(std::size_t nodes, ArcColumns arcs) {
  if (arcs.tail.size() != arcs.head.size()) throw OptionError("arcs must have as many tails as heads");
  std::vector<Joint> out;
  out.reserve(arcs.tail.size());
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (std::max(arcs.tail[a], arcs.head[a]) >= nodes) {
      throw OptionError("arc " + std::to_string(a) + " ends at a node that does not exist");
    }
    out.push_back({arcs.tail[a], arcs.head[a]});
  }
  return out;
}

/// Equal-area by latitude: a degree of longitude counts by how long it is there.
std::vector<Position> positions(const Network& network) {
  std::vector<Position> out;
  out.reserve(network.node_count());
  for (const Point& p : network.columns().node_point) {
    const double shrink = std::cos(p.y * std::numbers::pi / 180.0);
    out.push_back({static_cast<float>(p.x * shrink), static_cast<float>(p.y)});
  }
  return out;
}

void check_positions(std::span<const Position> positions, std::size_t nodes) {
  if (!positions.empty() && positions.size() != nodes) {
    throw OptionError("positions must be those of all nodes, or none");
  }
  const auto is_finite = [](Position p) { return std::isfinite(p.x) && std::isfinite(p.y); };
  if (!std::all_of(positions.begin(), positions.end(), is_finite))
    throw OptionError("positions must be finite");
}

void add_number(Sha256& digest, std::uint64_t number) {
  std::array<char, 8> bytes;
  for (char& byte : bytes) {
    byte = static_cast<char>(number & 0xFFU);
    number >>= 8U;
  }
  digest.add({bytes.data(), bytes.size()});
}

}  // namespace

RouteIndex::RouteIndex(const Network& network, const DissectionOptions& options, const Execution& execution)
    : RouteIndex(network.node_count(), arcs_of(network).columns(), positions(network), options, execution) {}

RouteIndex::RouteIndex(std::size_t nodes, ArcColumns arcs, std::span<const Position> positions,
                       const DissectionOptions& options, const Execution& execution) {
  check_positions(positions, nodes);
  const auto kept = std::make_shared<const Arcs>(
      Arcs{{arcs.tail.begin(), arcs.tail.end()}, {arcs.head.begin(), arcs.head.end()}});
  keeper_ = kept;
  arcs_ = kept->columns();
  const std::vector<std::uint32_t> order =
      dissection_order(nodes, joints(nodes, arcs_), positions, options, execution);
  hierarchy_ = Hierarchy(arcs_, order, execution);
  digest_ = topology_digest(nodes, arcs_);
}

bool RouteIndex::fits(const Network& network) const {
  return network.node_count() == node_count() && network.edge_count() == edge_count() &&
         fits(network.node_count(), arcs_of(network).columns());
}

bool RouteIndex::fits(std::size_t nodes, ArcColumns arcs) const {
  return nodes == node_count() && arcs.tail.size() == edge_count() && arcs.head.size() == edge_count() &&
         topology_digest(nodes, arcs) == digest_;
}

std::string topology_digest(std::size_t nodes, ArcColumns arcs) {
  Sha256 digest;
  add_number(digest, nodes);
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    add_number(digest, arcs.tail[a]);
    add_number(digest, arcs.head[a]);
  }
  return std::move(digest).digest();
}

}  // namespace waywarden
