"""What leaves the house as one file: the one form of our zips, its writer and what checks it."""
