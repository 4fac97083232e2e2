"""From the text of an article to candidates for records: read, find, date, place, count, and say by which words."""
