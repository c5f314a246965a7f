#pragma once

/// The small study, analysed once per test program: the tables made from it are looked at from several sides.

#include "small_study.h"
#include "waywarden/study/analysis.h"

namespace waywarden::test {

struct Done {
  SmallStudy small;
  Study study = read_study(small.file());
  StudyLayers layers = load_layers(study, {});
  Analysis analysis = analyse(study, layers, {});
};

inline const Done& done() {
  static const Done all;
  return all;
}

}  // namespace waywarden::test
