"""The quarterly bulletin as a download."""
