"""Recognise whose layout a file of polygons has, from its columns."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from geo.columns import as_text
from geo.errors import DataError, UsageError

#: Languages of names in COD-AB, best first; after them any other.
_LANGUAGES = ("en", "fr", "es", "pt")
#: Columns of countries in files of other layouts.
_COUNTRIES = (
    "country_code", "iso_a2", "iso2", "iso_a3", "iso3", "adm0_a3", "adm0_pcode", "gid_0", "shapegroup", "country",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Columns of a file that say what its polygons are.

    Attributes
    ----------
    name : str
        Whose layout it is.
    level : int
        1 for provinces, 2 for districts; others cannot be added.
    unit_name : str
        Column of names.
    iso : str or None
        Column of ISO 3166-2 codes, which may have gaps.
    source_code : str or None
        Column of the source's own codes.
    countries : tuple of str
        Columns of countries, as code or name, best first.
    parent_code, parent_name : str or None
        Columns of the first-level unit of a district.
    dated : str or None
        Column of the date for which the outlines hold.
    source, licence : str or None
        Who publishes files of this layout, and their licence where all have the same.
    vintages : bool
        Whether ``valid_from`` and ``valid_to`` say when each unit was in force.
    """

    name: str
    level: int
    unit_name: str
    iso: str | None = None
    source_code: str | None = None
    countries: tuple[str, ...] = ()
    parent_code: str | None = None
    parent_name: str | None = None
    dated: str | None = None
    source: str | None = None
    licence: str | None = None
    vintages: bool = False

    def columns(self) -> list[str]:
        """Return the columns that are used, in the order of the attributes."""
        found = (self.unit_name, self.iso, self.source_code, *self.countries, self.parent_code, self.parent_name)
        return list(dict.fromkeys(name for name in found if name))


class _Columns:
    """Column names without regard to case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            self._names.setdefault(name.lower(), name)

    def get(self, *wanted: str) -> str | None:
        """Return the first of some columns that exists."""
        return next((self._names[name] for name in wanted if name in self._names), None)

    def all(self, *wanted: str) -> tuple[str, ...]:
        """Return those of some columns that exist."""
        return tuple(self._names[name] for name in wanted if name in self._names)

    def levels(self, pattern: str) -> list[int]:
        """Return the levels for which a column exists; the pattern's group is the level."""
        return sorted({int(found[1]) for name in self._names if (found := re.fullmatch(pattern, name))})

    def matching(self, pattern: str) -> str | None:
        """Return the first column that a pattern matches whole."""
        return next((name for lower, name in self._names.items() if re.fullmatch(pattern, lower)), None)


def recognise(
    frame: pd.DataFrame,
    *,
    level: int | None = None,
    code_column: str | None = None,
    name_column: str | None = None,
) -> Layout:
    """Return the layout of a table.

    Parameters
    ----------
    frame : DataFrame
    level : {1, 2}, optional
        Level wanted, where the columns describe several; by default that of the rows.
    code_column, name_column : str, optional
        Columns to use in place of those of the layout. They speak of the first level unless ``level`` is given.

    Raises
    ------
    DataError
        If the layout is not recognised, or its level cannot be added.
    UsageError
        If a column does not exist.
    """
    names = [str(name) for name in frame.columns if name != "geometry"]
    columns, known = _Columns(names), ", ".join(names) or "none"
    for option, wanted in (("code-column", code_column), ("name-column", name_column)):
        if wanted is not None and columns.get(wanted.lower()) is None:
            raise UsageError(f"--{option} {wanted}: there is no such column; there are {known}")
    of_rows = 1 if name_column and level is None else level
    layout = _first(columns, frame, of_rows) or (None if name_column else _first(columns, frame, None))
    name = columns.get(name_column.lower()) if name_column else None
    code = columns.get(code_column.lower()) if code_column else None
    if layout is None:
        if name is None:
            raise DataError(
                f"the columns are not those of geoBoundaries, COD-AB, GADM, Natural Earth or geo; there are {known}: "
                "name the column of names with --name-column, and one of codes with --code-column if there is one"
            )
        layout = Layout("of the options", of_rows or 1, name, countries=columns.all(*_COUNTRIES))
    elif name and name != layout.unit_name:
        # Codes of the layout need not be of the units whose names the user wants.
        layout = replace(layout, unit_name=name, iso=None, source_code=None, level=of_rows or 1)
    if code:
        layout = replace(layout, iso=code, source_code=code)
    if level is not None and layout.level != level:
        raise UsageError(f"--level {level}: the rows are of level {layout.level}, and no column names units of {level}")
    if layout.level not in (1, 2):
        dissolve = "; --level 1 dissolves them" if layout.name in ("COD-AB", "GADM") and layout.level > 1 else ""
        raise DataError(f"{layout.name} of level {layout.level}: geo takes first- and second-level units{dissolve}")
    return layout


