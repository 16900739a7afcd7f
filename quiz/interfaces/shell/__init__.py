"""Commands on files of items: what they print, what they store, how they end."""
