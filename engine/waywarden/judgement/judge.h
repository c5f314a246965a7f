#pragma once

/// Placements judged: each one before evaders of every kind (all_evaders.h), and what it loses there to the
/// best placement known for that kind. The best known is the best among the placements given and those found
/// here for each kind: certified capture for the unaware (capture.h), greedy with reactions for the partly
/// aware (partly_aware.h), route cover for the evasive (evasive_capture.h), branch and cut for the worst case
/// (worst_case.h). Where teams are all that limits a placement, a mixed patrol of as many is the benchmark of
/// what teams could do that do not stand still (mixed_patrol.h).
///
/// Guarantees: regret is at least 0, and no placement within the limits catches more of a kind than its
/// bound, so the true regret is at most `bound - caught`. Of several limits the evasive and the worst case
/// keep one at a time while they search: each gives a valid bound, the least is stated; what they find counts
/// where it keeps all limits. With a limit of time that strikes, results depend on the machine.

#include <cstddef>
#include <optional>
#include <vector>

#include "waywarden/interdiction/capture.h"
#include "waywarden/judgement/all_evaders.h"
#include "waywarden/network_interdiction/worst_case.h"

namespace waywarden {

struct JudgeOptions {
  /// What every placement may use.
  Limits limits = {};
  CaptureOptions capture = {};
  /// As in `PartlyAwareOptions`.
  std::size_t evaluated = 3;
  std::uint32_t selection_draws = 16;
  SearchLimits evasive = {};
  WorstCaseOptions worst_case = {};
  /// None: no benchmark of mixed patrols. Room for a team each at all sites but forbidden ones, if none is
  /// said; no more teams than there is room for.
  std::optional<PatrolOptions> patrol = std::nullopt;
};

/// Of one kind of evader.
struct BestKnown {
  EvaderModel model = EvaderModel::unaware;
  double caught = 0.0;
  /// No placement (or mix of schedules) within the limits catches more.
  double bound = 0.0;
  /// `optimal` where the two agree, `limit` where a search ended early, else `gap`.
  Status status = Status::gap;
  /// The first that catches so much; none: a mix of schedules.
  std::optional<std::size_t> placement = std::nullopt;
};

struct Judgement {
  /// Those given, then those found for a kind of evader that are none of them.
  std::vector<std::vector<SiteId>> placement;
  /// Per placement; none for those given.
  std::vector<std::optional<EvaderModel>> found_for;
  /// In the order of `kEvaderModels`; mixed patrols only where asked for.
  std::vector<BestKnown> best;
  double journeys = 0.0;

  // per placement and entry of `best`, one placement after the other
  std::vector<std::size_t> row_placement;
  std::vector<EvaderModel> facing;
  std::vector<double> caught;
  std::vector<double> caught_error;
  std::vector<double> regret;
};

/// Throws as `check_limits` and the searches do, and `OptionError` for a placement that does not keep the
/// limits, or lacks a required site, or has a site twice, or one that is forbidden or does not exist.
Judgement judge(const AllEvaders& evaders, const std::vector<std::vector<SiteId>>& placements,
                const JudgeOptions& options, const Execution& execution);

}  // namespace waywarden
