"""`make screenshots`: a picture of every kind of page, wide and narrow, light and dark."""
