"""Polygons of other projects -> provinces or districts in the user's data folder."""
