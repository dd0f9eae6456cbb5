"""Find a quotation again in a text that may have changed since."""


def find_again(text: str, quote: str, start: int, body: int) -> int:
    """Return where `quote` stands in `text` from `body` on, nearest to `start`, or -1."""
    start = max(start, body)
    after = text.find(quote, start)
    before = text.rfind(quote, body, start + len(quote))
    if before < 0 or after < 0:
        return max(before, after)
    return after if after - start <= start - before else before
