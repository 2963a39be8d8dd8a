"""The signed-in site on which forces check, approve and publish their returns."""
