"""Web archives (WARC): record by record, the pages among them read as HTML."""
