"""How densely harm lies: kernel density and relative risk.

Sources: Diggle, Statistical Analysis of Spatial Point Patterns (2003); Berman and Diggle, JRSS B 51
(1989); Abramson, Annals of Statistics 10 (1982); Hazelton and Davies, Biometrical Journal 51
(2009).
"""

from __future__ import annotations

from ._network_density import network_kde
from ._planar_density import Surface, bandwidth, contours, kde, relative_risk
from ._surfaces import contour_bands

__all__ = [
    "Surface",
    "bandwidth",
    "contour_bands",
    "contours",
    "kde",
    "network_kde",
    "relative_risk",
]
