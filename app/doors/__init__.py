"""How people and programs reach the assistant: the page, the API, and kept conversations."""
