"""Review candidate records read from articles: an offline page, its decisions, and the agreement of two readers."""
