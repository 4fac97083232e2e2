"""Place name -> admin-1 unit: index, normalization, parsing, lookup, similarity."""
