#pragma once

/// What a user wants to let out, before it is judged: tables, and for each of them what its columns say about
/// records. A draft promises nothing; `release` or `unrestricted` (release.h) turn it into what writers
/// accept.

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/features/feature_table.h"
#include "waywarden/privacy/geomask.h"

namespace waywarden {

/// Where the figures of a table come from. Shown beside them wherever they are shown.
enum class Origin : std::uint8_t {
  observed,   ///< collected in the world
  modelled,   ///< computed by this engine from observed layers and stated assumptions
  synthetic,  ///< invented, or computed from something invented
};

std::string name(Origin origin);

/// What the rows of a table are.
enum class Content : std::uint8_t {
  context,  ///< roads, sites, borders, model results: nothing counted from records; every column may leave
  counts,   ///< places or cells with numbers of records or persons
  records,  ///< one row per incident or person; leaves only geomasked
};

/// Whether every record of the population is counted in some row of the table. Either way the attacker is
/// assumed to know the sum over all rows: reports tell how many records were read, and how many belong to no
/// row.
enum class Coverage : std::uint8_t { complete, partial };

/// An integer column that counts, in each row, the records of a population that belong to the row. A record
/// belongs to one row at most. Missing values are not allowed: a row without records counts 0.
struct CountColumn {
  std::string name;
  /// Columns of one name, in one table or several, count the same records ("incidents", "incidents of
  /// women").
  std::string population;
  Coverage coverage = Coverage::complete;
};

/// What the class of one row gives away: low <= sum of weight * count over some rows <= high. Infinite bounds
/// say "nothing on this side". Bounds are what the strongest attacker knows: one who knows the true mean and
/// deviation.
struct ClassFact {
  std::size_t row = 0;
  struct Term {
    std::size_t row;
    double weight;
  };
  std::vector<Term> terms;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// A column of classes ("hot", "cold", "not significant") computed from unsuppressed counts of the same
/// table. Every row with a class needs at least one fact, else `DisclosureError`: a class nobody accounted
/// for is not audited.
struct ClassColumn {
  std::string name;
  /// Count column that the facts are about.
  std::string counts;
  std::vector<ClassFact> facts;
};

/// In every row, the count column `whole` is the sum of the count columns `parts` (all = women + men +
/// unknown).
struct ColumnSum {
  std::string whole;
  std::vector<std::string> parts;
};

struct Table {
  FeatureTable features;
  std::string title;
  Origin origin = Origin::observed;
  Content content = Content::context;

  /// For `Content::counts` and `Content::records`: columns that may leave as they are (names, areas, codes).
  /// What is neither here nor in `counts` or `classes` is taken for a statistic of unsuppressed data, and
  /// does not leave.
  std::vector<std::string> open_columns;
  std::vector<CountColumn> counts;
  std::vector<ClassColumn> classes;
  std::vector<ColumnSum> sums;
  /// For `Content::records`: what the rows are records of, and how points are masked. Both are needed for a
  /// release.
  std::string population;
  std::optional<GeomaskOptions> geomask;
};

/// Rows of two tables that can share records, as far as an attacker can tell from their outlines. All other
/// pairs of rows share none. Pairs that do share records must be among them, else `OptionError` where that
/// shows; leaving out others means a stronger attacker, which is safe. Tables without an entry are known to
/// have equal totals, no more.
struct Overlap {
  /// Positions in `Draft::tables`, and the population that both count.
  std::size_t first_table = 0;
  std::size_t second_table = 0;
  std::string population;
  struct Pair {
    std::size_t first_row;
    std::size_t second_row;
  };
  std::vector<Pair> pairs;
  /// Rows of the first table whose outlines lie wholly within those of the second, so that all their records
  /// are counted there, even if that table does not count every record.
  std::vector<std::size_t> first_enclosed = {};
};

/// Everything that leaves together, because an attacker reads it together.
struct Draft {
  std::vector<Table> tables;
  std::vector<Overlap> overlaps;
  /// Records per population, where no table with complete coverage tells. The attacker is assumed to know all
  /// totals (the import report says how many records were read).
  std::map<std::string, std::int64_t> totals;
};

/// A table of which every column may leave: a network, sites, borders, model results.
Table context_table(FeatureTable features, std::string title, Origin origin);

}  // namespace waywarden
