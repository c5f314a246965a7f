#pragma once

/// An OpenStreetMap extract (.osm.pbf, or .osm as XML) into layers that a network is built from (libosmium).
/// Ways that a rule of the profile makes links become lines, one layer per mode; nodes become hubs and border
/// posts; turn restrictions are listed, but not kept by routes.
///
/// Ways meet where they share a node; nodes have seven decimals, the same as the network's vertices. Levels
/// (layer, bridge, tunnel) keep ways apart that merely pass each other. An extract is cut somewhere: a way is
/// kept as far as its nodes are in the file, and the rest is reported. Columns of a line: `class`
/// ("highway=track"), `name`, `ref`, `access`, `speed_kmh`, `speed_from` ("maxspeed", "duration" or
/// "assumed"), `oneway`, `level`. A limit is not how fast one travels: it is taken as it is.
///
/// Nothing is fetched over a network. Two passes over the file; memory about 16 bytes per node that a kept
/// way uses and 8 per use, besides the layers. Layers are in the order of ids, whatever the file's.

#include <cstdint>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"
#include "waywarden/network/layers.h"
#include "waywarden/osm/tag_profile.h"

namespace waywarden {

/// What the file held.
struct OsmCounts {
  std::uint64_t ways = 0;
  /// Ways that became lines, were closed by a rule, or that no rule fits.
  std::uint64_t links = 0;
  std::uint64_t closed = 0;
  std::uint64_t others = 0;
  /// Nodes that links use and the file holds, and those it lacks.
  std::uint64_t link_nodes = 0;
  std::uint64_t missing_nodes = 0;
};

struct OsmExtract {
  /// One per mode that occurs, in the order of modes, named "road", "rail" ...
  std::vector<LinkLayer> links;
  /// Points: `kind` ("railway=station"), `name`.
  FeatureTable hubs;
  FeatureTable posts;
  /// Where ferries land: nodes at which a line of mode sea ends and that a road, railway or footpath has too.
  /// Joins the modes there, where the network has more than one of them; an empty table where no ferry lands.
  HubLayer landings;
  /// Without geometry: `restriction`, `from`, `via`, `to`; several members of a role are divided by blanks.
  FeatureTable restrictions;
  OsmCounts counts;
  ImportReport report;
};

struct OsmOptions {
  /// More than this is an error.
  std::uint64_t max_ways = 50'000'000;
  std::uint64_t max_vertices = 400'000'000;
};

/// A file without any link is no error: `links` is empty. Throws `RefusedError` and `FileError` (path,
/// format, damage), `InputError` (limits), `Cancelled`.
OsmExtract read_osm(const std::string& path, const TagProfile& profile, const OsmOptions& options = {},
                    const Execution& execution = {});

}  // namespace waywarden
