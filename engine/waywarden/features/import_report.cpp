#include "waywarden/features/import_report.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace waywarden {
namespace {

auto key(const ImportReport::Entry& e) {
  return std::tie(e.outcome, e.where.file, e.where.layer, e.reason, e.where.feature, e.detail);
}

}  // namespace

std::string name(Outcome outcome) {
  static constexpr std::array kNames = {"repaired", "skipped", "doubtful"};
  return kNames[static_cast<std::size_t>(outcome)];
}

void ImportReport::add(Outcome outcome, Where where, std::string reason, std::string detail) {
  entries.push_back({outcome, std::move(where), std::move(reason), std::move(detail)});
}

void ImportReport::read(const std::string& file, const std::string& layer, std::uint64_t features) {
  features_read[file + "|" + layer] += features;
}

void ImportReport::append(const ImportReport& other) {
  entries.insert(entries.end(), other.entries.begin(), other.entries.end());
  for (const auto& [layer, features] : other.features_read) features_read[layer] += features;
}

void ImportReport::sort() {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return key(a) < key(b); });
}

std::size_t ImportReport::count(Outcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.outcome == outcome; }));
}

std::map<std::vector<std::string>, std::uint64_t> ImportReport::summary() const {
  std::map<std::vector<std::string>, std::uint64_t> counts;
  for (const Entry& e : entries) ++counts[{name(e.outcome), e.where.layer, e.reason}];
  return counts;
}

}  // namespace waywarden
