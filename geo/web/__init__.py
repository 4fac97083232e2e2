"""Records and provinces -> a folium map and one HTML file."""
