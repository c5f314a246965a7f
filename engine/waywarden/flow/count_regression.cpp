#include "waywarden/flow/count_regression.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/flow/cholesky.h"

namespace waywarden {
namespace {

constexpr double kDependence = 1e-10;
constexpr double kSingular = 1e-14;
constexpr double kSettled = 1e-9;
constexpr std::size_t kMostRounds = 100;
constexpr std::size_t kMostHalvings = 40;
/// A separated mean falls by a factor of e per round.
constexpr double kFalling = -0.01;

struct Entry {
  std::size_t column;
  double value;
};

class Design {
 public:
  explicit Design(const CountSample& sample) : sample_(sample) {}

  std::size_t rows() const { return sample_.count.size(); }
  std::size_t columns() const { return sample_.effects + sample_.covariate.size(); }
  double offset(std::size_t row) const { return sample_.offset.empty() ? 0.0 : sample_.offset[row]; }

  /// Ascending by column.
  void read(std::size_t row, std::vector<Entry>& entries) const {
    entries.clear();
    for (const auto& effect : sample_.effect) {
      if (!effect.empty() && effect[row] != CountSample::kNoEffect) entries.push_back({effect[row], 1.0});
    }
    if (entries.size() == 2 && entries[0].column > entries[1].column) std::swap(entries[0], entries[1]);
    for (std::size_t c = 0; c < sample_.covariate.size(); ++c)
      entries.push_back({sample_.effects + c, sample_.covariate[c][row]});
  }

  /// X'WX.
  template <class Weight>
  SymmetricMatrix information(Weight weight) const {
    SymmetricMatrix sum(columns());
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rows(); ++i) {
      read(i, entries);
      for (std::size_t a = 0; a < entries.size(); ++a) {
        const double scaled = weight(i) * entries[a].value;
        for (std::size_t b = a; b < entries.size(); ++b)
          sum.cell(entries[a].column, entries[b].column) += scaled * entries[b].value;
      }
    }
    return sum;
  }

  /// X'v.
  template <class Value>
  std::vector<double> moments(Value value) const {
    std::vector<double> sum(columns(), 0.0);
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rows(); ++i) {
      read(i, entries);
      const double v = value(i);
      for (const Entry& e : entries) sum[e.column] += v * e.value;
    }
    return sum;
  }

  /// X b.
  std::vector<double> product(const std::vector<double>& b) const {
    std::vector<double> out(rows(), 0.0);
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rows(); ++i) {
      read(i, entries);
      for (const Entry& e : entries) out[i] += b[e.column] * e.value;
    }
    return out;
  }

 private:
  const CountSample& sample_;
};

class Scoring {
 public:
  Scoring(const CountSample& sample, const Execution& execution)
      : counts_(sample.count), design_(sample), covariates_(sample.covariate.size()), execution_(execution) {}

  CountFit fit(CountDistribution distribution) {
    if (const auto dependent = dependent_column()) {
      CountFit fit;
      fit.status = CountFitStatus::dependent;
      fit.dependent_column = *dependent;
      return fit;
    }
    start();
    CountFit fit = settle();
    if (distribution == CountDistribution::negative_binomial) fit = alternate(std::move(fit));
    return fit.status == CountFitStatus::converged ? described(std::move(fit)) : fit;
  }

 private:
  std::optional<std::size_t> dependent_column() const {
    const auto one = [](std::size_t) { return 1.0; };
    return factorised(design_.information(one), kDependence, execution_).dependent;
  }

  /// From means between the counts and their mean.
  void start() {
    const double middle =
        std::accumulate(counts_.begin(), counts_.end(), 0.0) / static_cast<double>(counts_.size());
    const auto guess = [&](std::size_t i) { return 0.5 * (counts_[i] + middle); };
    const Cholesky information = factorised(design_.information(guess), kSingular, execution_);
    beta_.assign(design_.columns(), 0.0);
    if (!information.dependent) {
      beta_ = information.solve(design_.moments([&](std::size_t i) {
        return guess(i) * (std::log(guess(i)) - design_.offset(i)) + counts_[i] - guess(i);
      }));
    }
    accept(beta_);
  }

  void accept(std::vector<double> beta) {
    beta_ = std::move(beta);
    mean_ = means(beta_);
    likelihood_ = log_likelihood(mean_);
  }

