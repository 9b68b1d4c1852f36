"""Taking a model away: as ONNX with an example, as a bundle for `Verifier.load`, and its report."""
