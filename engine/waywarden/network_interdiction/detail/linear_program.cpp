#include "waywarden/network_interdiction/detail/linear_program.h"

#include <algorithm>
#include <coin/ClpSimplex.hpp>
#include <limits>

namespace waywarden::detail {

struct LinearProgram::Solver {
  ClpSimplex clp;
};

LinearProgram::LinearProgram(std::span<const double> cost, std::span<const double> low,
                             std::span<const double> high)
    : solver_(std::make_unique<Solver>()) {
  ClpSimplex& clp = solver_->clp;
  clp.setLogLevel(0);
  clp.resize(0, static_cast<int>(cost.size()));
  for (std::size_t column = 0; column < cost.size(); ++column) {
    clp.setObjectiveCoefficient(static_cast<int>(column), cost[column]);
    clp.setColumnBounds(static_cast<int>(column), low[column], high[column]);
  }
  clp.createStatus();
}

LinearProgram::~LinearProgram() = default;
LinearProgram::LinearProgram(LinearProgram&&) noexcept = default;
LinearProgram& LinearProgram::operator=(LinearProgram&&) noexcept = default;

void LinearProgram::add_rows(const ProgramRows& rows) {
  const std::vector<double> high(rows.size(), std::numeric_limits<double>::infinity());
  solver_->clp.addRows(static_cast<int>(rows.size()), rows.low.data(), high.data(), rows.first.data(),
                       rows.column.data(), rows.value.data());
}

void LinearProgram::remove_rows(std::span<const int> positions) {
  solver_->clp.deleteRows(static_cast<int>(positions.size()), positions.data());
}

void LinearProgram::set_bounds(int column, double low, double high) {
  solver_->clp.setColumnBounds(column, low, high);
}

ProgramStatus LinearProgram::solve() { return solve(std::numeric_limits<int>::max()); }

ProgramStatus LinearProgram::solve(int steps) {
  ClpSimplex& clp = solver_->clp;
  clp.setMaximumIterations(steps);
  clp.dual();
  if (clp.status() == 0) return ProgramStatus::optimal;
  return clp.status() == 1 ? ProgramStatus::infeasible : ProgramStatus::stopped;
}

double LinearProgram::value() const { return solver_->clp.objectiveValue(); }

std::span<const double> LinearProgram::point() const {
  return {solver_->clp.primalColumnSolution(), static_cast<std::size_t>(solver_->clp.numberColumns())};
}

std::span<const double> LinearProgram::row_prices() const { return {solver_->clp.dualRowSolution(), rows()}; }

std::size_t LinearProgram::rows() const { return static_cast<std::size_t>(solver_->clp.numberRows()); }

bool LinearProgram::is_basic_row(std::size_t row) const {
  return solver_->clp.getRowStatus(static_cast<int>(row)) == ClpSimplex::basic;
}

LinearProgram::Basis LinearProgram::basis() const {
  const unsigned char* status = solver_->clp.statusArray();
  return {status, status + solver_->clp.numberColumns() + solver_->clp.numberRows()};
}

void LinearProgram::restore(const Basis& basis) { solver_->clp.copyinStatus(basis.data()); }

}  // namespace waywarden::detail
