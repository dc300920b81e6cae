"""What a reader of the method never has to open: files, runs, processes, data on disk."""
