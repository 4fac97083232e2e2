"""A map as a picture for print and slides, drawn by matplotlib without a browser."""

from geo.figure.draw import MapFigure, draw_figure

__all__ = ["MapFigure", "draw_figure"]
