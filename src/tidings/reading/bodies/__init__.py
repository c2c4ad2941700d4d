"""Which of a page's paragraphs are its body: several extractors vote, markup and place decide."""
