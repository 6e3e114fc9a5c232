"""Two annotated results compared, row by row."""
