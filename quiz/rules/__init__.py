"""Contest rules as one validated document: read it, check it, print it."""
