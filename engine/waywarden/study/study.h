#pragma once

/// A study: the layers, the assumptions and the questions of one analysis, as a study.toml states them.
/// Reading checks every key (type, range, spelling); whether files and columns exist shows when the study
/// runs. Fields and defaults are documented in docs/study.md, in the same order.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/flow/demand_model.h"
#include "waywarden/flow/perception.h"
#include "waywarden/interdiction/sites.h"
#include "waywarden/io/read.h"
#include "waywarden/network/layers.h"
#include "waywarden/privacy/draft.h"
#include "waywarden/risk/edge_costs.h"

namespace waywarden {

/// A layer of a file, and how to read it.
struct LayerSource {
  /// As written in the study; relative to the study's folder.
  std::string file;
  ReadOptions options;
  /// Whether the layer, or the columns named with it, are invented.
  Origin origin = Origin::observed;
};

/// A layer to be read, and what is to be made of it: a description of type `Role` whose table is still empty.
template <class Role>
struct StudyLayer {
  LayerSource source;
  Role role;
};

/// What is taken of an OpenStreetMap extract.
struct OsmLayer {
  /// File with rules, relative to the study's folder; empty = `default_tag_profile`.
  std::string profile;
  /// Links of other modes are left out.
  std::vector<Mode> modes;
};

struct IncidentLayer {
  /// Area of the hexagons that incidents are counted in.
  double hexagon_km2 = 500.0;
  /// Incidents farther than this from every place are counted by hexagon only.
  Metres place_radius{25000.0};
};

struct DemandQuestion {
  /// Flows that are given: a table with the ids of two places and a number of journeys. Else a
  /// model.
  std::optional<LayerSource> given;
  std::string origin_column;
  std::string destination_column;
  std::string journeys_column;
  DemandModel model = GravityOptions{};
  /// Pairs whose cheapest route costs more have no journeys; given flows are kept.
  std::optional<double> cutoff;
};

struct InterdictionQuestion {
  std::size_t teams = 10;
  /// What the sites may cost together.
  std::optional<double> budget;
  SiteOptions sites;
  /// Share of evaders who know where teams stand.
  double aware_share = 0.5;
  /// Draws used for rank ranges.
  std::uint32_t sensitivity_draws = 8;
  /// Whether placements are judged before evasive evaders, the worst case and mixed patrols too; what the
  /// evasive accept, and how many seconds each exact search has.
  bool judged = false;
  double detour = 1.25;
  double seconds = 20.0;
};

struct ReleaseChoice {
  std::int64_t k = 11;
  /// Not empty: nothing is suppressed, and this says why.
  std::string unrestricted;
};

struct Study {
  /// Path of the file, for messages; its folder, for relative paths.
  std::string file;
  std::string folder;
  std::string title;
  std::uint64_t seed = 1;
  /// Who made the data; shown with every map and report.
  std::vector<std::string> attribution;

  std::vector<StudyLayer<LinkLayer>> links;
  std::vector<StudyLayer<OsmLayer>> extracts;
  std::vector<StudyLayer<HubLayer>> hubs;
  std::optional<StudyLayer<CountryLayer>> countries;
  std::optional<StudyLayer<PostLayer>> posts;
  std::optional<StudyLayer<PlaceLayer>> places;
  std::optional<StudyLayer<IncidentLayer>> incidents;
  NetworkOptions network;

  CostAssumptions costs;
  Scenario scenario;
  DemandQuestion demand;
  /// The seed is the study's.
  PerceptionOptions route_choice;
  InterdictionQuestion interdiction;
  ReleaseChoice release;
  /// Where results go, relative to the study's folder.
  std::string results_folder = "results";

  /// Every option that was read or left at its default, by dotted key: for provenance.
  std::map<std::string, std::string> options;
};

/// Throws `FileError` or `StudyError`.
Study read_study(const std::string& path);
Study parse_study(const std::string& text, const std::string& name);

}  // namespace waywarden
