"""What a notebook without a server is measured by: `make bench-batch`."""
