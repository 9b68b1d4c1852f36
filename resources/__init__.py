"""Icons, sample images and sample configurations, read through importlib.resources so that a wheel has them too."""
