#pragma once

/// Weights as files that other programs read and write. GAL: who is a neighbour (GeoDa, PySAL, spdep); GWT:
/// one line per pair, with a number, which is a weight for kernels and a distance elsewhere (GeoDa): it is
/// read as a weight.
///
/// GAL begins with the number of rows, alone or as `0 n layer column`; then two lines per row, `label
/// neighbours` and the neighbours' labels (the second may be left out where there are none). Labels hold no
/// blanks. GWT begins with `0 n layer column`, then `label label number`; it names no rows without
/// neighbours, so these are known only where the caller gives the labels.
///
/// Errors name the file and the line. Nothing is written where reading it back would not give the same.

#include <span>
#include <string>
#include <vector>

#include "waywarden/hotspots/weights.h"

namespace waywarden {

struct LabelledWeights {
  Weights weights;
  /// One per row.
  std::vector<std::string> labels;

  friend bool operator==(const LabelledWeights&, const LabelledWeights&) = default;
};

/// Rows in the order of the file. Throws `FileError` for a file that cannot be read, `InputError` for one
/// that is not GAL, lists a label that has no row or twice, or has fewer or more rows than it says.
LabelledWeights read_gal(const std::string& path);

/// Rows in the order of `labels`; without them, in the order in which the file first names them, islands
/// missing. Throws as above, also for a weight that is not a number or negative.
LabelledWeights read_gwt(const std::string& path, std::span<const std::string> labels = {});

/// Throws `InputError` for a label that is empty, has a blank or is there twice, for GAL also for weights
/// other than 1, and `FileError` for a file that cannot be written. Numbers are written so that they read
/// back the same.
void write_gal(const std::string& path, const LabelledWeights& weights);
void write_gwt(const std::string& path, const LabelledWeights& weights);

}  // namespace waywarden
