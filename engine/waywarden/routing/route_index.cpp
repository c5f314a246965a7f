#include "waywarden/routing/route_index.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

#include "waywarden/provenance/sha256.h"

namespace waywarden {
namespace {

struct Arcs {
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;
};

std::vector<std::uint32_t> numbers(const std::vector<NodeId>& nodes) {
  std::vector<std::uint32_t> out;
  out.reserve(nodes.size());
  for (const NodeId n : nodes) out.push_back(static_cast<std::uint32_t>(n.index()));
  return out;
}

std::vector<Joint> joints(const Network& network) {
  std::vector<Joint> out;
  out.reserve(network.edge_count());
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    out.push_back({static_cast<std::uint32_t>(network.tail(EdgeId(e)).index()),
                   static_cast<std::uint32_t>(network.head(EdgeId(e)).index())});
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
    : digest_(topology_digest(network)) {
  const auto arcs =
      std::make_shared<const Arcs>(Arcs{numbers(network.columns().tail), numbers(network.columns().head)});
  arcs_ = {arcs->tail, arcs->head};
  keeper_ = arcs;
  const std::vector<std::uint32_t> order =
      dissection_order(network.node_count(), joints(network), positions(network), options, execution);
  hierarchy_ = Hierarchy(arcs_, order, execution);
}

bool RouteIndex::fits(const Network& network) const {
  return network.node_count() == node_count() && network.edge_count() == edge_count() &&
         topology_digest(network) == digest_;
}

std::string topology_digest(const Network& network) {
  Sha256 digest;
  add_number(digest, network.node_count());
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    add_number(digest, network.tail(EdgeId(e)).index());
    add_number(digest, network.head(EdgeId(e)).index());
  }
  return std::move(digest).digest();
}

}  // namespace waywarden
