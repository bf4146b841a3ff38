"""What parsing has to say to an editor: in English, and fit to be said in another language."""


class Message(str):
    """A message with its values filled in; `words` and `values` are its parts.

    Whoever shows it may look `words` up in a catalogue and fill in `values` again, so
    mark the words with `gettext_noop`.
    """

    words: str
    values: dict[str, object]

    def __new__(cls, words: str, **values: object) -> "Message":
        message = super().__new__(cls, words % values if values else words)
        message.words, message.values = words, values
        return message


def gettext_noop(words: str) -> str:
    """Mark words for the catalogues, as Django's function of this name does."""
    return words
