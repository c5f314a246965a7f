#pragma once

/// A network from a graph that other software has built: nodes and directed edges by name. Nothing is noded
/// or snapped: what the graph joins is joined, and a bridge over a road stays one. Two edges between the same
/// nodes, one each way, that say the same of the same line are the two directions of one road.
///
/// The result does not depend on the order of rows. Nodes that lie at one point are told apart by their ids,
/// the shorter id first, then by the letters.

#include "waywarden/features/feature_table.h"
#include "waywarden/network/builder.h"

namespace waywarden {

/// Points, with these columns where there is something to say: `mode` (by default road), `country` (a code).
struct GraphNodes {
  FeatureTable table;
};

/// Lines from tail to head, which may be missing (then straight). Columns: `tail` and `head`, the ids of
/// nodes, and where there is something to say:
///
///   mode, kind              names; by default road, link
///   length_m                by default that of the line
///   speed_kmh, wait_s, money, detection
///   layer, feature          where the edge came from; by default this table and row
///   drawn                   whether the line is drawn this way round: decides ties of order, no more
struct GraphEdges {
  FeatureTable table;
};

/// Without crossings, hubs and places. The report names edges that end at no node or were skipped, and nodes
/// without an edge, which a network does not have. Throws `InputError` for a missing column, an impossible
/// value or when no edge is left, and `CrsError` when a CRS is unknown.
BuiltNetwork network_of_graph(const GraphNodes& nodes, const GraphEdges& edges, const Execution& execution);

/// What to say in `drawn` of an edge of a network.
bool drawn_along(const Network& network, EdgeId edge);

}  // namespace waywarden
