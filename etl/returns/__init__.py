"""Forces' own returns: the template, the intake, the store and the workflow.
Nothing that the public site may reach."""
