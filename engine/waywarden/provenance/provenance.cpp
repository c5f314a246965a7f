#include "waywarden/provenance/provenance.h"

#include <algorithm>
#include <tuple>

#include "waywarden/provenance/sha256.h"

namespace waywarden {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

Json object_of(const std::map<std::string, std::string>& texts) {
  Json out = Json::object();
  for (const auto& [key, text] : texts) out[key] = text;
  return out;
}

Json json_of(const InputRecord& input) {
  Json out = Json::object();
  out["role"] = input.role;
  out["file"] = base_name(input.file);
  if (!input.layer.empty()) out["layer"] = input.layer;
  out["sha256"] = input.sha256;
  out["features"] = input.features;
  out["synthetic"] = input.synthetic;
  return out;
}

}  // namespace

InputRecord input_record(const std::string& role, const std::string& path, const std::string& layer,
                         const Execution& execution) {
  return {role, base_name(path), layer, sha256_of_file(path, execution), 0, false};
}

Json Provenance::json() const {
  std::vector<InputRecord> sorted = inputs;
  std::stable_sort(sorted.begin(), sorted.end(), [](const InputRecord& a, const InputRecord& b) {
    return std::tie(a.role, a.file, a.layer) < std::tie(b.role, b.file, b.layer);
  });
  Json out = Json::object();
  out["inputs"] = Json::array();
  for (const InputRecord& input : sorted) out["inputs"].push(json_of(input));
  out["options"] = object_of(options);
  out["versions"] = object_of(versions);
  out["seed"] = seed ? Json(*seed) : Json();
  out["assumptions"] = Json::array({assumptions.begin(), assumptions.end()});
  out["notes"] = notes;
  return out;
}

}  // namespace waywarden
