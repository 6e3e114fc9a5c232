"""Two annotated results held against each other, row by row."""
