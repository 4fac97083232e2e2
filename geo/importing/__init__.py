"""Event tables of other projects, or the user's own -> records, a report, and the rejected rows."""
