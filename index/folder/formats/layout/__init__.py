"""How a page is laid out: its words and lines, columns, tables, headings, heads and feet."""
