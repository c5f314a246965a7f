#include "waywarden/privacy/knowledge.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <numeric>
#include <set>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// FNV-1a: well spread, and the same on every machine.
std::uint64_t hash(std::uint64_t state, const std::string& text) {
  for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return (state ^ 0xFFU) * 0x100000001B3U;
}

Where at(const Table& table, std::size_t row) { return {{}, table.features.name, table.features.ids[row]}; }
Where at(const Table& table) { return {{}, table.features.name, {}}; }

std::size_t count_position(const Table& table, const std::string& name) {
  for (std::size_t c = 0; c < table.counts.size(); ++c)
    if (table.counts[c].name == name) return c;
  throw OptionError(at(table), "'" + name + "' is not one of the table's count columns");
}

const Column& count_values(const Table& table, const std::string& name) {
  const Column& column = table.features.column(name);
  if (column.type() != ColumnType::integer)
    throw InputError(at(table), "count column '" + name + "' does not hold integers");
  return column;
}

std::int64_t count_at(const Table& table, const Column& column, std::size_t row) {
  if (!column.valid(row)) throw InputError(at(table, row), "count '" + column.name() + "' is missing");
  const std::int64_t value = std::get<Column::Integers>(column.values())[row];
  if (value < 0) throw InputError(at(table, row), "count '" + column.name() + "' is negative");
  return value;
}

/// Collects relations while it remembers which cell stands where.
class Builder {
 public:
  explicit Builder(const Draft& draft) : draft_(draft) {}

  Knowledge build() &&;

 private:
  /// Cell of each row.
  using Block = std::vector<std::size_t>;
  /// Of each row, the variables that say what it shares with rows of another table.
  using Shares = std::vector<std::vector<std::size_t>>;
  struct PairOfCells {
    std::size_t first, second;
    std::size_t first_row, second_row;
    friend auto operator<=>(const PairOfCells&, const PairOfCells&) = default;
  };

  const CountColumn& declared(std::size_t table, std::size_t column) const {
    return draft_.tables[table].counts[column];
  }
  std::vector<std::size_t> canonical_rows(std::size_t table, const Column& column) const;
  bool is_whole(std::size_t table, const std::string& column) const;
  void add_cells(std::size_t table, std::size_t column);
  std::int64_t sum(const Block& block) const;
  void set_totals();
  void add_totals();
  void check_total(std::size_t table, const CountColumn& column, std::int64_t sum) const;
  void add_column_sums(std::size_t table);
  void add_overlap(const Overlap& overlap);
  std::size_t counting(std::size_t table, const std::string& population) const;
  std::vector<PairOfCells> pairs_of(const Overlap& overlap, const Block& first, const Block& second) const;
  std::vector<Coverage> coverage_of(const Block& block, Coverage other,
                                    const std::vector<std::size_t>& enclosed) const;
  void add_shares(const Block& block, const Shares& shares, const std::vector<Coverage>& other);
  void add_classes(std::size_t table, std::size_t column);
  void add_fact(const Table& table, const Block& block, const ClassFact& fact);

  const Draft& draft_;
  Knowledge out_;
  std::map<std::pair<std::size_t, std::size_t>, Block> blocks_;
};

/// By id; rows of one id by value, so that even then the order of rows does not matter.
std::vector<std::size_t> Builder::canonical_rows(std::size_t table, const Column& column) const {
  const Table& t = draft_.tables[table];
  std::vector<std::size_t> rows(t.features.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    const int order = t.features.ids[a].compare(t.features.ids[b]);
    return order != 0 ? order < 0 : count_at(t, column, a) < count_at(t, column, b);
  });
  return rows;
}

bool Builder::is_whole(std::size_t table, const std::string& column) const {
  const std::vector<ColumnSum>& sums = draft_.tables[table].sums;
  return std::any_of(sums.begin(), sums.end(), [&](const ColumnSum& s) { return s.whole == column; });
}

void Builder::add_cells(std::size_t table, std::size_t column) {
  const Table& t = draft_.tables[table];
  const std::string& name = declared(table, column).name;
  const Column& values = count_values(t, name);
  const std::uint64_t state = hash(hash(0xCBF29CE484222325U, t.features.name), name);
  const std::uint64_t last = is_whole(table, name) ? std::uint64_t{1} << 63 : 0;
  Block block(t.features.size());
  for (const std::size_t row : canonical_rows(table, values)) {
    block[row] = out_.cells.size();
    out_.cells.push_back(
        {table, column, row, count_at(t, values, row), last | (hash(state, t.features.ids[row]) >> 1)});
  }
  blocks_[{table, column}] = std::move(block);
}

std::int64_t Builder::sum(const Block& block) const {
  return std::accumulate(block.begin(), block.end(), std::int64_t{0},
                         [&](std::int64_t s, std::size_t cell) { return s + out_.cells[cell].value; });
}

