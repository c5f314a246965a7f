#include "waywarden/density/planar_kernel.h"

#include "waywarden/base/errors.h"

namespace waywarden {

std::string name(PlanarKernel kernel) {
  switch (kernel) {
    case PlanarKernel::quartic:
      return "quartic";
    case PlanarKernel::gaussian:
      return "gaussian";
    case PlanarKernel::triangular:
      return "triangular";
    case PlanarKernel::uniform:
      return "uniform";
    case PlanarKernel::epanechnikov:
      return "epanechnikov";
    case PlanarKernel::triweight:
      return "triweight";
  }
  throw OptionError("no such kernel");
}

double kernel_density(PlanarKernel kernel, double squared_distance) {
  switch (kernel) {
    case PlanarKernel::quartic:
      return kernel_density_of<PlanarKernel::quartic>(squared_distance);
    case PlanarKernel::gaussian:
      return kernel_density_of<PlanarKernel::gaussian>(squared_distance);
    case PlanarKernel::triangular:
      return kernel_density_of<PlanarKernel::triangular>(squared_distance);
    case PlanarKernel::uniform:
      return kernel_density_of<PlanarKernel::uniform>(squared_distance);
    case PlanarKernel::epanechnikov:
      return kernel_density_of<PlanarKernel::epanechnikov>(squared_distance);
    case PlanarKernel::triweight:
      return kernel_density_of<PlanarKernel::triweight>(squared_distance);
  }
  throw OptionError("no such kernel");
}

double kernel_reach(PlanarKernel kernel) { return kernel == PlanarKernel::gaussian ? 8.5 : 1.0; }

double kernel_deviation(PlanarKernel kernel) {
  switch (kernel) {
    case PlanarKernel::gaussian:
      return 1.0;
    case PlanarKernel::uniform:
      return 0.5;
    case PlanarKernel::triangular:
      return std::sqrt(0.15);
    case PlanarKernel::epanechnikov:
      return std::sqrt(1.0 / 6);
    case PlanarKernel::quartic:
      return std::sqrt(1.0 / 8);
    case PlanarKernel::triweight:
      return std::sqrt(1.0 / 10);
  }
  throw OptionError("no such kernel");
}

double bandwidth_of_deviation(PlanarKernel kernel, double deviation) {
  return deviation / kernel_deviation(kernel);
}

}  // namespace waywarden
