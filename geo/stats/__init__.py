"""Counting: data set, summaries, bins, sample, class breaks, descriptions."""