void Builder::set_totals() {
  out_.totals = draft_.totals;
  for (const auto& [key, block] : blocks_) {
    const CountColumn& column = declared(key.first, key.second);
    if (column.coverage != Coverage::complete) continue;
    const std::int64_t total = out_.totals.emplace(column.population, sum(block)).first->second;
    if (total != sum(block))
      throw OptionError(at(draft_.tables[key.first]), "the sum of count column '" + column.name +
                                                          "' differs from the total of its population '" +
                                                          column.population + "'");
  }
}

void Builder::check_total(std::size_t table, const CountColumn& column, std::int64_t sum) const {
  const auto total = out_.totals.find(column.population);
  if (total != out_.totals.end() && sum > total->second)
    throw OptionError(at(draft_.tables[table]),
                      "count column '" + column.name + "' exceeds the total of its population");
}

/// The sum over all rows of every count column is known.
void Builder::add_totals() {
  for (const auto& [key, block] : blocks_) {
    check_total(key.first, declared(key.first, key.second), sum(block));
    if (block.empty()) continue;
    const auto whole = static_cast<double>(sum(block));
    Block cells = block;
    std::sort(cells.begin(), cells.end());
    Relation relation{{}, whole, whole};
    for (const std::size_t cell : cells) relation.terms.push_back({cell, 1.0});
    out_.structure.push_back(std::move(relation));
  }
}

void Builder::add_column_sums(std::size_t table) {
  const Table& t = draft_.tables[table];
  for (const ColumnSum& sum : t.sums) {
    const Block& whole = blocks_.at({table, count_position(t, sum.whole)});
    for (std::size_t row = 0; row < whole.size(); ++row) {
      Relation relation{{{whole[row], 1.0}}, 0.0, 0.0};
      std::int64_t rest = out_.cells[whole[row]].value;
      for (const std::string& part : sum.parts) {
        const std::size_t cell = blocks_.at({table, count_position(t, part)})[row];
        relation.terms.push_back({cell, -1.0});
        rest -= out_.cells[cell].value;
      }
      if (rest != 0) throw OptionError(at(t, row), "'" + sum.whole + "' is not the sum of its parts");
      out_.structure.push_back(std::move(relation));
    }
  }
}

std::size_t Builder::counting(std::size_t table, const std::string& population) const {
  if (table >= draft_.tables.size()) throw OptionError("an overlap names a table that is not in the draft");
  const std::vector<CountColumn>& counts = draft_.tables[table].counts;
  for (std::size_t c = 0; c < counts.size(); ++c)
    if (counts[c].population == population) return c;
  throw OptionError(at(draft_.tables[table]), "no count column of population '" + population + "'");
}

/// Of each row, whether the other table counts all its records.
std::vector<Coverage> Builder::coverage_of(const Block& block, Coverage other,
                                           const std::vector<std::size_t>& enclosed) const {
  std::vector<Coverage> of_row(block.size(), other);
  for (const std::size_t row : enclosed) {
    if (row >= block.size()) throw OptionError("an overlap names a row that is not in its table");
    of_row[row] = Coverage::complete;
  }
  return of_row;
}

/// What a row shares with the rows of the other table: all of it where that table counts all its records.
void Builder::add_shares(const Block& block, const Shares& shares, const std::vector<Coverage>& other) {
  for (std::size_t row = 0; row < block.size(); ++row) {
    if (shares[row].size() == 1 && shares[row].front() == block[row]) continue;
    Relation relation{{{block[row], 1.0}}, 0.0, other[row] == Coverage::complete ? 0.0 : kInfinity};
    for (const std::size_t shared : shares[row]) relation.terms.push_back({shared, -1.0});
    out_.structure.push_back(std::move(relation));
  }
}

std::vector<Builder::PairOfCells> Builder::pairs_of(const Overlap& overlap, const Block& first,
                                                    const Block& second) const {
  std::set<PairOfCells> pairs;
  for (const Overlap::Pair& pair : overlap.pairs) {
    if (pair.first_row >= first.size() || pair.second_row >= second.size())
      throw OptionError("an overlap names a row that is not in its table");
    pairs.insert({first[pair.first_row], second[pair.second_row], pair.first_row, pair.second_row});
  }
  return {pairs.begin(), pairs.end()};
}

