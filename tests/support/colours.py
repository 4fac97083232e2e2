"""How far apart two colours are seen: CIEDE2000, for normal sight and without one kind of cone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: What colours look like without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = np.array([0.95047, 1, 1.08883])


def linear(colour: str) -> NDArray[np.float64]:
    """Return the linear RGB of ``#rrggbb``."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: str, sight: str = "normal") -> NDArray[np.float64]:
    """Return a colour in CIELAB (D65), as somebody with that sight sees it."""
    seen = np.clip(np.asarray(SIGHT[sight]) @ linear(colour), 0, 1)
    ratio = _XYZ @ seen / _WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def hue(colour: str) -> float:
    """Return the hue angle of a colour in CIELAB, in degrees."""
    _, a, b = lab(colour)
    return float(np.degrees(np.arctan2(b, a)) % 360)


def delta_e_1976(one: str, two: str, sight: str = "normal") -> float:
    """Return the distance of two colours in CIELAB."""
    return float(np.linalg.norm(lab(one, sight) - lab(two, sight)))


def delta_e(one: str, two: str, sight: str = "normal") -> float:
    """Return the CIEDE2000 difference of two colours; of 2 a careful reader is aware."""
    return ciede2000(lab(one, sight), lab(two, sight))


def ciede2000(one: ArrayLike, two: ArrayLike) -> float:
    """Return the CIEDE2000 difference of two colours in CIELAB, by the formulae of CIE 142-2001."""
    (l1, a1, b1), (l2, a2, b2) = np.asarray(one, dtype=float), np.asarray(two, dtype=float)
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7))) / 2
    c1, c2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180
    mean_h = h1 + h2 if grey else (h1 + turn / 2) % 360
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    weights = ((0.17, 1, -30), (-0.24, 2, 0), (-0.32, 3, 6), (0.20, 4, -63))
    t = 1 - sum(k * np.cos(np.radians(times * mean_h + plus)) for k, times, plus in weights)
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    bend = np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    r_t = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * bend
    d_l, d_c = (l2 - l1) / s_l, (c2 - c1) / s_c
    d_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / s_h
    return float(np.sqrt(d_l**2 + d_c**2 + d_h**2 + r_t * d_c * d_h))
