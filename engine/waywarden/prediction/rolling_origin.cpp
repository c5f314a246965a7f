#include "waywarden/prediction/rolling_origin.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void require_fitting(const CellPeriods& cells, std::span<const EvaluationOrigin> origins,
                     std::span<const double> scores) {
  if (cells.counts.size() != cells.periods * cells.size.size())
    throw InputError("there must be one count per period and cell");
  if (scores.size() != origins.size() * cells.size.size())
    throw InputError("there must be one score per origin and cell");
  for (const EvaluationOrigin& o : origins)
    if (!(o.first_seen < o.origin && o.origin < o.end && o.end <= cells.periods))
      throw InputError("an origin needs a period before it and one after it");
}

/// One origin with what came.
struct Case {
  EvaluationOrigin origin;
  PredictionCells cells;
  std::span<const double> scores;
  std::vector<double> naive;
};

Case case_of(const CellPeriods& cells, const EvaluationOrigin& origin, std::span<const double> scores) {
  const std::size_t horizon = origin.end - origin.origin;
  const std::size_t seen = std::min(horizon, origin.origin - origin.first_seen);
  return {
      origin,
      {cells.size, cells.total(origin.origin, origin.end), cells.total(origin.origin - seen, origin.origin)},
      scores,
      cells.naive_scores(origin)};
}

/// What was flagged where, of one origin or of all, one after the other.
struct Flagged {
  std::vector<std::int64_t> later;
  std::vector<double> method;
  std::vector<double> naive;

  void append(const Flagged& other) {
    later.insert(later.end(), other.later.begin(), other.later.end());
    method.insert(method.end(), other.method.begin(), other.method.end());
    naive.insert(naive.end(), other.naive.begin(), other.naive.end());
  }
};

Flagged flagged(const Case& one, double share) {
  return {one.cells.later, flagged_fractions(one.scores, one.cells.size, share),
          flagged_fractions(one.naive, one.cells.size, share)};
}

/// Sums over origins; the area counts once per origin. RRI has no meaning over origins that overlap.
PredictiveAccuracy together(std::span<const PredictiveAccuracy> parts) {
  PredictiveAccuracy all;
  for (const PredictiveAccuracy& part : parts) {
    all.flagged += part.flagged;
    all.size += part.size;
    all.hits += part.hits;
    all.incidents += part.incidents;
    all.best_hits += part.best_hits;
  }
  const auto came = static_cast<double>(all.incidents);
  if (all.incidents == 0) all.state = AccuracyState::no_incidents;
  if (all.incidents > 0) all.hit_rate = all.hits / came;
  all.pai = prediction_accuracy_index(all.hits, came, all.flagged, all.size);
  all.pei = prediction_efficiency_index(all.hits, all.best_hits);
  return all;
}

class Evaluator {
 public:
  Evaluator(const EvaluationOptions& options, const Execution& execution)
      : options_(options), execution_(execution) {}

  void add(std::optional<std::size_t> origin, double share, const PredictiveAccuracy& method,
           const PredictiveAccuracy& naive, const Flagged& flagged) {
    out_.origin.push_back(origin);
    out_.share.push_back(share);
    out_.method.push_back(method);
    out_.naive.push_back(naive);
    // Rounding must not make more hits than incidents.
    const double hits = std::min(method.hits, static_cast<double>(method.incidents));
    out_.hit_rate.push_back(exact_binomial_interval(hits, method.incidents, options_.bootstrap.confidence));
    out_.against_naive.push_back(
        bootstrap_hit_rates({flagged.later, flagged.method, flagged.naive}, options_.bootstrap, execution_));
  }

  Evaluation run(const std::vector<Case>& cases) {
    std::vector<std::vector<PredictiveAccuracy>> method(options_.shares.size()), naive(method);
    std::vector<Flagged> all(options_.shares.size());
    for (const Case& one : cases)
      for (std::size_t s = 0; s < options_.shares.size(); ++s) {
        const double share = options_.shares[s];
        method[s].push_back(predictive_accuracy(one.scores, one.cells, share));
        naive[s].push_back(predictive_accuracy(one.naive, one.cells, share));
        const Flagged here = flagged(one, share);
        add(one.origin.origin, share, method[s].back(), naive[s].back(), here);
        all[s].append(here);
      }
    for (std::size_t s = 0; s < options_.shares.size(); ++s)
      add(std::nullopt, options_.shares[s], together(method[s]), together(naive[s]), all[s]);
    return std::move(out_);
  }

 private:
  const EvaluationOptions& options_;
  const Execution& execution_;
  Evaluation out_;
};

}  // namespace

std::vector<EvaluationOrigin> rolling_origins(std::size_t periods, const OriginOptions& options) {
  if (options.least_seen == 0 || options.horizon == 0)
    throw OptionError("an origin needs a period before it and one after it");
  if (options.window != 0 && options.window < options.least_seen)
    throw OptionError("the window is shorter than the least that must be seen");
  if (options.least_seen >= periods || options.horizon > periods - options.least_seen)
    throw OptionError("there are not enough periods for one origin");
  std::vector<EvaluationOrigin> origins;
  for (std::size_t o = options.least_seen; o + options.horizon <= periods; ++o) {
    const std::size_t seen = options.window == 0 ? o : std::min(o, options.window);
    origins.push_back({o - seen, o, o + options.horizon});
  }
  return origins;
}

EvaluationOrigin hold_out(std::size_t periods, std::size_t origin) {
  if (origin == 0 || origin >= periods)
    throw OptionError("an origin needs a period before it and one after it");
  return {0, origin, periods};
}

std::vector<std::int64_t> CellPeriods::total(std::size_t first, std::size_t last) const {
  std::vector<std::int64_t> totals(size.size());
  for (std::size_t p = first; p < last; ++p)
    for (std::size_t cell = 0; cell < size.size(); ++cell) totals[cell] += period(p)[cell];
  return totals;
}

std::vector<double> CellPeriods::naive_scores(const EvaluationOrigin& origin) const {
  const auto last = period(origin.origin - 1);
  std::vector<double> scores;
  for (std::size_t cell = 0; cell < size.size(); ++cell)
    scores.push_back(static_cast<double>(last[cell]) / size[cell]);
  return scores;
}

Evaluation evaluate(const CellPeriods& cells, std::span<const EvaluationOrigin> origins,
                    std::span<const double> scores, const EvaluationOptions& options,
                    const Execution& execution) {
  require_fitting(cells, origins, scores);
  if (options.shares.empty()) throw OptionError("there must be a share to flag");
  std::vector<Case> cases;
  for (std::size_t o = 0; o < origins.size(); ++o)
    cases.push_back(case_of(cells, origins[o], scores.subspan(o * cells.size.size(), cells.size.size())));
  return Evaluator(options, execution).run(cases);
}

}  // namespace waywarden
