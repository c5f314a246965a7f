#pragma once

#include <array>

#include "waywarden/density/planar_kernel.h"

namespace waywarden::testing {

constexpr std::array kKernels = {PlanarKernel::quartic, PlanarKernel::gaussian,     PlanarKernel::triangular,
                                 PlanarKernel::uniform, PlanarKernel::epanechnikov, PlanarKernel::triweight};

}  // namespace waywarden::testing
