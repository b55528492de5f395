"""My desk: what a reader keeps, in the browser, and with an account in named lists and saved searches."""
