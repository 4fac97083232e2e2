"""Encode records and provinces as the data blocks embedded in a page."""
