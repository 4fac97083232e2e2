"""What a record must satisfy, one module a subject; ``geo.validate`` runs them all."""
