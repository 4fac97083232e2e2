"""Import of event tables: records, a report, and a table of the rejected rows."""
