#include "waywarden/risk/scenario.h"

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void close(std::vector<std::uint8_t>& closed, EdgeId edge) {
  if (!edge.exists()) return;
  if (edge.index() >= closed.size())
    throw OptionError("scenario closes an edge that the network does not have");
  closed[edge.index()] = 1;
}

void close_crossing(const Crossings& crossings, const std::string& id, std::vector<std::uint8_t>& closed) {
  bool found = false;
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    if (crossings.id[i] != id && crossings.post[i] != id) continue;
    close(closed, crossings.a_to_b[i]);
    close(closed, crossings.b_to_a[i]);
    found = true;
  }
  if (!found) throw OptionError("scenario closes crossing '" + id + "', which the network does not have");
}

}  // namespace

std::vector<std::uint8_t> closed_edges(const Network& network, const Scenario& scenario) {
  std::vector<std::uint8_t> closed(network.edge_count(), 0);
  for (const std::string& id : scenario.closed_crossings) close_crossing(network.crossings(), id, closed);
  for (const EdgeId edge : scenario.closed_edges) close(closed, edge);
  return closed;
}

}  // namespace waywarden
