"""The desktop window of metric-explorer; everything it shows is computed by core."""
