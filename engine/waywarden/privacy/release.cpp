#include "waywarden/privacy/release.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/privacy/suppression.h"

namespace waywarden {
namespace {

Where at(const Table& table) { return {{}, table.features.name, {}}; }

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The user's folders are nobody else's business.
std::string base_name(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

void check_names(const Draft& draft) {
  std::set<std::string> names;
  for (const Table& table : draft.tables)
    if (!names.insert(table.features.name).second) throw InputError(at(table), "two tables of one name");
}

void check_content(const Table& table) {
  const bool has_counts = !table.counts.empty() || !table.classes.empty() || !table.sums.empty();
  if (has_counts && table.content != Content::counts)
    throw OptionError(at(table), "count and class columns belong to a table of counts");
  if (table.content != Content::records) return;
  if (!table.geomask)
    throw DisclosureError(at(table), "records leave as points only when geomasked; aggregate or mask them");
  if (table.population.empty())
    throw OptionError(at(table), "a table of records does not say of which population");
}

/// Points, even masked, can be counted: what is suppressed in one table would show in the other.
void check_records_are_not_counted_too(const Draft& draft) {
  std::set<std::string> counted;
  for (const Table& table : draft.tables)
    for (const CountColumn& column : table.counts) counted.insert(column.population);
  for (const Table& table : draft.tables)
    if (table.content == Content::records && counted.count(table.population) != 0)
      throw DisclosureError(at(table), "records of population '" + table.population +
                                           "' cannot leave as points together with their counts");
}

ReleasedTable without_columns(const Table& table) {
  ReleasedTable out;
  out.features = {table.features.name, base_name(table.features.source), table.features.crs,
                  table.features.ids,  table.features.geometries,        {}};
  out.title = table.title;
  out.origin = table.origin;
  return out;
}

ReleasedTable in_full(const Table& table) {
  ReleasedTable out = without_columns(table);
  out.features.columns = table.features.columns;
  return out;
}

void add_open_columns(const Table& table, ReleasedTable& out) {
  for (const std::string& name : table.open_columns) out.features.add(table.features.column(name));
}

/// Masked points in the order of where they are now, numbered anew: neither order nor id leads back to a
/// record.
ReleasedTable masked(const Table& table) {
  const FeatureTable moved = geomask(table.features, *table.geomask);
  std::vector<std::size_t> rows(moved.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    const auto& p = moved.geometries[a].points;
    const auto& q = moved.geometries[b].points;
    return p != q ? p < q : moved.ids[a] < moved.ids[b];
  });
  Table sorted = table;
  sorted.features = moved.take(rows);
  for (std::size_t row = 0; row < rows.size(); ++row) sorted.features.ids[row] = std::to_string(row + 1);
  ReleasedTable out = without_columns(sorted);
  add_open_columns(sorted, out);
  return out;
}

/// What the search decided, by row of one count column.
std::vector<CellState> states_of(const Knowledge& knowledge, const Hidden& hidden, std::size_t table,
                                 std::size_t column, std::size_t rows) {
  std::vector<CellState> out(rows, CellState::published);
  for (std::size_t c = 0; c < knowledge.cells.size(); ++c)
    if (knowledge.cells[c].table == table && knowledge.cells[c].column == column)
      out[knowledge.cells[c].row] = hidden.cells[c];
  return out;
}

std::vector<std::uint8_t> withheld_classes(const Knowledge& knowledge, const Hidden& hidden,
                                           std::size_t table, std::size_t column, std::size_t rows) {
  std::vector<std::uint8_t> out(rows, 0);
  for (std::size_t c = 0; c < knowledge.classes.size(); ++c)
    if (knowledge.classes[c].table == table && knowledge.classes[c].column == column)
      out[knowledge.classes[c].row] = hidden.classes[c];
  return out;
}

Column shown_counts(const Column& counts, const std::vector<CellState>& states) {
  Column::Integers values = std::get<Column::Integers>(counts.values());
  std::vector<std::uint8_t> valid(values.size(), 1);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (states[row] == CellState::published) continue;
    values[row] = 0;
    valid[row] = 0;
  }
  return {counts.name(), std::move(values), std::move(valid)};
}

Column note(const std::string& count, const std::vector<CellState>& states) {
  Column::Texts texts(states.size());
  std::vector<std::uint8_t> valid(states.size(), 0);
  for (std::size_t row = 0; row < states.size(); ++row) {
    if (states[row] == CellState::published) continue;
    texts[row] = states[row] == CellState::suppressed ? kSuppressed : kWithheld;
    valid[row] = 1;
  }
  return {count + "_note", std::move(texts), std::move(valid)};
}

/// Withheld classes say so where they are texts, and are missing where they are numbers.
Column shown_classes(const Column& classes, const std::vector<std::uint8_t>& withheld) {
  Column::Values values = classes.values();
  std::vector<std::uint8_t> valid = classes.validity();
  for (std::size_t row = 0; row < withheld.size(); ++row) {
    if (withheld[row] == 0) continue;
    if (auto* texts = std::get_if<Column::Texts>(&values)) {
      (*texts)[row] = kWithheld;
    } else {
      std::visit([&](auto& v) { v[row] = {}; }, values);
      valid[row] = 0;
    }
  }
  return {classes.name(), std::move(values), std::move(valid)};
}

/// Builds the released form of a table of counts, column by column.
class CountsTable {
 public:
  CountsTable(const Draft& draft, std::size_t table, const Knowledge& knowledge, const Hidden& hidden,
              DisclosureAccount& account)
      : table_(draft.tables[table]),
        index_(table),
        knowledge_(knowledge),
        hidden_(hidden),
        account_(account) {}

