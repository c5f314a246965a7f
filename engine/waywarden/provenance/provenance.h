#pragma once

/// How a result came about: what was read, with what options, by which versions, from which seed, under which
/// assumptions. Holds no path of the user's machine and no attribute value. The same provenance gives the
/// same bytes.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/provenance/json.h"

namespace waywarden {

/// One layer that was read.
struct InputRecord {
  /// What it served as: "roads", "incidents".
  std::string role;
  /// Name without folders.
  std::string file;
  /// Empty where the file has but one.
  std::string layer;
  /// Of the file's bytes, 64 hexadecimal digits.
  std::string sha256;
  std::uint64_t features = 0;
  /// Invented data: everything computed from it is too.
  bool synthetic = false;
};

/// Takes the digest of the file and keeps its base name. Throws `FileError`.
InputRecord input_record(const std::string& role, const std::string& path, const std::string& layer = {},
                         const Execution& execution = {});

struct Provenance {
  std::vector<InputRecord> inputs;
  /// Every option that shaped the result, by dotted name, as text.
  std::map<std::string, std::string> options;
  /// "waywarden", "gdal", "proj", "compiler" ...
  std::map<std::string, std::string> versions;
  std::optional<std::uint64_t> seed;
  /// In plain words, in the order they are to be read.
  std::vector<std::string> assumptions;
  /// Whatever else was done: counts of repairs, the account of a release.
  Json notes;

  /// Inputs are sorted by (role, file, layer).
  Json json() const;
};

}  // namespace waywarden
