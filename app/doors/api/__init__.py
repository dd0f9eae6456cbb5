"""The doors for other programs, and for the page's own scripts: HTTP, OpenAI's protocol, MCP."""
