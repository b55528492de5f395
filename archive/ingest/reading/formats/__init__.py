"""The formats that articles come in, a module each."""
