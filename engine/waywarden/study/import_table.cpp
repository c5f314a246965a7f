#include "waywarden/study/import_table.h"

#include <map>

#include "waywarden/study/table_builder.h"

namespace waywarden {
namespace {

constexpr std::size_t kMostIds = 200;

struct Kind {
  Outcome outcome;
  std::string layer;
  std::string reason;
  friend auto operator<=>(const Kind&, const Kind&) = default;
};

ImportReport whole_report(const StudyLayers& layers, const Analysis& analysis) {
  ImportReport report = layers.report;
  report.append(analysis.built.report);
  report.sort();
  return report;
}

std::string incident_layer(const StudyLayers& layers) {
  for (const InputRecord& input : layers.inputs) {
    if (input.role == "incidents") return input.layer;
  }
  return {};
}

std::string id_list(const std::vector<std::string>& ids) {
  std::string list;
  for (std::size_t i = 0; i < ids.size() && i < kMostIds; ++i) list += (i == 0 ? "" : " ") + ids[i];
  return ids.size() > kMostIds ? list + " ..." : list;
}

}  // namespace

FeatureTable import_table(const Study& study, const StudyLayers& layers, const Analysis& analysis) {
  std::map<Kind, std::vector<std::string>> kinds;
  for (const auto& entry : whole_report(layers, analysis).entries) {
    kinds[{entry.outcome, entry.where.layer, entry.reason}].push_back(entry.where.feature);
  }
  const std::string hidden = study.incidents ? incident_layer(layers) : std::string();
  TableBuilder table("import_report");
  std::size_t row = 0;
  for (const auto& [kind, ids] : kinds) {
    table.row(std::to_string(++row), Geometry());
    table.text("outcome", name(kind.outcome))
        .text("layer", kind.layer)
        .text("reason", kind.reason)
        .integer("features", static_cast<std::int64_t>(ids.size()))
        .text("feature_ids", !hidden.empty() && kind.layer == hidden ? "" : id_list(ids));
  }
  FeatureTable out = table.take();
  out.geometries.clear();
  return out;
}

Json import_summary(const StudyLayers& layers, const Analysis& analysis) {
  std::map<std::pair<std::string, Outcome>, std::uint64_t> counts;
  for (const auto& entry : whole_report(layers, analysis).entries)
    ++counts[{entry.where.layer, entry.outcome}];
  Json list = Json::array();
  for (const InputRecord& input : layers.inputs) {
    Json one = Json::object();
    one["layer"] = input.layer;
    one["source"] = input.file;
    one["features"] = input.features;
    for (const Outcome outcome : {Outcome::repaired, Outcome::skipped, Outcome::doubtful}) {
      one[name(outcome)] = counts[{input.layer, outcome}];
    }
    list.push(std::move(one));
  }
  return list;
}

}  // namespace waywarden
