"""Rules that a record must satisfy, one module a subject; ``geo.validate`` checks them all."""
