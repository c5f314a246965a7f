#pragma once

/// The attacker: sees what is published, knows `Knowledge`, and solves linear programs for the least and the
/// greatest value that a hidden cell can have.

#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/privacy/knowledge.h"

namespace waywarden {

enum class CellState : std::uint8_t {
  published,
  suppressed,  ///< missing; the attacker knows that it is at least 1, or 0 once a zero is among the
               ///< suppressed
  withheld,    ///< the whole column is missing; the attacker knows only that it is not negative
};

/// What a release keeps back.
struct Hidden {
  /// Parallel to `Knowledge::cells`.
  std::vector<CellState> cells;
  /// Parallel to `Knowledge::classes`: 1 where the class is withheld.
  std::vector<std::uint8_t> classes;
  /// What the attacker knows every suppressed cell to be at least: 1, or 0 once a zero is suppressed too.
  std::int64_t suppressed_at_least = 1;
};

/// Whether the attacker looks at classes too.
enum class Sees : std::uint8_t { structure, structure_and_classes };

/// What keeps a cell's range from covering 1 to k - 1: relations that bind at its least or greatest value,
/// strongest first.
struct Obstacle {
  std::vector<std::size_t> structure;
  std::vector<std::size_t> facts;
};

class Attack {
 public:
  /// Throws `OptionError` when overlaps leave no possible counts at all.
  Attack(const Knowledge& knowledge, const Hidden& hidden, Sees sees, const Execution& execution);

  /// Nothing when the cell's possible values cover 1 to k - 1.
  std::optional<Obstacle> obstacle(std::size_t cell, std::int64_t k);

 private:
  struct Source {
    bool is_fact;
    std::size_t index;
  };
  void add_variables(const Knowledge& knowledge, const Hidden& hidden);
  void add_row(const Relation& relation, Source source);
  LinearProgram::Row substituted(const Relation& relation) const;
  void remember(const std::vector<double>& point);
  std::optional<Obstacle> push(std::size_t variable, double weight, double enough);
  Obstacle binding(const std::vector<double>& prices) const;

  static constexpr std::size_t kKnown = static_cast<std::size_t>(-1);
  const Execution& execution_;
  /// Of each of the attacker's variables: where it is in the program, or what it is known to be.
  std::vector<std::size_t> place_;
  std::vector<double> known_;
  LinearProgram program_;
  std::vector<Source> sources_;
  std::optional<Simplex> simplex_;
  /// Least and greatest value met so far, per variable of the program.
  std::vector<double> least_, greatest_;
};

/// Facts that, by themselves and with the totals, keep some suppressed cell from covering 1 to k - 1:
/// whatever else is withheld, they have to be. Cheap, and settles most cases before a linear program is
/// solved.
std::vector<std::size_t> facts_too_narrow(const Knowledge& knowledge, const Hidden& hidden, std::int64_t k);

}  // namespace waywarden
