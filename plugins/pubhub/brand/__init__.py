"""The programme's own face: logo, mascot and every size of them."""
