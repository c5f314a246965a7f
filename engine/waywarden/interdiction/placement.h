#pragma once

/// Teams at sites, in order of choice: what each adds, what all of them stop together, and how far from the
/// best possible that can be.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden {

enum class Status : std::uint8_t {
  optimal,  ///< the bound proves that no placement of as many teams stops more (relative tolerance 1e-9)
  gap,      ///< between the value and the bound better placements may exist
  limit,    ///< a limit of time or rounds ended the search
};

std::string_view name(Status status);

struct Placement {
  /// In order of choice, required sites first. Fewer than there are teams where no further team adds
  /// anything.
  std::vector<SiteId> site;
  /// What each team adds to those before it, in journeys; its standard error from the differences draw by
  /// draw.
  std::vector<double> gain;
  std::vector<double> gain_error;
  /// Journeys stopped by this team and those before it, and the standard error over draws.
  std::vector<double> caught;
  std::vector<double> caught_error;
  /// The same as a share of all journeys.
  std::vector<double> share;

  /// All journeys attempted.
  double journeys = 0.0;
  /// No placement of as many teams stops more journeys than this.
  double bound = 0.0;
  Status status = Status::gap;

  double total_caught() const { return caught.empty() ? 0.0 : caught.back(); }
};

/// The required sites, ascending. Throws `OptionError` when there are more of them than teams.
std::vector<SiteId> required_sites(const Sites& sites, std::size_t teams);

/// The sites that a further team may go to: candidates that are not placed yet, ascending.
std::vector<SiteId> open_sites(const Sites& sites, std::span<const SiteId> placed);

/// Position of the first value, in the order given, that is not smaller than the largest by more than a
/// relative 1e-9. Candidates that all of a flow passes one after the other gain the same but for rounding:
/// the first by id is taken. Nothing where `values` is empty.
std::optional<std::size_t> first_of_largest(std::span<const double> values);

/// Adds a row for a team whose arrival raises the journeys stopped per draw from `before` to `after`.
void add_team(Placement& placement, SiteId site, std::span<const double> before,
              std::span<const double> after);

/// `optimal` where the value reaches the bound.
Status status_of(double value, double bound);

/// The one that stops more, the first of equals, under the lower of both bounds.
Placement better_of(Placement first, Placement second);

}  // namespace waywarden
