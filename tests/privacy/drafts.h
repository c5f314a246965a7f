#pragma once

/// Small drafts for the tests of privacy, and an attacker that tries every possible set of whole numbers.

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "waywarden/privacy/attack.h"
#include "waywarden/privacy/draft.h"

namespace waywarden::testing_world {

inline Table counts_table(const std::string& name, const std::vector<std::int64_t>& counts,
                          const std::string& population = "incidents",
                          Coverage coverage = Coverage::complete) {
  Table table;
  table.features.name = name;
  for (std::size_t i = 0; i < counts.size(); ++i) table.features.ids.push_back("r" + std::to_string(i));
  table.features.add({"count", counts});
  table.content = Content::counts;
  table.counts = {{"count", population, coverage}};
  return table;
}

/// Adds a column "class" and what it gives away of the sums over `rows_of[row]`.
inline void add_classes(Table& table, const std::vector<std::string>& classes, std::vector<ClassFact> facts) {
  table.features.add({"class", classes});
  table.classes = {{"class", "count", std::move(facts)}};
}

/// Least and greatest whole number that each variable takes over all points of the attacker's relations; what
/// is published is known. For worlds of few records: every variable runs from 0 to `most`.
struct WholeRanges {
  std::vector<std::int64_t> least, greatest;
  std::uint64_t points = 0;
};

class Enumeration {
 public:
  Enumeration(const Knowledge& knowledge, const Hidden& hidden, std::int64_t most)
      : knowledge_(knowledge), hidden_(hidden), most_(most), values_(knowledge.variables(), 0) {
    for (const Relation& relation : knowledge.structure) relations_.push_back(&relation);
    for (std::size_t c = 0; c < knowledge.classes.size(); ++c)
      if (hidden.classes[c] == 0)
        for (const std::size_t fact : knowledge.classes[c].facts)
          relations_.push_back(&knowledge.facts[fact]);
    set_order();
    set_.assign(values_.size(), 0);
    out_.least.assign(values_.size(), std::numeric_limits<std::int64_t>::max());
    out_.greatest.assign(values_.size(), std::numeric_limits<std::int64_t>::min());
  }

  WholeRanges run() {
    assign(0);
    return out_;
  }

 private:
  struct Span {
    std::int64_t from, to;
  };

  /// Cells of the first table, what they share with others, the other tables: so that little is tried in
  /// vain.
  void set_order() {
    for (std::size_t v = 0; v < values_.size(); ++v) order_.push_back(v);
    const auto group = [&](std::size_t v) {
      return v >= knowledge_.cells.size() ? 1 : (knowledge_.cells[v].table == 0 ? 0 : 2);
    };
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return group(a) < group(b); });
  }

  Span span_of(std::size_t variable) const {
    const bool cell = variable < knowledge_.cells.size();
    if (!cell || hidden_.cells[variable] == CellState::withheld) return {0, most_};
    if (hidden_.cells[variable] == CellState::suppressed) return {hidden_.suppressed_at_least, most_};
    return {knowledge_.cells[variable].value, knowledge_.cells[variable].value};
  }

  /// Whether the relation can still hold, whatever becomes of the variables without a value.
  bool can_hold(const Relation& relation) const {
    double low = 0.0, high = 0.0;
    for (const LinearTerm& term : relation.terms) {
      const std::int64_t value = values_[term.variable];
      const Span span = set_[term.variable] != 0 ? Span{value, value} : span_of(term.variable);
      const double a = term.weight * static_cast<double>(span.from),
                   b = term.weight * static_cast<double>(span.to);
      low += std::min(a, b);
      high += std::max(a, b);
    }
    return high >= relation.low - 1e-9 && low <= relation.high + 1e-9;
  }

  void assign(std::size_t position) {
    if (position == order_.size()) return record();
    const std::size_t variable = order_[position];
    const Span span = span_of(variable);
    set_[variable] = 1;
    for (std::int64_t value = span.from; value <= span.to; ++value) {
      values_[variable] = value;
      if (std::all_of(relations_.begin(), relations_.end(), [&](const Relation* r) { return can_hold(*r); }))
        assign(position + 1);
    }
    set_[variable] = 0;
  }

  void record() {
    ++out_.points;
    for (std::size_t v = 0; v < values_.size(); ++v) {
      out_.least[v] = std::min(out_.least[v], values_[v]);
      out_.greatest[v] = std::max(out_.greatest[v], values_[v]);
    }
  }

  const Knowledge& knowledge_;
  const Hidden& hidden_;
  const std::int64_t most_;
  std::vector<std::int64_t> values_;
  std::vector<std::uint8_t> set_;
  std::vector<std::size_t> order_;
  std::vector<const Relation*> relations_;
  WholeRanges out_;
};

}  // namespace waywarden::testing_world
