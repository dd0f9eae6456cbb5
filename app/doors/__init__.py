"""How people and programs come in: the page, the API, what is kept for them."""
