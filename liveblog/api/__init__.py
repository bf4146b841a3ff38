"""`/api/v1`: programs do what people do in the admin, by the same verbs."""
