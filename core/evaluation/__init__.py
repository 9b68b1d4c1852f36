"""How good an embedding is: verification, retrieval, classification, segmentation, calibration."""
