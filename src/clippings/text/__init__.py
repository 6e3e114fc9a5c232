"""What a text is made of: tokens, phrases, clauses, quotation marks, sentences, and hits of the codebook."""
