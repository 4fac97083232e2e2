"""Records and provinces -> the bytes that a page carries."""
