#pragma once

/// Plain graphs, and programs on them, between C++ and Python.

#include <cstdint>
#include <vector>

#include "convert.h"
#include "waywarden/network_interdiction/integer_program.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden::bindings {

/// Throws `OptionError` for a number that no node or site can have.
std::uint32_t number_in(std::int64_t number);
std::vector<std::uint32_t> numbers_in(const Integers& values);

/// A graph's arcs, copied, so that they outlive the caller's arrays.
struct Arcs {
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;

  Arcs(const Integers& tails, const Integers& heads) : tail(numbers_in(tails)), head(numbers_in(heads)) {}
  ArcColumns columns() const { return {tail, head}; }
};

py::dict program_out(IntegerProgram&& program);

}  // namespace waywarden::bindings
