#pragma once

/// The linear relaxation of a worst-case problem: one x in [0, 1] per site to choose, one variable per pair
/// for its evasion, the budget, and the step cuts found so far.
///
/// Bounds are certain whatever the solver's tolerances: they are recomputed from the prices of the rows,
/// rounded to be feasible, by weak duality (Neumaier and Shcherbina 2004), in doubles.

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "waywarden/network_interdiction/detail/linear_program.h"
#include "waywarden/network_interdiction/detail/step_cut.h"

namespace waywarden::detail {

class WorstCaseMaster {
 public:
  /// Keeps a reference to the levels, which may grow.
  explicit WorstCaseMaster(const EvasionLevels& levels);

  std::size_t sites() const { return levels_.choice().size(); }

  /// Bounds of x by position in `EvasionLevels::choice`.
  void set_bounds(std::size_t position, double low, double high);
  double low(std::size_t position) const { return low_[position]; }
  double high(std::size_t position) const { return high_[position]; }

  void solve();
  /// Stops early; the bound holds all the same.
  void solve(int steps);

  /// By position in `choice`.
  std::span<const double> x() const { return program_.point().first(sites()); }
  /// Weighted evasion is at least this wherever x keeps its bounds.
  double bound() const { return bound_; }
  /// And by so much more per unit that x is moved away from the bound that its sign keeps it at.
  const std::vector<double>& reduced_costs() const { return reduced_; }

  struct Separation {
    /// The most by which cuts from the levels there are can raise the value of the relaxation.
    double left = 0.0;
    std::size_t cuts = 0;
  };
  /// Adds the cuts that the current point violates.
  Separation separate();
  /// Adds the cuts that are deepest at a point, whatever the current one.
  void add_cuts_at(std::span<const double> x);
  std::size_t cuts_added() const { return cuts_added_; }

  /// Removes cuts that have not been needed for some time.
  void drop_idle_cuts();

  struct Basis {
    std::vector<unsigned char> columns;
    unsigned char budget = 0;
    /// Of the cuts that bind, by name.
    std::vector<std::pair<std::uint32_t, unsigned char>> rows;
  };
  Basis basis() const;
  void restore(const Basis& basis);

 private:
  struct Cut {
    std::uint32_t name;
    std::uint32_t pair;
    std::uint32_t idle;
    double constant;
    std::vector<std::pair<int, double>> terms;
  };

  static LinearProgram program_for(const EvasionLevels& levels, double scale);
  std::vector<double> by_site(std::span<const double> x) const;
  void add(const StepCut& cut, std::size_t pair, ProgramRows& rows);
  void rate();
  void count_idle();
  void move_core();

  const EvasionLevels& levels_;
  /// Program units per unit of weighted evasion.
  double scale_;
  /// Weighted evasion where every pair is at its floor.
  double base_;
  std::vector<int> column_of_site_;
  std::vector<double> span_;
  std::vector<double> low_;
  std::vector<double> high_;
  LinearProgram program_;
  std::vector<Cut> cuts_;
  std::size_t cuts_added_ = 0;
  double bound_ = 0.0;
  std::vector<double> reduced_;
  /// A point inside, which follows the solutions.
  std::vector<double> core_;
};

}  // namespace waywarden::detail
