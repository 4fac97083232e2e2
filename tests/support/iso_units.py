"""The units that ISO 3166-2 has today, at the level that geo draws of each country."""

import pycountry

# Codes of pycountry that are drawn under another country's code, or that ISO has withdrawn since: NO in 2024.
ELSEWHERE = {
    "CN": "CN-HK CN-MO CN-TW", "FI": "FI-01", "FR": "FR-BL FR-MF FR-NC FR-PF FR-PM FR-TF FR-WF",
    "NL": "NL-AW NL-CW NL-SX", "NO": "NO-30 NO-38 NO-54", "RS": "RS-25 RS-26 RS-27 RS-28 RS-29",
    "US": "US-AS US-GU US-MP US-PR US-UM US-VI",
}  # fmt: skip
# Countries drawn with the parts of ISO's first level, since event data and GeoNames name these.
LEAVES = {"CI", "CV", "DO", "GQ", "GW", "ID", "IE", "IQ", "RS"}


def units_of(country: str) -> set[str]:
    """Return the codes that ISO 3166-2 has today at the level that is drawn."""
    units = pycountry.subdivisions.get(country_code=country) or []
    parents = {unit.parent_code for unit in units}
    leaves = country in LEAVES
    codes = {unit.code for unit in units if (unit.code not in parents if leaves else unit.parent_code is None)}
    return codes - set(ELSEWHERE.get(country, "").split())
