#include "waywarden/study/release_draft.h"

#include <algorithm>

#include "waywarden/features/reproject.h"
#include "waywarden/study/hotspot_tables.h"
#include "waywarden/study/import_table.h"
#include "waywarden/study/interdiction_tables.h"
#include "waywarden/study/network_tables.h"

namespace waywarden {
namespace {

/// Countries as background: codes and outlines only.
FeatureTable country_table(const CountryLayer& layer) {
  ImportReport ignored;  // the same rows are in the network's report
  const FeatureTable placed = reprojected(layer.table, Crs::wgs84(), ignored);
  FeatureTable out{"countries", "", Crs::wgs84(), placed.ids, placed.geometries, {}};
  out.add(placed.column(layer.code_column).renamed("country"));
  out.add(placed.column(layer.name_column.empty() ? layer.code_column : layer.name_column).renamed("name"));
  return out;
}

/// Journeys that come from counts of observed movement: a statistic of unsuppressed counts, which leaves only
/// as a class.
Table modelled(FeatureTable features, const std::string& title, const Study& study) {
  const Origin origin = uses_synthetic(study) ? Origin::synthetic : Origin::modelled;
  const bool from_counts = study.demand.given && study.demand.given->origin != Origin::synthetic;
  if (from_counts && study.release.unrestricted.empty()) {
    std::erase_if(features.columns, [](const Column& column) {
      static const std::vector<std::string> kJourneys = {"exposure",   "exposure_se", "gain",   "gain_se",
                                                         "cumulative", "upper_bound", "before", "after",
                                                         "change",     "share"};
      return std::find(kJourneys.begin(), kJourneys.end(), column.name()) != kJourneys.end();
    });
  }
  return context_table(std::move(features), title, origin);
}

std::size_t position(const Draft& draft, const std::string& table) {
  return static_cast<std::size_t>(std::find_if(draft.tables.begin(), draft.tables.end(),
                                               [&](const Table& t) { return t.features.name == table; }) -
                                  draft.tables.begin());
}

void add_hotspots(const Study& study, const Analysis& a, Draft& draft) {
  if (!a.hotspots) return;
  const Origin origin = study.incidents->source.origin;
  draft.tables.push_back(hexagon_table(*a.hotspots, origin));
  draft.totals[kIncidents] = a.hotspots->incidents;
  if (a.hotspots->places.counts.empty()) return;
  draft.tables.push_back(place_hotspot_table(*a.hotspots, a.built.places, origin));
  draft.overlaps.push_back({position(draft, "hotspots_hex"), position(draft, "hotspots_places"), kIncidents,
                            a.hotspots->overlaps, a.hotspots->hexagons_enclosed});
}

LayerStyle exposure_lines() {
  LayerStyle style{"edges", SymbolShape::line, StyleScheme::categories, "exposure_class", {}, ""};
  const auto add = [&](const char* words, const char* colour, double width) {
    StyleClass c;
    c.label = c.value = words;
    c.symbol.colour = colour;
    c.symbol.size = width;
    style.classes.push_back(c);
  };
  add("10 % and more", "#7a0177", 1.6);
  add("3 to 10 %", "#c51b8a", 1.2);
  add("1 to 3 %", "#f768a1", 0.8);
  add("0.1 to 1 %", "#fbb4b9", 0.5);
  add("under 0.1 %", "#cfc3c8", 0.3);
  add("none", "#d9d9d9", 0.15);
  return style;
}

LayerStyle hotspot_fills(const std::string& table, SymbolShape shape) {
  LayerStyle style{table, shape, StyleScheme::categories, "class", {}, ""};
  const auto add = [&](const char* value, const char* label, const char* colour, double opacity) {
    StyleClass c;
    c.value = value;
    c.label = label;
    c.symbol.colour = colour;
    c.symbol.size = 2.5;
    c.symbol.opacity = opacity;
    style.classes.push_back(c);
  };
  add("hot_99", "hot spot, 99 %", "#b2182b", 0.6);
  add("hot_95", "hot spot, 95 %", "#ef8a62", 0.6);
  add("hot_90", "hot spot, 90 %", "#fddbc7", 0.6);
  add("cold_90", "cold spot, 90 %", "#d1e5f0", 0.6);
  add("cold_95", "cold spot, 95 %", "#67a9cf", 0.6);
  add("cold_99", "cold spot, 99 %", "#2166ac", 0.6);
  add("", "not significant or withheld", "#bdbdbd", 0.1);
  return style;
}

LayerStyle simple(const std::string& table, SymbolShape shape, const std::string& colour, double size,
                  const std::string& label_column = {}) {
  StyleClass one;
  one.label = table;
  one.symbol.colour = colour;
  one.symbol.size = size;
  return {table, shape, StyleScheme::single, "", {one}, label_column};
}

}  // namespace

Draft release_draft(const Study& study, const StudyLayers& layers, const Analysis& a) {
  Draft draft;
  const Network& network = a.built.network;
  draft.tables.push_back(
      modelled(interception_table(a, a.model, "interception_points"), "Interception points", study));
  if (a.model != EvaderModel::unaware) {
    draft.tables.push_back(modelled(interception_table(a, EvaderModel::unaware, "interception_unaware"),
                                    "Interception points if nobody knew of the teams", study));
  }
  draft.tables.push_back(modelled(site_table(a), "Candidate sites", study));
  add_hotspots(study, a, draft);
  draft.tables.push_back(modelled(crossing_table(network, a.loading), "Border crossings", study));
  draft.tables.push_back(modelled(hub_table(network, a.loading), "Hubs", study));
  draft.tables.push_back(context_table(place_table(a.built.places), "Places", study.places->source.origin));
  draft.tables.push_back(modelled(edge_table(network, a.loading), "Expected journeys", study));
  draft.tables.push_back(modelled(displacement_table(a), "Displacement", study));
  if (a.judgement)
    draft.tables.push_back(modelled(judged_table(a), "Placements before every kind of evader", study));
  if (study.countries) {
    draft.tables.push_back(
        context_table(country_table(*layers.network.countries), "Countries", Origin::observed));
  }
  draft.tables.push_back(context_table(import_table(study, layers, a), "Import report", Origin::observed));
  std::erase_if(draft.tables, [](const Table& table) { return table.features.size() == 0; });
  return draft;
}

std::vector<LayerStyle> result_styles(const Draft& draft) {
  std::vector<LayerStyle> all = {simple("interception_points", SymbolShape::marker, "#000000", 5.0, "rank"),
                                 simple("interception_unaware", SymbolShape::marker, "#525252", 3.0, "rank"),
                                 simple("sites", SymbolShape::marker, "#888888", 1.2),
                                 simple("displacement", SymbolShape::line, "#e6550d", 0.8),
                                 simple("crossings", SymbolShape::marker, "#2c7fb8", 2.0),
                                 simple("hubs", SymbolShape::marker, "#41ab5d", 1.8),
                                 simple("places", SymbolShape::marker, "#f16913", 2.2, "name"),
                                 simple("countries", SymbolShape::fill, "#f7f4ed", 0.0),
                                 exposure_lines(),
                                 hotspot_fills("hotspots_hex", SymbolShape::fill),
                                 hotspot_fills("hotspots_places", SymbolShape::marker)};
  std::erase_if(all,
                [&](const LayerStyle& style) { return position(draft, style.table) == draft.tables.size(); });
  return all;
}

}  // namespace waywarden
