"""What all editors' pages share: the text's widget, times, words for states, warnings, presence."""