  ReleasedTable build() && {
    out_ = without_columns(table_);
    for (const Column& column : table_.features.columns) add(column);
    return std::move(out_);
  }

 private:
  std::size_t rows() const { return table_.features.size(); }
  void add(const Column& column);
  void add_counts(const Column& column, std::size_t position);
  void add_classes(const Column& column, std::size_t position);

  const Table& table_;
  std::size_t index_;
  const Knowledge& knowledge_;
  const Hidden& hidden_;
  DisclosureAccount& account_;
  ReleasedTable out_;
};

void CountsTable::add_counts(const Column& column, std::size_t position) {
  const std::vector<CellState> states = states_of(knowledge_, hidden_, index_, position, rows());
  DisclosureAccount::CountAccount count{table_.features.name, column.name(), 0, 0, 0};
  for (const CellState state : states) {
    if (state == CellState::published) ++count.published;
    if (state == CellState::suppressed) ++count.suppressed;
    if (state == CellState::withheld) ++count.withheld;
  }
  account_.counts.push_back(std::move(count));
  out_.features.add(shown_counts(column, states));
  out_.features.add(note(column.name(), states));
}

void CountsTable::add_classes(const Column& column, std::size_t position) {
  const std::vector<std::uint8_t> withheld = withheld_classes(knowledge_, hidden_, index_, position, rows());
  DisclosureAccount::ClassAccount classes{table_.features.name, column.name(), 0, 0};
  for (std::size_t row = 0; row < rows(); ++row)
    if (column.valid(row)) ++(withheld[row] != 0 ? classes.withheld : classes.published);
  account_.classes.push_back(std::move(classes));
  out_.features.add(shown_classes(column, withheld));
}

void CountsTable::add(const Column& column) {
  const auto named = [&](const auto& declared) { return declared.name == column.name(); };
  const auto count = std::find_if(table_.counts.begin(), table_.counts.end(), named);
  const auto classes = std::find_if(table_.classes.begin(), table_.classes.end(), named);
  if (count != table_.counts.end())
    return add_counts(column, static_cast<std::size_t>(count - table_.counts.begin()));
  if (classes != table_.classes.end())
    return add_classes(column, static_cast<std::size_t>(classes - table_.classes.begin()));
  if (contains(table_.open_columns, column.name())) return out_.features.add(column);
  out_.columns_withheld.push_back(column.name());
}

ReleasedTable masked_records(const Table& table, DisclosureAccount& account) {
  account.records_geomasked += table.features.size();
  ReleasedTable out = masked(table);
  for (const Column& column : table.features.columns)
    if (!contains(table.open_columns, column.name())) out.columns_withheld.push_back(column.name());
  return out;
}

/// A column has one role, and every declared column is there.
void check_roles(const Table& table) {
  std::set<std::string> names;
  const auto claim = [&](const std::string& name) {
    table.features.column(name);
    if (!names.insert(name).second) throw OptionError(at(table), "column '" + name + "' is declared twice");
  };
  for (const std::string& name : table.open_columns) claim(name);
  for (const CountColumn& column : table.counts) claim(column.name);
  for (const ClassColumn& column : table.classes) claim(column.name);
}

void check(const Draft& draft) {
  check_names(draft);
  for (const Table& table : draft.tables) {
    check_content(table);
    check_roles(table);
  }
  check_records_are_not_counted_too(draft);
}

}  // namespace

std::uint64_t DisclosureAccount::suppressed() const {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const CountAccount& c) { return sum + c.suppressed; });
}

std::uint64_t DisclosureAccount::classes_withheld() const {
  return std::accumulate(classes.begin(), classes.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const ClassAccount& c) { return sum + c.withheld; });
}

const ReleasedTable& Release::table(const std::string& name) const {
  std::string names;
  for (const ReleasedTable& table : tables_) {
    if (table.features.name == name) return table;
    names += (names.empty() ? "'" : ", '") + table.features.name + "'";
  }
  throw OptionError("no table '" + name + "' in the release; there are: " + names);
}

Origin Release::origin() const {
  Origin strongest = Origin::observed;
  for (const ReleasedTable& table : tables_) strongest = std::max(strongest, table.origin);
  return strongest;
}

Release release(const Draft& draft, const DisclosureRule& rule, const Execution& execution) {
  check(draft);
  const Knowledge knowledge = knowledge_of(draft);
  const Suppression suppression = suppress(draft, knowledge, rule, execution);
  DisclosureAccount account;
  account.rule = rule;
  account.totals = suppression.totals;
  account.suppressed_at_least = suppression.hidden.suppressed_at_least;
  std::vector<ReleasedTable> tables;
  for (std::size_t t = 0; t < draft.tables.size(); ++t) {
    const Table& table = draft.tables[t];
    if (table.content == Content::context) tables.push_back(in_full(table));
    if (table.content == Content::records) tables.push_back(masked_records(table, account));
    if (table.content == Content::counts)
      tables.push_back(CountsTable(draft, t, knowledge, suppression.hidden, account).build());
  }
  return Release(std::move(tables), std::move(account));
}

Release unrestricted(const Draft& draft, const std::string& reason) {
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos)
    throw OptionError("an unrestricted release needs a reason");
  check_names(draft);
  DisclosureAccount account;
  account.reason = reason;
  account.totals = {draft.totals.begin(), draft.totals.end()};
  std::vector<ReleasedTable> tables;
  for (const Table& table : draft.tables) tables.push_back(in_full(table));
  return Release(std::move(tables), std::move(account));
}

}  // namespace waywarden