/// A row that lies in one row of a table that counts all its records shares its whole count, so needs no
/// variable for it.
void Builder::add_overlap(const Overlap& overlap) {
  const std::size_t first_column = counting(overlap.first_table, overlap.population);
  const std::size_t second_column = counting(overlap.second_table, overlap.population);
  const Block& first = blocks_.at({overlap.first_table, first_column});
  const Block& second = blocks_.at({overlap.second_table, second_column});
  const std::vector<Coverage> of_first_row =
      coverage_of(first, declared(overlap.second_table, second_column).coverage, overlap.first_enclosed);
  const std::vector<Coverage> of_second_row =
      coverage_of(second, declared(overlap.first_table, first_column).coverage, {});
  const std::vector<PairOfCells> pairs = pairs_of(overlap, first, second);
  std::vector<std::size_t> of_first_count(first.size(), 0), of_second_count(second.size(), 0);
  for (const PairOfCells& pair : pairs) {
    ++of_first_count[pair.first_row];
    ++of_second_count[pair.second_row];
  }
  Shares of_first(first.size()), of_second(second.size());
  for (const PairOfCells& pair : pairs) {
    const bool all_of_first =
        of_first_count[pair.first_row] == 1 && of_first_row[pair.first_row] == Coverage::complete;
    const bool all_of_second =
        of_second_count[pair.second_row] == 1 && of_second_row[pair.second_row] == Coverage::complete;
    std::size_t variable = all_of_first ? pair.first : pair.second;
    if (!all_of_first && !all_of_second) {
      variable = out_.cells.size() + out_.shared.size();
      out_.shared.push_back({pair.first, pair.second});
    }
    of_first[pair.first_row].push_back(variable);
    of_second[pair.second_row].push_back(variable);
  }
  add_shares(first, of_first, of_first_row);
  add_shares(second, of_second, of_second_row);
}

void Builder::add_fact(const Table& table, const Block& block, const ClassFact& fact) {
  Relation relation{{}, fact.low, fact.high};
  double sum = 0.0, scale = 1.0;
  for (const ClassFact::Term& term : fact.terms) {
    if (term.row >= block.size() || !std::isfinite(term.weight))
      throw OptionError(at(table, fact.row),
                        "a class fact names a row that does not exist, or has no finite weight");
    relation.terms.push_back({block[term.row], term.weight});
  }
  std::sort(relation.terms.begin(), relation.terms.end(),
            [](const LinearTerm& a, const LinearTerm& b) { return a.variable < b.variable; });
  for (const LinearTerm& term : relation.terms) {
    const double part = term.weight * static_cast<double>(out_.cells[term.variable].value);
    sum += part;
    scale += std::abs(part);
  }
  if (!(sum >= fact.low - 1e-9 * scale && sum <= fact.high + 1e-9 * scale))
    throw OptionError(at(table, fact.row), "a class fact is not true of the counts");
  out_.facts.push_back(std::move(relation));
}

void Builder::add_classes(std::size_t table, std::size_t column) {
  const Table& t = draft_.tables[table];
  const ClassColumn& classes = t.classes[column];
  const Column& values = t.features.column(classes.name);
  const std::size_t counts = count_position(t, classes.counts);
  const Block& block = blocks_.at({table, counts});
  std::vector<std::vector<const ClassFact*>> of_row(block.size());
  for (const ClassFact& fact : classes.facts) {
    if (fact.row >= block.size()) throw OptionError(at(t), "a class fact names a row that does not exist");
    of_row[fact.row].push_back(&fact);
  }
  std::vector<std::size_t> rows(block.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return block[a] < block[b]; });
  for (const std::size_t row : rows) {
    if (!values.valid(row)) continue;
    if (of_row[row].empty())
      throw DisclosureError(at(t, row), "class '" + classes.name + "' comes without what it gives away");
    RowClass row_class{table, column, row, counts, {}};
    for (const ClassFact* fact : of_row[row]) {
      row_class.facts.push_back(out_.facts.size());
      add_fact(t, block, *fact);
    }
    out_.classes.push_back(std::move(row_class));
  }
}

bool before(const Relation& a, const Relation& b) {
  return std::lexicographical_compare(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(),
                                      [](const LinearTerm& s, const LinearTerm& t) {
                                        return std::tie(s.variable, s.weight) <
                                               std::tie(t.variable, t.weight);
                                      });
}

Knowledge Builder::build() && {
  for (std::size_t t = 0; t < draft_.tables.size(); ++t)
    for (std::size_t c = 0; c < draft_.tables[t].counts.size(); ++c) add_cells(t, c);
  set_totals();
  add_totals();
  for (std::size_t t = 0; t < draft_.tables.size(); ++t) add_column_sums(t);
  for (const Overlap& overlap : draft_.overlaps) add_overlap(overlap);
  std::sort(out_.structure.begin(), out_.structure.end(), before);
  for (std::size_t t = 0; t < draft_.tables.size(); ++t)
    for (std::size_t c = 0; c < draft_.tables[t].classes.size(); ++c) add_classes(t, c);
  return std::move(out_);
}

}  // namespace

Knowledge knowledge_of(const Draft& draft) { return Builder(draft).build(); }

}  // namespace waywarden
