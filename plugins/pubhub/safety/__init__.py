"""Content security policy, and the audit of a finished site."""
