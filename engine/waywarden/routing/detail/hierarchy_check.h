#pragma once

/// Whether columns from outside are those of a hierarchy of these arcs: then no query reads beyond them, and
/// all answers are right. O(links + triangles).

#include "waywarden/routing/detail/hierarchy_columns.h"

namespace waywarden::detail {

bool is_hierarchy(const HierarchySpans& columns, ArcColumns arcs);

}  // namespace waywarden::detail
