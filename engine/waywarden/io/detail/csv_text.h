#pragma once

/// A feature table as CSV text (RFC 4180).

#include <string>
#include <string_view>

#include "waywarden/features/feature_table.h"

namespace waywarden::detail {

/// Header and rows, CRLF after each. Coordinates as columns `longitude` and `latitude` (only points) or
/// `geometry` (WKT).
std::string csv_text(const FeatureTable& table);

/// An apostrophe before what a spreadsheet would take for a formula.
std::string without_formula(const std::string& text);

/// Seven decimals at most, no trailing zeros, no negative zero.
std::string degrees_text(double value);

/// Well-known text (OGC 06-103r4); empty for no geometry.
std::string well_known_text(const Geometry& geometry);

}  // namespace waywarden::detail
