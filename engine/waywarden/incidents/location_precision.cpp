#include "waywarden/incidents/location_precision.h"

#include <array>

#include "waywarden/base/errors.h"
#include "waywarden/incidents/detail/trimmed.h"

namespace waywarden {
namespace {

struct Word {
  std::string_view text;
  LocationPrecision precision;
};

constexpr std::array kWords = {
    Word{"point", LocationPrecision::point},       Word{"exact", LocationPrecision::point},
    Word{"gps", LocationPrecision::point},         Word{"address", LocationPrecision::point},
    Word{"place", LocationPrecision::place},       Word{"town", LocationPrecision::place},
    Word{"city", LocationPrecision::place},        Word{"village", LocationPrecision::place},
    Word{"locality", LocationPrecision::place},    Word{"district", LocationPrecision::district},
    Word{"admin2", LocationPrecision::district},   Word{"admin1", LocationPrecision::district},
    Word{"province", LocationPrecision::district}, Word{"state", LocationPrecision::district},
    Word{"region", LocationPrecision::district},   Word{"country", LocationPrecision::country},
    Word{"national", LocationPrecision::country},  Word{"unknown", LocationPrecision::unknown},
};

}  // namespace

std::string name(LocationPrecision precision) {
  static constexpr std::array kNames = {"point", "place", "district", "country", "unknown"};
  return kNames.at(static_cast<std::size_t>(precision));
}

std::optional<LocationPrecision> parse_precision(std::string_view text) {
  const std::string wanted = detail::letters_and_digits(text);
  for (const Word& word : kWords)
    if (word.text == wanted) return word.precision;
  return std::nullopt;
}

std::vector<std::size_t> rows_usable_as_points(std::span<const LocationPrecision> precision,
                                               const PrecisionGuard& guard) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < precision.size(); ++row)
    if (precision[row] <= guard.coarsest) rows.push_back(row);
  const std::size_t coarser = precision.size() - rows.size();
  if (coarser > 0 && guard.coarser == CoarserRows::refuse)
    throw InputError(std::to_string(coarser) + " of " + std::to_string(precision.size()) +
                     " records are known less exactly than by " + name(guard.coarsest) +
                     ": leave them out, or spread them over their areas");
  return rows;
}

}  // namespace waywarden
