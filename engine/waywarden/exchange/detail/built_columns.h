#pragma once

/// A built network as named columns of plain values and of texts: what a file of it holds. The names are part
/// of the file's format.

#include <string>
#include <string_view>
#include <vector>

#include "waywarden/network/builder.h"

namespace waywarden::detail {

/// What the network has as lists of structs, as columns.
struct ListColumns {
  std::vector<std::string> source_layer, source_id;
  std::vector<Outcome> outcome;
  std::vector<std::string> file, layer, feature, reason, detail;
  std::vector<std::string> read;
  std::vector<std::uint64_t> features;
};

struct BuiltColumns {
  NetworkColumns network;
  Crossings crossings;
  Hubs hubs;
  Places places;
  ListColumns lists;
};

template <class Network, class Take>
void for_each_network_column(Network& c, Take&& take) {
  take("node_point", c.node_point);
  take("node_mode", c.node_mode);
  take("node_country", c.node_country);
  take("countries", c.countries);
  take("tail", c.tail);
  take("head", c.head);
  take("mode", c.mode);
  take("kind", c.kind);
  take("length_m", c.length_m);
  take("speed_kmh", c.speed_kmh);
  take("wait_s", c.wait_s);
  take("money", c.money);
  take("detection", c.detection);
  take("twin", c.twin);
  take("shape", c.shape);
  take("source", c.source);
  take("shape_vertices", c.shape_vertices);
  take("shape_ends", c.shape_ends);
}

template <class Table, class Take>
void for_each_crossing_column(Table& c, Take&& take) {
  take("crossing_id", c.id);
  take("crossing_post", c.post);
  take("crossing_name", c.name);
  take("crossing_a", c.country_a);
  take("crossing_b", c.country_b);
  take("crossing_mode", c.mode);
  take("crossing_status", c.status);
  take("crossing_point", c.point);
  take("crossing_a_to_b", c.a_to_b);
  take("crossing_b_to_a", c.b_to_a);
  take("crossing_accuracy", c.border_accuracy_m);
  take("crossing_distance", c.post_distance_m);
}

template <class Table, class Take>
void for_each_hub_column(Table& h, Take&& take) {
  take("hub_id", h.id);
  take("hub_name", h.name);
  take("hub_kind", h.kind);
  take("hub_country", h.country);
  take("hub_point", h.point);
  take("hub_node", h.node);
  take("hub_modes", h.modes);
}

template <class Table, class Take>
void for_each_place_column(Table& p, Take&& take) {
  take("place_id", p.id);
  take("place_name", p.name);
  take("place_country", p.country);
  take("place_point", p.point);
  take("place_node", p.node);
  take("place_access", p.access_m);
  take("place_population", p.population);
  take("place_source", p.source_weight);
  take("place_destination", p.destination_weight);
}

template <class Lists, class Take>
void for_each_list_column(Lists& l, Take&& take) {
  take("source_layer", l.source_layer);
  take("source_id", l.source_id);
  take("entry_outcome", l.outcome);
  take("entry_file", l.file);
  take("entry_layer", l.layer);
  take("entry_feature", l.feature);
  take("entry_reason", l.reason);
  take("entry_detail", l.detail);
  take("read_layer", l.read);
  take("read_features", l.features);
}

ListColumns list_columns(const BuiltNetwork& built);

/// Why the columns are no network; nothing where they are. What the constructor of `Network` checks is not
/// checked here.
std::string_view defect(const BuiltColumns& columns);

/// Takes columns without a defect. Throws `OptionError` where they are no network.
BuiltNetwork built_network(BuiltColumns columns);

}  // namespace waywarden::detail
