#pragma once

/// What the strongest attacker knows about the counts of a release, before a single count is looked at: which
/// cells add up to what, which rows can share records, and what every class gives away. All of it linear.
///
/// Cells are in canonical order (table, column, row id), so that what follows from them never depends on the
/// order of rows.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "waywarden/base/linear_program.h"
#include "waywarden/privacy/draft.h"

namespace waywarden {

/// One count of one row.
struct CountCell {
  std::size_t table;
  /// Position in `Table::counts`.
  std::size_t column;
  std::size_t row;
  std::int64_t value;
  /// Order in which cells are taken to protect others: sums after their parts, else by a hash of names and
  /// ids.
  std::uint64_t rank;
};

/// Number of records that a row of one table shares with a row of another: unknown to the attacker, never
/// negative.
struct SharedRecords {
  std::size_t first_cell;
  std::size_t second_cell;
};

/// low <= sum of weight x variable <= high, where variables are the cells, then the shared records.
struct Relation {
  std::vector<LinearTerm> terms;
  double low;
  double high;
};

/// The class of one row, and which of `Knowledge::facts` it gives away.
struct RowClass {
  std::size_t table;
  /// Position in `Table::classes`.
  std::size_t column;
  std::size_t row;
  /// Position in `Table::counts` of the column that the class was computed from.
  std::size_t counts;
  std::vector<std::size_t> facts;
};

struct Knowledge {
  std::vector<CountCell> cells;
  std::vector<SharedRecords> shared;
  /// Totals, sums and overlaps: cannot be withheld.
  std::vector<Relation> structure;
  std::vector<Relation> facts;
  std::vector<RowClass> classes;
  /// Of each population, as far as a draft or a table with complete coverage tells.
  std::map<std::string, std::int64_t> totals;

  std::size_t variables() const { return cells.size() + shared.size(); }
};

/// Throws `InputError` for columns that are missing or of the wrong type and counts that are missing or
/// negative, `DisclosureError` for classes without facts, `OptionError` for totals, sums or facts that are
/// not true of the counts.
Knowledge knowledge_of(const Draft& draft);

}  // namespace waywarden
