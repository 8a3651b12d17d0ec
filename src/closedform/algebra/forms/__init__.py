"""Forms in which a person leaves a formula: collected, grouped, in lowest terms."""
