"""One file per resource; a route asks the store and presents the answer."""
