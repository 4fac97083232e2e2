"""Admin-1 polygons in time: provinces, spatial index, reverse geocoding, distances."""
