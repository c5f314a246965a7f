#pragma once

/// Types for columns of a format that has only texts.

#include <string>

#include "waywarden/features/feature_table.h"

namespace waywarden::detail {

struct InferredColumn {
  Column column;
  /// What was done on the way, as a reason for the report; empty for nothing worth telling.
  std::string repaired;
};

/// Integers where all values are whole numbers of at most 18 digits, reals where all are finite numbers, else
/// the texts as they are. Leading zeros make a code, not a number, and stay; so do numbers too long for an
/// integer. Numbers with a decimal comma are taken as such where at least one of them cannot be a whole
/// number grouped by thousands. Depends on the values alone, not on their order.
InferredColumn with_inferred_type(const Column& texts);

}  // namespace waywarden::detail
