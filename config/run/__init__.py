"""What `make run` and the private database are made of: binaries, owners, processes, sentences."""
