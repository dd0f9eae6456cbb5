"""The doors for other programs and for the page's scripts: HTTP, OpenAI's protocol, MCP."""
