"""What templates may read, and the making of it from the catalog."""
