"""Makes a release of the checked build. (Its place in the contracts; see `etl.outputs.register` for the files.)"""
