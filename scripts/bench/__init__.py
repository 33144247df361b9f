"""hub bench: one generated corpus, our build and other generators on it, and proofs that an incremental build can be trusted."""
