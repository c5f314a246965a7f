#pragma once

/// What happened to the input on its way in. Nothing is dropped silently: every feature that was skipped,
/// repaired or looks doubtful is an entry with its id. Entries keep ids and reasons, never attribute values.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {

enum class Outcome : std::uint8_t {
  repaired,  ///< used, after a change that the reason names
  skipped,   ///< not used
  doubtful,  ///< used as it is, but a person should look
};

std::string name(Outcome outcome);

struct ImportReport {
  struct Entry {
    Outcome outcome;
    Where where;
    /// Short and stable, e.g. "null geometry"; the same text for the same kind of trouble, so that entries
    /// can be counted.
    std::string reason;
    /// What is particular to this entry (a distance, a number of vertices); may be empty.
    std::string detail;
  };

  /// Features read per "file|layer".
  std::map<std::string, std::uint64_t> features_read;
  std::vector<Entry> entries;

  void add(Outcome outcome, Where where, std::string reason, std::string detail = {});
  void read(const std::string& file, const std::string& layer, std::uint64_t features);
  void append(const ImportReport& other);
  /// Puts entries in the canonical order of content.
  void sort();
  std::size_t count(Outcome outcome) const;
  /// Number of entries per (outcome, layer, reason), e.g. {"skipped", "roads", "null geometry"} -> 3.
  std::map<std::vector<std::string>, std::uint64_t> summary() const;
};

}  // namespace waywarden
