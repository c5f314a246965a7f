#pragma once

/// What a network is built from: feature tables with the names of the columns that matter. Tables may be in
/// any CRS that PROJ can bring to longitude and latitude. An empty column name means: there is none, use the
/// default beside it.

#include <optional>
#include <string>
#include <vector>

#include "waywarden/base/units.h"
#include "waywarden/features/feature_table.h"
#include "waywarden/network/mode.h"

namespace waywarden {

/// Lines along which people move.
struct LinkLayer {
  FeatureTable table;
  Mode mode = Mode::road;
  /// Kilometres per hour.
  std::string speed_column = {};
  /// 1, true, yes: only along the line; -1, reverse: only against it; else both ways.
  std::string oneway_column = {};
  /// Background detection probability per feature, in [0, 1].
  std::string detection_column = {};
  /// Above or below ground, a whole number (0 where missing): lines of different levels are not joined where
  /// they pass through the same vertex. Without it, every line is on the ground.
  std::string level_column = {};
  /// Whether lines of the layer that cross on the same level meet there, though they share no vertex.
  AtCrossings at_crossings = AtCrossings::pass;
};

/// Points where journeys change mode.
struct HubLayer {
  FeatureTable table;
  std::string name_column = {};
  std::string country_column = {};
  /// Modes joined where a link of theirs is within `radius`.
  std::vector<Mode> modes = {};
  Metres radius{5000.0};
  /// Time to change between a mode and the hub, on top of walking: half of the wait per way.
  Seconds wait{1800.0};
  double money = 0.0;
  double detection = 0.0;
};

/// Country polygons.
struct CountryLayer {
  FeatureTable table;
  std::string code_column = {};
  /// For maps.
  std::string name_column = {};
  /// How far the polygons may be off, metres, per feature; the larger of two neighbours counts.
  std::string accuracy_column = {};
  Metres accuracy{100.0};
};

/// Border posts that are known.
struct PostLayer {
  FeatureTable table;
  std::string name_column = {};
  std::string country_a_column = {};
  std::string country_b_column = {};
  /// road, rail, sea; a post without one serves every mode.
  std::string mode_column = {};
  std::string detection_column = {};
  /// Minutes.
  std::string wait_column = {};
  /// How far a post may be from the place where the network crosses the border.
  Metres tolerance{10000.0};
};

/// Sources, transit places and destinations.
struct PlaceLayer {
  FeatureTable table;
  std::string name_column = {};
  std::string country_column = {};
  std::string population_column = {};
  /// Per person, >= 0: a place's source weight is this times its population. Instead of a source weight.
  std::string vulnerability_column = {};
  std::string source_weight_column = {};
  std::string destination_weight_column = {};
  /// Modes a place may be attached to: the nearest link of any of them.
  std::vector<Mode> modes = {Mode::road};
  Metres radius{20000.0};
};

struct NetworkLayers {
  std::vector<LinkLayer> links;
  std::vector<HubLayer> hubs;
  std::optional<CountryLayer> countries;
  std::optional<PostLayer> posts;
  std::optional<PlaceLayer> places;
};

struct NetworkOptions {
  /// Line ends of one mode closer than this become one node. 0: only ends that are equal to 1e-7 degrees.
  Metres snap_tolerance{1.0};
  /// Detection and waiting at crossings where no post is listed.
  double informal_detection = 0.02;
  Seconds informal_wait{0.0};
  /// The same at listed posts that do not say.
  double listed_detection = 0.2;
  Seconds listed_wait{1800.0};
  /// How fast people get from a link to a hub, kilometres per hour.
  double access_speed_kmh = 5.0;
};

}  // namespace waywarden
