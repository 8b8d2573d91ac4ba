"""The web service: OGC names outside, one connection a request inside."""
