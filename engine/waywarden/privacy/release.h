#pragma once

/// The only thing that writers, maps and reports accept. A `Release` cannot be changed, and is made in two
/// ways only: by a disclosure rule, or by a person who says why none is needed. Which of the two, is part of
/// it.
///
/// Under a rule: counts of 1 to k - 1 are suppressed (0 stays 0); further counts are suppressed, classes
/// withheld and, as the last resort, whole count columns withheld, until an attacker who sees all tables of
/// the release, knows every population's total, and solves linear programs over all of it finds for each
/// suppressed cell a range that covers 1 to k - 1 (`Guarded` says for which cells). A release that cannot be
/// proven so is not made. Suppressed cells are missing, and `<count>_note` says "suppressed", the same for
/// both kinds: the attacker knows of each only that it is at least 1. (Where that alone gives something away,
/// as with a place made of two small ones, a zero is suppressed too, and then a suppressed cell can be 0:
/// `DisclosureAccount::suppressed_at_least`.) Columns computed from unsuppressed counts do not leave, except
/// as classes.
///
/// Every range is proven by two points, checked against all that the attacker knows: one with the cell at 1
/// or below, one at k - 1 or above; the set of possible values being convex, all between is possible too.
/// Complementary cells are chosen by a hash of their ids, not by value, so that which ones were chosen says
/// little.
///
/// Not guaranteed: protection against an attacker who has other releases of the same records, who reasons
/// from which cells were suppressed and which were not, who knows some of the records, or who solves integer
/// programs over class facts with broken weights. That a count is 0 is published.
///
/// Complexity: one linear program over suppressed cells and the facts that touch them, re-optimised up to
/// twice per suppressed cell; 2,000 cells of which 300 suppressed, with as many facts, take well under a
/// second. Sources: Cox, "Network models for complementary cell suppression", JASA 1995; Hundepool et al.,
/// "Statistical Disclosure Control", 2012, chapter 4.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/privacy/disclosure_rule.h"
#include "waywarden/privacy/draft.h"

namespace waywarden {

/// What `<count>_note` says of a cell that is not shown.
inline constexpr char kSuppressed[] = "suppressed";
/// What stands for a class, and in the note of every cell of a count column, that is withheld.
inline constexpr char kWithheld[] = "withheld";

struct ReleasedTable {
  FeatureTable features;
  std::string title;
  Origin origin = Origin::observed;
  /// Columns of the draft that did not leave at all.
  std::vector<std::string> columns_withheld;
};

/// What was done, in figures that may leave. How many of the suppressed cells hide a small count and how many
/// protect others is not among them: it would tell an attacker.
struct DisclosureAccount {
  /// Nothing when the release is unrestricted; then `reason` says why.
  std::optional<DisclosureRule> rule;
  std::string reason;

  struct CountAccount {
    std::string table;
    std::string column;
    std::uint64_t published = 0;
    std::uint64_t suppressed = 0;
    /// All rows, or 0.
    std::uint64_t withheld = 0;
  };
  std::vector<CountAccount> counts;

  struct ClassAccount {
    std::string table;
    std::string column;
    std::uint64_t published = 0;
    std::uint64_t withheld = 0;
  };
  std::vector<ClassAccount> classes;

  /// Totals that a report may state; missing where the total is itself 1 to k - 1.
  std::map<std::string, std::optional<std::int64_t>> totals;
  /// What anyone may know of a suppressed cell: 1, or 0 where zeros had to be suppressed too.
  std::int64_t suppressed_at_least = 1;
  std::uint64_t records_geomasked = 0;

  std::uint64_t suppressed() const;
  std::uint64_t classes_withheld() const;
  bool restricted() const { return rule.has_value(); }
};

class Release {
 public:
  const std::vector<ReleasedTable>& tables() const { return tables_; }
  /// Throws `OptionError` naming the tables there are.
  const ReleasedTable& table(const std::string& name) const;
  const DisclosureAccount& account() const { return account_; }
  bool restricted() const { return account_.restricted(); }
  /// The strongest of the tables' origins: synthetic if any table is.
  Origin origin() const;

 private:
  friend Release release(const Draft&, const DisclosureRule&, const Execution&);
  friend Release unrestricted(const Draft&, const std::string&);
  Release(std::vector<ReleasedTable> tables, DisclosureAccount account)
      : tables_(std::move(tables)), account_(std::move(account)) {}

  std::vector<ReleasedTable> tables_;
  DisclosureAccount account_;
};

/// Throws `DisclosureError` when a table of records is not geomasked, when records leave as points while the
/// same population leaves as counts, or when a class has no fact; `InputError` when a declared column is
/// missing or not of its type, a count is missing or negative, or table names repeat; `OptionError` when
/// totals contradict one another.
Release release(const Draft& draft, const DisclosureRule& rule = {}, const Execution& execution = {});

/// Everything as it is, for a place where the data may be seen in full. An empty reason is an `OptionError`.
Release unrestricted(const Draft& draft, const std::string& reason);

}  // namespace waywarden
