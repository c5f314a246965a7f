#include "waywarden/network_interdiction/integer_program.h"

#include <limits>

namespace waywarden {

std::int32_t IntegerProgram::add_column(double at_cost, double from, double to) {
  cost.push_back(at_cost);
  low.push_back(from);
  high.push_back(to);
  integral.push_back(0);
  return static_cast<std::int32_t>(columns() - 1);
}

std::int32_t IntegerProgram::add_integer(double at_cost, double from, double to) {
  const std::int32_t position = add_column(at_cost, from, to);
  integral.back() = 1;
  return position;
}

void IntegerProgram::add_entry(std::int32_t of_column, double with_value) {
  column.push_back(of_column);
  value.push_back(with_value);
}

void IntegerProgram::close_row(double from, double to) {
  row_low.push_back(from);
  row_high.push_back(to);
  first.push_back(static_cast<std::int64_t>(column.size()));
}

IntegerProgram program_over_sites(std::span<const double> cost, std::span<const SiteState> state,
                                  double budget) {
  IntegerProgram program;
  for (std::size_t site = 0; site < cost.size(); ++site) {
    const double low = state[site] == SiteState::required ? 1.0 : 0.0;
    const double high = state[site] == SiteState::forbidden ? 0.0 : 1.0;
    const std::int32_t column = program.add_integer(0.0, low, high);
    if (cost[site] > 0.0) program.add_entry(column, cost[site]);
  }
  program.close_row(-std::numeric_limits<double>::infinity(), budget);
  return program;
}

}  // namespace waywarden
