#pragma once

/// What a report says beside the tables, and how the results came about. Holds no count that a rule would
/// suppress.

#include "waywarden/privacy/release.h"
#include "waywarden/provenance/json.h"
#include "waywarden/study/analysis.h"

namespace waywarden {

/// Keys: title, notices, questions, inputs, evaders, uncertainty, assumptions, attribution.
Json study_facts(const Study& study, const StudyLayers& layers, const Analysis& analysis,
                 const Release& release);

/// Inputs with digests, options with defaults, versions, seed, assumptions, and the account of the release.
Json study_provenance(const Study& study, const StudyLayers& layers, const Analysis& analysis,
                      const Release& release);

}  // namespace waywarden
