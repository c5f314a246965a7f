#pragma once

/// Linear programs with bounds on variables and on rows, solved for one objective after another over the same
/// set of points.
///
/// Method: primal simplex on a condensed dense tableau, bounded variables, the sum of infeasibilities as
/// first phase; largest coefficient pricing, Bland's rule after a run of steps without progress (so it ends).
/// Sources: Dantzig, "Linear Programming and Extensions", 1963; Bland, "New finite pivoting rules for the
/// simplex method", 1977; Maros, "Computational Techniques of the Simplex Method", 2003, chapter 9.
///
/// Guarantee: a returned point satisfies every bound and row of the program as it was given, within
/// `kFeasibility`; it is checked after each solve, and the tableau is rebuilt when rounding errors have
/// grown. That a value is *optimal* rests on the tableau alone. A pivot costs (rows x variables); some
/// hundred of each are meant, not thousands.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

struct LinearTerm {
  std::size_t variable;
  double weight;
};

struct LinearProgram {
  struct Row {
    std::vector<LinearTerm> terms;
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
  };
  /// Of each variable; either may be infinite.
  std::vector<double> low;
  std::vector<double> high;
  std::vector<Row> rows;

  std::size_t variables() const { return low.size(); }
  std::size_t add_variable(double least, double greatest);
  /// Largest relative violation of a bound or row at a point: |violation| / (1 + |bound|).
  double violation(const std::vector<double>& point) const;
};

enum class LinearStatus : std::uint8_t {
  optimal,     ///< no point has a greater value
  reached,     ///< stopped early: the value is enough
  unbounded,   ///< values grow without end
  infeasible,  ///< no point satisfies the program
  unstable,    ///< rounding errors won; nothing is known
};

struct LinearSolution {
  LinearStatus status = LinearStatus::infeasible;
  double value = 0.0;
  /// Empty unless optimal or reached.
  std::vector<double> point;
  /// By how much the value would grow per unit that the row's binding bound is moved up; 0 where none binds.
  /// Empty unless optimal.
  std::vector<double> row_prices;
};

class Simplex {
 public:
  static constexpr double kFeasibility = 1e-7;

  /// Throws `OptionError` when a term names no variable, a number is NaN, or a lower bound exceeds its upper
  /// one.
  explicit Simplex(LinearProgram program);
  ~Simplex();
  Simplex(Simplex&&) noexcept;
  Simplex& operator=(Simplex&&) noexcept;

  /// Greatest value of the objective, or the first one met that is at least `enough`. Starts where the last
  /// call ended.
  LinearSolution maximize(const std::vector<LinearTerm>& objective, const Execution& execution = {},
                          double enough = std::numeric_limits<double>::infinity());

  const LinearProgram& program() const { return program_; }

 private:
  struct Tableau;

  LinearProgram program_;
  std::unique_ptr<Tableau> tableau_;
};

}  // namespace waywarden
