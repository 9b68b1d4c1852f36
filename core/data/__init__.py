"""Images, labels and masks: read, checked, decoded, split and batched."""
