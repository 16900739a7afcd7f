"""Taking an installation to another PostgreSQL, and proving that all of it arrived."""
