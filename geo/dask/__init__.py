"""Counting and sampling of partitioned records with dask."""
