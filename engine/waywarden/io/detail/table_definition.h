#pragma once

/// What the SQL of a table in a database says about where its rows are.

#include <string>

namespace waywarden::detail {

/// Whether a table definition stands for rows that are in the file itself: an ordinary table, or one of
/// SQLite's own indexes (R*tree, full text). False for other virtual tables, and for what is not understood.
bool keeps_rows_in_file(const std::string& definition);

}  // namespace waywarden::detail