  std::vector<double> means(const std::vector<double>& beta) const {
    std::vector<double> mean = design_.product(beta);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] = std::exp(mean[i] + design_.offset(i));
    return mean;
  }

  double log_likelihood(const std::vector<double>& mean) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < mean.size(); ++i) sum += family_.log_likelihood(counts_[i], mean[i]);
    return sum;
  }

  Cholesky information(double tolerance) const {
    return factorised(design_.information([&](std::size_t i) { return family_.weight(mean_[i]); }), tolerance,
                      execution_);
  }

  /// Rounds for the family as it is.
  CountFit settle() {
    CountFit fit;
    std::vector<double> change(design_.rows(), 0.0);
    for (; fit.rounds < kMostRounds; ++fit.rounds) {
      const Cholesky curvature = information(kSingular);
      if (curvature.dependent) break;
      const std::vector<double> step = curvature.solve(
          design_.moments([&](std::size_t i) { return family_.score(counts_[i], mean_[i]); }));
      const double part = climb(step);
      change = design_.product(step);
      double largest = 0.0;
      for (double& c : change) largest = std::max(largest, std::abs(c *= part));
      if (largest <= kSettled) return fit;
    }
    for (std::size_t i = 0; i < change.size(); ++i) {
      if (counts_[i] == 0.0 && change[i] < kFalling) fit.separated.push_back(i);
    }
    fit.status = fit.separated.empty() ? CountFitStatus::stalled : CountFitStatus::separated;
    return fit;
  }

  /// The part of the step that was taken.
  double climb(const std::vector<double>& step) {
    const double before = likelihood_, slack = 1e-12 * (1.0 + std::abs(before));
    const std::vector<double> from = beta_;
    double part = 1.0;
    for (std::size_t halving = 0; halving < kMostHalvings; ++halving, part *= 0.5) {
      std::vector<double> beta = from;
      for (std::size_t c = 0; c < beta.size(); ++c) beta[c] += part * step[c];
      accept(std::move(beta));
      if (likelihood_ >= before - slack) return part;
    }
    accept(from);
    return 0.0;
  }

  CountFit alternate(CountFit fit) {
    std::size_t rounds = fit.rounds;
    double before = -1.0;
    while (fit.status == CountFitStatus::converged && rounds < 100 * kMostRounds) {
      const Overdispersion found = likeliest_overdispersion(counts_, mean_);
      family_.alpha = found.alpha;
      likelihood_ = log_likelihood(mean_);
      fit = settle();
      rounds += fit.rounds;
      fit.rounds = rounds;
      fit.overdispersion = found;
      if (std::abs(found.alpha - before) <= kSettled * found.alpha) return fit;
      before = found.alpha;
    }
    if (fit.status == CountFitStatus::converged) fit.status = CountFitStatus::stalled;
    return fit;
  }

  CountFit described(CountFit fit) const {
    fit.log_likelihood = likelihood_;
    double pearson = 0.0;
    for (std::size_t i = 0; i < mean_.size(); ++i) {
      const double residual = counts_[i] - mean_[i];
      fit.deviance += family_.deviance(counts_[i], mean_[i]);
      if (residual != 0.0) pearson += residual * residual / family_.variance(mean_[i]);
    }
    if (design_.rows() > design_.columns())
      fit.dispersion = pearson / static_cast<double>(design_.rows() - design_.columns());
    fit.mean = mean_;
    return with_errors(std::move(fit));
  }

  /// A column of the inverse.
  std::vector<double> column_of(const Cholesky& inverse, std::size_t column) const {
    std::vector<double> unit(design_.columns(), 0.0);
    unit[column] = 1.0;
    return inverse.solve(std::move(unit));
  }

  /// The root of one diagonal cell of the sandwich.
  double robust_error(const std::vector<double>& column) const {
    const std::vector<double> influence = design_.product(column);
    double meat = 0.0;
    for (std::size_t i = 0; i < influence.size(); ++i) {
      const double pull = influence[i] * family_.score(counts_[i], mean_[i]);
      meat += pull * pull;
    }
    return std::sqrt(meat);
  }

  CountFit with_errors(CountFit fit) const {
    const Cholesky expected = information(kSingular);
    const Cholesky observed = factorised(
        design_.information([&](std::size_t i) { return family_.curvature(counts_[i], mean_[i]); }),
        kSingular, execution_);
    for (std::size_t c = design_.columns() - covariates_; c < design_.columns(); ++c) {
      fit.estimate.push_back(beta_[c]);
      fit.standard_error.push_back(std::sqrt(column_of(expected, c)[c]));
      fit.robust_error.push_back(robust_error(column_of(observed, c)));
    }
    return fit;
  }

  const std::vector<double>& counts_;
  Design design_;
  std::size_t covariates_;
  Execution execution_;
  CountFamily family_;
  std::vector<double> beta_;
  std::vector<double> mean_;
  double likelihood_ = 0.0;
};

}  // namespace

CountFit count_regression(const CountSample& sample, CountDistribution distribution,
                          const Execution& execution) {
  return Scoring(sample, execution).fit(distribution);
}

}  // namespace waywarden
