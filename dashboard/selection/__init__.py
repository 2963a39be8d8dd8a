"""What a reader selected: parameters of addresses, their values, their widgets."""
