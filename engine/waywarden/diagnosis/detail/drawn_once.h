#pragma once

/// Both directions of a road are one line on the map: the edge with the smaller id stands for it.

#include "waywarden/network/network.h"

namespace waywarden::detail {

inline bool stands_for_its_line(const Network& network, EdgeId edge) {
  const EdgeId twin = network.columns().twin[edge.index()];
  return !twin.exists() || edge < twin;
}

}  // namespace waywarden::detail
