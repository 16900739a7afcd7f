"""The arithmetic of contests on plain values: no Django, no database, no clock, no randomness."""
