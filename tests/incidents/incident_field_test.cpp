#include "waywarden/incidents/incident_field.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(IncidentField, EveryFieldHasItsName) {
  EXPECT_EQ(incident_fields().size(), 15U);
  for (const IncidentField field : incident_fields()) EXPECT_EQ(incident_field(name(field)), field);
  EXPECT_FALSE(incident_field("surname"));
  EXPECT_EQ(standard_name(IncidentField::event), "hte_Type");
  EXPECT_EQ(standard_name(IncidentField::exploitation), "vic_TypeOfExploitation");
  EXPECT_EQ(standard_name(IncidentField::count), "");
}

TEST(IncidentField, KnowsTheStandardsValuesAndLabels) {
  for (const IncidentField field : incident_fields())
    for (const std::string_view value : standard_values(field))
      EXPECT_EQ(standard_value(field, value), std::string(value));
  EXPECT_EQ(standard_values(IncidentField::exploitation).size(), 11U);
  EXPECT_EQ(standard_value(IncidentField::exploitation, "Forced military (by non-state actors)"),
            "ForcedMilitaryByNonStateActors");
  EXPECT_EQ(standard_value(IncidentField::gender, "Non-Conforming"), "NonConforming");
  EXPECT_EQ(standard_value(IncidentField::gender, "Not Specified/Unknown"), "NonSpecifiedUnknown");
  EXPECT_FALSE(standard_value(IncidentField::gender, "f"));
  EXPECT_FALSE(standard_value(IncidentField::gender, ""));
  EXPECT_FALSE(standard_value(IncidentField::place, "Kathmandu"));
}

TEST(IncidentField, SomeTakeSeveralValues) {
  EXPECT_TRUE(takes_several(IncidentField::exploitation));
  EXPECT_TRUE(takes_several(IncidentField::recruitment));
  EXPECT_FALSE(takes_several(IncidentField::gender));
}

}  // namespace
}  // namespace waywarden
