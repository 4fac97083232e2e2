"""The same steps over partitions, with dask."""
