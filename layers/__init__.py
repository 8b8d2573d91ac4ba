"""One file per layer; each names its declaration LAYER. Adding a file adds a layer."""
