"""The only room that touches PostGIS. Functions take a connection first and never commit."""
