"""Pages as documents: whole HTML that needs no script, made of the pieces that the framework
draws."""
