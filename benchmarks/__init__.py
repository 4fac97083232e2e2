"""Speed and size, side by side with peers in one run; ``make bench`` writes ``docs/benchmarks.md``."""