def _first(columns: _Columns, frame: pd.DataFrame, level: int | None) -> Layout | None:
    return next((layout for rule in _RULES if (layout := rule(columns, frame, level)) is not None), None)


def _own(columns: _Columns, _: pd.DataFrame, level: int | None) -> Layout | None:
    if level != 1 and columns.get("admin2_name") and (parent := columns.get("admin1_code")):
        return Layout(
            "geo's own columns", 2, columns.all("admin2_name")[0], source_code=columns.get("admin2_code"),
            countries=columns.all("country_code"), parent_code=parent, parent_name=columns.get("admin1_name"),
            vintages=True,
        )  # fmt: skip
    if level in (None, 1) and (code := columns.get("admin1_code")) and (name := columns.get("admin1_name")):
        return Layout("geo's own columns", 1, name, code, code, columns.all("country_code"), vintages=True)
    return None


def _geoboundaries(columns: _Columns, frame: pd.DataFrame, level: int | None) -> Layout | None:
    name, kind = columns.get("shapename"), columns.get("shapetype")
    if not name or not (kind or columns.get("shapegroup")):
        return None
    kinds = sorted(set(as_text(frame[kind]).dropna())) if kind else []
    stated = [int(found[1]) for text in kinds if (found := re.fullmatch(r"(?:ADM)?(\d)", text.upper()))]
    if len(set(stated)) > 1:
        if level not in stated:
            raise DataError(
                f"the file holds units of several levels, {kind} = {', '.join(kinds)}; choose with "
                f"--filter {kind}={kinds[-1]}"
            )
        stated = [level]
    of_rows = stated[0] if stated else (level or 1)
    iso = columns.get("shapeiso") if of_rows == 1 else None
    return Layout(
        "geoBoundaries", of_rows, name, iso, columns.get("shapeid"), columns.all("shapegroup"), source="geoBoundaries"
    )


def _cod(columns: _Columns, _: pd.DataFrame, level: int | None) -> Layout | None:
    found = columns.levels(r"adm(?:in)?(\d)_?pcode?")
    if not found or (level is not None and level not in found):
        return None
    deepest = level or found[-1]
    if (name := _cod_name(columns, deepest)) is None:
        return None
    parent = deepest == 2
    return Layout(
        "COD-AB", deepest, name,
        source_code=_cod_code(columns, deepest),
        countries=tuple(filter(None, (_cod_code(columns, 0), columns.get("iso2", "iso3"), _cod_name(columns, 0)))),
        parent_code=_cod_code(columns, 1) if parent else None,
        parent_name=_cod_name(columns, 1) if parent else None,
        dated=columns.get("validon", "valid_on"),
        source="COD-AB",
    )  # fmt: skip


def _cod_code(columns: _Columns, level: int) -> str | None:
    return columns.matching(rf"adm(?:in)?{level}_?pcode?")


def _cod_name(columns: _Columns, level: int) -> str | None:
    """Return the column of names of a level; shapefiles cut names of columns after ten letters."""
    spoken = [f"adm{level}_{language}" for language in _LANGUAGES]
    spelt = [f"admin{level}name_{language}" for language in _LANGUAGES]
    plain = (f"adm{level}_name", f"admin{level}name", f"admin{level}na")
    return columns.get(*spoken, *spelt, *plain) or columns.matching(rf"(adm{level}|admin{level}name)_[a-z]{{2}}")


def _gadm(columns: _Columns, _: pd.DataFrame, level: int | None) -> Layout | None:
    found = [number for number in columns.levels(r"gid_(\d)") if columns.get(f"name_{number}")]
    found = [number for number in found if number > 0]
    if not found or (level is not None and level not in found):
        return None
    deepest = level or found[-1]
    return Layout(
        "GADM", deepest, columns.all(f"name_{deepest}")[0],
        iso=columns.get("iso_1") if deepest == 1 else None,
        source_code=columns.get(f"gid_{deepest}"),
        countries=columns.all("gid_0", "country", "name_0"),
        parent_code=columns.get("gid_1") if deepest == 2 else None,
        parent_name=columns.get("name_1") if deepest == 2 else None,
        source="GADM",
        licence="GADM licence: not for redistribution or commercial use",
    )  # fmt: skip


def _natural_earth(columns: _Columns, _: pd.DataFrame, level: int | None) -> Layout | None:
    code, name = columns.get("iso_3166_2"), columns.get("name", "name_en")
    if level == 2 or not code or not name:
        return None
    return Layout(
        "Natural Earth", 1, name, code, columns.get("adm1_code"), columns.all("iso_a2", "adm0_a3", "admin"),
        source="Natural Earth",
        licence="public domain",
    )  # fmt: skip


_RULES: tuple[Callable[[_Columns, pd.DataFrame, int | None], Layout | None], ...] = (
    _own, _geoboundaries, _cod, _gadm, _natural_earth,
)  # fmt: skip
