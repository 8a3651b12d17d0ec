"""For which sizes a cost meets a budget, or two designs cost the same."""
