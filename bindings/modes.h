#pragma once

/// Modes by their names, one by one and as the key of a table of values.

#include <pybind11/stl.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "convert.h"
#include "waywarden/network/mode.h"

namespace waywarden::bindings {

/// Throws `OptionError` that lists the modes for a word that is none.
Mode mode_in(const std::string& word);
std::vector<Mode> modes_in(const std::vector<std::string>& words);
std::vector<std::string> modes_out(const std::vector<Mode>& modes);

using ModeValues = std::array<double, kModeCount>;

/// `defaults`, except for the modes named.
ModeValues mode_values_in(const std::map<std::string, double>& named, ModeValues defaults);
std::map<std::string, double> mode_values_out(const ModeValues& values);

}  // namespace waywarden::bindings
