#include "waywarden/study/load_layers.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>

#include "waywarden/features/reproject.h"
#include "waywarden/io/path_guard.h"
#include "waywarden/osm/read_osm.h"
#include "waywarden/osm/tag_profile.h"

namespace waywarden {
namespace {

class Loader {
 public:
  Loader(const Study& study, const Execution& execution) : study_(study), execution_(execution) {}

  StudyLayers load() {
    NetworkLayers& network = out_.network;
    for (const auto& layer : study_.links) network.links.push_back(filled(layer, "links"));
    for (const auto& layer : study_.extracts) add_extract(layer);
    for (const auto& layer : study_.hubs) network.hubs.push_back(filled(layer, "hubs"));
    if (study_.countries) network.countries = filled(*study_.countries, "countries");
    if (study_.posts) network.posts = filled(*study_.posts, "crossings");
    if (study_.places) network.places = filled(*study_.places, "places");
    if (study_.incidents) out_.incidents = incidents(read(study_.incidents->source, "incidents"));
    if (study_.demand.given) out_.flows = flows(read(*study_.demand.given, "flows"));
    return std::move(out_);
  }

 private:
  FeatureTable read(const LayerSource& source, const std::string& role) {
    const std::string path = path_of(study_, source);
    execution_.start("reading " + role, 1);
    ReadResult result = read_layer(path, source.options, execution_);
    out_.report.append(result.report);
    InputRecord record = recorded(path, role);
    record.layer = result.table.name;
    record.features = result.table.size();
    record.synthetic = source.origin == Origin::synthetic;
    out_.inputs.push_back(std::move(record));
    return std::move(result.table);
  }

  /// One layer of links for each mode wanted that the extract has.
  void add_extract(const StudyLayer<OsmLayer>& layer) {
    const std::string path = path_of(study_, layer.source);
    const TagProfile profile = profile_of(layer.role);
    OsmExtract extract = read_osm(path, profile, {}, execution_);
    out_.report.append(extract.report);
    InputRecord record = recorded(path, "links");
    record.synthetic = layer.source.origin == Origin::synthetic;
    const auto wanted = [&](Mode mode) { return std::ranges::count(layer.role.modes, mode) > 0; };
    for (LinkLayer& links : extract.links) {
      if (!wanted(links.mode)) continue;
      record.features += links.table.size();
      out_.network.links.push_back(std::move(links));
    }
    if (wanted(Mode::sea) && extract.landings.table.size() > 0)
      out_.network.hubs.push_back(std::move(extract.landings));
    out_.inputs.push_back(std::move(record));
  }

  TagProfile profile_of(const OsmLayer& layer) {
    if (layer.profile.empty()) return tag_profile(default_tag_profile());
    const std::string path = path_of(study_, {layer.profile, {}, Origin::observed});
    require_local(path);
    std::ifstream file(path, std::ios::binary);
    const std::string rules{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    out_.inputs.push_back(recorded(path, "profile"));
    return tag_profile(rules, path);
  }

  /// A file with many layers is digested once.
  InputRecord recorded(const std::string& path, const std::string& role) {
    auto found = digests_.find(path);
    if (found == digests_.end())
      found = digests_.emplace(path, input_record(role, path, {}, execution_)).first;
    InputRecord record = found->second;
    record.role = role;
    return record;
  }

  template <class Role>
  Role filled(const StudyLayer<Role>& layer, const std::string& role) {
    Role out = layer.role;
    out.table = read(layer.source, role);
    return out;
  }

  Incidents incidents(const FeatureTable& table) {
    const FeatureTable placed = reprojected(table, Crs::wgs84(), out_.report);
    Incidents all;
    for (const std::size_t row : rows_by_id(placed)) {
      if (!placed.has_geometry() || placed.geometries[row].type != GeometryType::point) {
        out_.report.add(Outcome::skipped, {placed.source, placed.name, placed.ids[row]},
                        "incident without a point");
        continue;
      }
      all.id.push_back(placed.ids[row]);
      all.point.push_back(placed.geometries[row].points[0]);
    }
    return all;
  }

  static std::vector<std::size_t> rows_by_id(const FeatureTable& table) {
    std::vector<std::size_t> rows(table.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::sort(rows.begin(), rows.end(),
              [&](std::size_t a, std::size_t b) { return table.ids[a] < table.ids[b]; });
    return rows;
  }

  std::vector<GivenFlow> flows(const FeatureTable& table) const {
    const DemandQuestion& q = study_.demand;
    const Column &from = table.column(q.origin_column), &to = table.column(q.destination_column),
                 &journeys = table.column(q.journeys_column);
    std::vector<GivenFlow> all;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto number = journeys.number(row);
      if (!number || *number < 0.0 || !from.valid(row) || !to.valid(row)) {
        throw InputError({table.source, table.name, table.ids[row]},
                         "flow without places or a number of journeys >= 0");
      }
      all.push_back({*from.text(row), *to.text(row), *number});
    }
    return all;
  }

  const Study& study_;
  const Execution& execution_;
  StudyLayers out_;
  std::map<std::string, InputRecord> digests_;
};

template <class Layers>
bool any_synthetic(const Layers& layers) {
  return std::any_of(layers.begin(), layers.end(),
                     [](const auto& layer) { return layer.source.origin == Origin::synthetic; });
}

template <class Layer>
bool is_synthetic(const std::optional<Layer>& layer) {
  return layer && layer->source.origin == Origin::synthetic;
}

}  // namespace

StudyLayers load_layers(const Study& study, const Execution& execution) {
  return Loader(study, execution).load();
}

std::string path_of(const Study& study, const LayerSource& source) {
  // What is no plain path ("/vsizip/...") must reach the guard as it is written.
  const std::filesystem::path file(source.file);
  if (file.is_absolute() || study.folder.empty()) return source.file;
  return (std::filesystem::path(study.folder) / file).string();
}

bool uses_synthetic(const Study& study) {
  return any_synthetic(study.links) || any_synthetic(study.extracts) || any_synthetic(study.hubs) ||
         is_synthetic(study.countries) || is_synthetic(study.posts) || is_synthetic(study.places) ||
         is_synthetic(study.incidents) ||
         (study.demand.given && study.demand.given->origin == Origin::synthetic);
}

}  // namespace waywarden
