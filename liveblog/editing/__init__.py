"""Shared by the admin and the desk: rich text widget, times, states, warnings, presence."""
