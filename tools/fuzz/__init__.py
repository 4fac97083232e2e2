"""Feed damaged files to every reader, and learn from which of them reach new code."""
