"""File kinds: a published file goes in, raw cells that know their place come out.
Nothing here knows any publisher."""
